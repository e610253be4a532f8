"""Blocks: the smallest pieces that encoders, necks and heads are made of."""
