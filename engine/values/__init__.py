"""What values mean: which band feeds which, in which unit, and how they are brought to those a model knows."""
