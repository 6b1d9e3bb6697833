"""What a browser holds about a pledge."""

from datetime import timedelta

from coop4canada.kit.cookies import SignedCookie

# E-mail and postal code as just typed: the next page can name them without telling what we know.
TYPED = SignedCookie("c4c_pledging", timedelta(minutes=30))
# The pledge whose owner followed the link in our mail to its end.
PLEDGED = SignedCookie("c4c_pledged", timedelta(days=30))
