"""Holds what is known of a map side by side: what explains it, how sure it is, what physics says of it."""
