"""Addresses of polls and of giving for them."""

from django.urls import URLPattern

app_name = "polls"
urlpatterns: list[URLPattern] = []
