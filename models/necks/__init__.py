"""Necks: from what an encoder gives to what a head takes, in one step or several."""
