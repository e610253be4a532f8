"""Judges explanations: do they change with the network, stay with the image, and name what the score rests on?"""
