"""Objects that detectors find, each kept once over all tiles."""
