"""One Processing algorithm a file."""
