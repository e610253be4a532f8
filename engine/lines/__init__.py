"""How networks of lines, such as roads, are made of what a network says of each pixel."""
