"""How fast a network is, and its variants of fewer bits: made, timed, and held against the original."""
