"""What a browser holds about its own signature."""

from datetime import timedelta

from coop4canada.kit.cookies import SignedCookie

# E-mail and postal code as just typed: the next page can name them without telling what we know.
TYPED = SignedCookie("c4c_typed", timedelta(minutes=30))
