"""What a user keeps: made out of sight, then moved into place; rasters, vectors, styles."""
