"""What a browser holds about signatures."""

from datetime import timedelta

from coop4canada.kit.cookies import SignedCookie

# E-mail and postal code as just typed: the next page can name them without telling what we know.
TYPED = SignedCookie("c4c_typed", timedelta(minutes=30))
# The signature whose owner followed the link in our mail to its end.
CONFIRMED = SignedCookie("c4c_signed", timedelta(days=30))
# This device stands at a stall: who of the staff put it there.
STALL = SignedCookie("c4c_stall", timedelta(hours=12))
