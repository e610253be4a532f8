"""Explanations that differentiate the network, by torch and captum; nothing outside of this room imports either."""
