"""Objectives: what a network is trained for, as named losses of one batch."""
