"""Pages about ridings."""

from django.urls import path

from ridings import views

app_name = "ridings"

urlpatterns = [
    path("", views.ridings_map, name="ridings-map"),
    path("find/", views.find, name="find"),
    path("<int:number>-<slug:slug>/", views.riding_page, name="riding-page"),
    path("<int:number>/", views.riding_page, {"slug": ""}, name="riding-short"),
]
