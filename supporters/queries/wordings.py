"""The words beside the boxes for consent."""

from supporters.enums import Purpose
from supporters.models import ConsentWording


def current_wordings() -> list[ConsentWording]:
    """Return the newest words of every purpose that has any, in the order in which they are asked."""
    newest = ConsentWording.objects.order_by("purpose", "-pk").distinct("purpose")
    return sorted(newest, key=lambda wording: Purpose.values.index(wording.purpose))
