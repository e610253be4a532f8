"""What QGIS calls: parameters in, requests to the worker, styled layers out."""
