"""Training chips: labels onto images, ground dealt to splits, chips written, read and scored."""
