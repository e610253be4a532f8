"""What runs a network, behind one small protocol: onnxruntime on any device, OpenVINO on the processor."""
