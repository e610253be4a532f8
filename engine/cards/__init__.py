"""Model cards outside the library: read from any network, put into one, held against what it is asked."""
