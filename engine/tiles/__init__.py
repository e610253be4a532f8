"""Tiles and seams: which windows a network reads, and how what it says of them is joined."""
