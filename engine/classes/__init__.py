"""Class rasters: read, named, measured."""
