"""Pages of polls and of giving."""
