"""Reads networks that were made for other tools."""
