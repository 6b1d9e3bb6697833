"""WSGI entry point of the web server."""

import os
from typing import Any

from django import setup
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coop4canada.settings")


class Utf8Request(WSGIRequest):
    """A request that is read as UTF-8, as every browser sends our forms, whatever encoding it claims.

    Django believes the claim, even where it names no encoding of texts, and then fails before any view is asked.
    """

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        super()._set_content_type_params({"CONTENT_TYPE": meta.get("CONTENT_TYPE", "").partition(";")[0]})  # type: ignore[misc]


class Utf8Handler(WSGIHandler):
    """Answers such requests."""

    request_class = Utf8Request


setup(set_prefix=False)
application = Utf8Handler()
