"""Reports: what all pages are made of, and the pages on models and networks."""
