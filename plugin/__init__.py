"""What the user touches: menu, toolbar, settings page, first-run message."""
