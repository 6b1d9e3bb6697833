"""The row of a turf, locked before it is changed or given out, and who holds it."""

from volunteers.models import Turf, TurfCheckout


def lock_turf(turf_id: int) -> Turf:
    """Return a turf with its team and list, locked until the transaction ends. Raises: Turf.DoesNotExist."""
    rows = Turf.objects.select_for_update(of=("self",), no_key=True).select_related("team", "contact_list")
    return rows.get(pk=turf_id)


def live_checkout(turf: Turf) -> TurfCheckout | None:
    """Return the checkout by which somebody holds the turf now."""
    return TurfCheckout.objects.filter(turf=turf, ended_at__isnull=True).first()
