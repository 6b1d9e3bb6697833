"""Pages about the campaign: the coalition, and how to write to it."""
