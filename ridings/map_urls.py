"""Addresses of the map's immutable documents."""

from django.urls import path

from ridings import documents

app_name = "map"

urlpatterns = [path("geometry/<slug:digest>.json", documents.geometry, name="geometry")]
