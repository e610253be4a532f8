"""How far a network looks, derived from its graph layer by layer and held against what it does."""
