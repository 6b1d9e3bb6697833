"""Pages and addresses of polls and gifts."""
