"""Encoders: from an image, or a series of images, to features or tokens."""
