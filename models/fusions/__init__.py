"""Fusions: how several inputs become the features of one encoder or of several."""
