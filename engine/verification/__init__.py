"""How good a map is against a reference, and what its probabilities are worth."""
