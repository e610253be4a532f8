"""What `watch_scenes.py` is made of; the standard library only."""
