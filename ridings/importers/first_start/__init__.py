"""What a new site is given on its first start."""
