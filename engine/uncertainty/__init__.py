"""How unsure networks are of a class map, and whether they are right to be."""
