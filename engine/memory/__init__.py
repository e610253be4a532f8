"""What a run takes of the memory, and how it stays within its share."""
