"""Necks: from a pyramid of features to one feature map."""
