"""What happened in a series of images: its dates brought together, and fronts with how far they moved."""
