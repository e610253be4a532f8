"""The images a user has: raster files as one mosaic, series of dates, read window by window on any grid."""
