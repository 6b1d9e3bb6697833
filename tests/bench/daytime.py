"""The site with the clock of its calls moved, so that the phone team can be measured at any time of day."""

import os
from datetime import timedelta

from coop4canada.kit import db
from coop4canada.wsgi import application
from tests.bench.call_load import OFFSET_VARIABLE

__all__ = ["application"]


def _move_clock() -> None:
    from volunteers.views import calls_api

    offset = timedelta(seconds=float(os.environ[OFFSET_VARIABLE]))
    setattr(calls_api, "database_now", lambda: db.database_now() + offset)  # noqa: B010 — a seam of the measurement


_move_clock()
