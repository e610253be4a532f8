"""Heads: from one feature map to what the task asks for."""
