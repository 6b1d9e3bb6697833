"""Pages of chapters."""
