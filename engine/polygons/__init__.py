"""Areas of a class raster as polygons with shared borders, strip by strip."""
