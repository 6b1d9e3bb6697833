"""The public JSON API, version 1."""

from ninja import NinjaAPI

api = NinjaAPI(title="coop4canada", version="1")
