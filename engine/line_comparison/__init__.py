"""How far two networks of lines agree, such as roads that were found and those that are true."""
