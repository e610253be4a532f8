"""Class rasters: read, named, measured, held beside others."""
