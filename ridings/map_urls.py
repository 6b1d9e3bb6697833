"""Addresses of the map's documents."""

from django.urls import URLPattern

app_name = "map"

urlpatterns: list[URLPattern] = []
