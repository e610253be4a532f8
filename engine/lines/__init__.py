"""Networks of lines, such as roads: how they are made and how far two of them agree."""
