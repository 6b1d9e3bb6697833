"""Election results, in every form in which they are published."""
