"""The stages of jobs that learn: from training chips to a scored network. Only jobs import them."""
