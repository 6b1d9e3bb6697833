"""Drop-in subset of Open North's Represent API."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
