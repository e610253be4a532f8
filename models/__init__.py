"""Networks as compositions of typed parts, from the convolution to the exported ONNX file.

This package imports torch and itself, nothing else.
"""
