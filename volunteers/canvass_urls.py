"""Turfs of a riding: cutting, drawing, giving out, printing; below the address of canvassing."""

from django.urls import path

from volunteers.views import turf_holding, turf_outlines, turfs, walk_sheets

app_name = "canvass"

urlpatterns = [
    path("<int:number>/", turfs.overview, name="overview"),
    path("<int:number>/lists/<int:pk>/", turfs.door_list, name="list"),
    path("<int:number>/lists/<int:pk>/map/", turfs.doors_on_map, name="map"),
    path("<int:number>/lists/<int:pk>/cut/", turf_outlines.cut, name="cut"),
    path("<int:number>/lists/<int:pk>/draw/", turf_outlines.draw, name="draw"),
    path("<int:number>/lists/<int:pk>/merge/", turfs.merge, name="merge"),
    path("<int:number>/turfs/", turf_holding.mine, name="turfs"),
    path("<int:number>/turfs/<int:pk>/", turfs.turf, name="turf"),
    path("<int:number>/turfs/<int:pk>/describe/", turfs.describe, name="describe"),
    path("<int:number>/turfs/<int:pk>/outline/", turf_outlines.redraw, name="outline"),
    path("<int:number>/turfs/<int:pk>/delete/", turfs.delete, name="delete"),
    path("<int:number>/turfs/<int:pk>/give/", turfs.give, name="give"),
    path("<int:number>/turfs/<int:pk>/take/", turf_holding.take, name="take"),
    path("<int:number>/checkouts/<int:pk>/return/", turf_holding.give_back, name="return"),
    path("<int:number>/checkouts/<int:pk>/reclaim/", turfs.reclaim, name="reclaim"),
    path("<int:number>/checkouts/<int:pk>/sheet/", walk_sheets.print_out, name="print"),
    path("<int:number>/sheets/<slug:code>/", walk_sheets.sheet, name="sheet"),
]
