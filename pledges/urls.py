"""Pages about joining a party."""

from django.urls import path

from pledges import views

app_name = "pledges"

urlpatterns = [
    path("", views.drives, name="drives"),
    path("confirm/report/<str:token>/", views.confirm_report, name="confirm-report"),
    path("confirm/reminder/<str:token>/", views.confirm_reminder, name="confirm-reminder"),
    path("stop/<str:token>/", views.stop, name="stop"),
    path("<slug:slug>/", views.drive_page, name="drive-page"),
    path("<slug:slug>/joined/", views.joined, name="joined"),
    path("<slug:slug>/remind-me/", views.remind_me, name="remind-me"),
    path("<slug:slug>/sent/", views.mail_sent, name="mail-sent"),
    path("<slug:slug>/calendar.ics", views.calendar, name="calendar"),
]
