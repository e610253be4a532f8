"""Explains what a network says of a place: which pixels and which bands it rests on."""
