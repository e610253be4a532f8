"""How far a map is from laws of nature."""
