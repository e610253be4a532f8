"""Which band feeds which, and how values are brought to those that a model knows."""
