"""Every table of settings, and the loader."""
