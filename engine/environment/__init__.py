"""The Python environment of the worker: where it is, how it is made, what is wrong with it."""
