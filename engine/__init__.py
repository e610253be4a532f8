"""The data's way from rasters to maps; no Qt, no QGIS."""

VERSION = "0.1.0"
