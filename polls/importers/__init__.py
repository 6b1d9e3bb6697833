"""Poll projects among the fixtures."""
