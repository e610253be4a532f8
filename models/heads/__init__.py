"""Heads: from features to what the task asks for."""
