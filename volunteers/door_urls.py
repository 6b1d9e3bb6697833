"""Doors: the canvasser's page, what phones send, printed sheets, and the leaders' review."""

from django.urls import path

from volunteers.views import door_review, door_sheets, door_walks

app_name = "doors"

urlpatterns = [
    path("canvass-sw.js", door_walks.worker, name="worker"),
    path("sheets/", door_sheets.find, name="sheets"),
    path("sheets/<slug:code>/", door_sheets.key, name="sheet"),
    path("<int:checkout>/", door_walks.walk, name="walk"),
    path("<int:checkout>/sync/", door_walks.sync, name="sync"),
    path("<int:checkout>/<int:door>/", door_walks.door, name="door"),
    path("<int:number>/review/", door_review.review, name="review"),
    path("<int:number>/review/<int:door>/settle/", door_review.settle, name="settle"),
]
