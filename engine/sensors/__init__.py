"""Images that are given by sensor and date: in which unit their values are, and which input of a model they are."""
