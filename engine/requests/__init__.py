"""What is asked for, one file a task: frozen dataclasses that check themselves."""
