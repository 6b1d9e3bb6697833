"""Pages of teams, under /volunteer/: in public, for members, for who leads."""

from django.urls import path, register_converter

from volunteers.views import leading, leading_events, membership, shifts, teams, training


class TeamConverter:
    """A team in an address: `teams/35075`, or `phone-team`, which has no riding."""

    regex = "teams/[1-9][0-9]{4}|phone-team"

    def to_python(self, value: str) -> int | None:
        """Return the riding's FED number; None is the phone team."""
        return None if value == "phone-team" else int(value.removeprefix("teams/"))

    def to_url(self, value: int | None) -> str:
        """Return the part of an address."""
        return "phone-team" if value is None else f"teams/{value}"


register_converter(TeamConverter, "team")

app_name = "teams"

urlpatterns = [
    path("", teams.landing, name="landing"),
    path("my/", shifts.my_shifts, name="my"),
    path("calendar/<slug:secret>.ics", shifts.feed, name="feed"),
    path("sign-up/<str:token>/", shifts.signup_link, name="signup-link"),
    path("sign-up/<str:token>/shift.ics", shifts.signup_calendar, name="signup-calendar"),
    path("shifts/<int:pk>/", shifts.shift, name="shift"),
    path("training/", training.courses, name="courses"),
    path("training/<slug:channel>/", training.course, name="course"),
    path("<team:number>/", teams.team, name="team"),
    path("<team:number>/join/", membership.join, name="join"),
    path("<team:number>/leave/", membership.leave, name="leave"),
    path("<team:number>/inside/", membership.inside, name="inside"),
    path("<team:number>/write/", membership.write, name="write"),
    path("<team:number>/lead/", leading.members, name="lead"),
    path("<team:number>/lead/members/<int:pk>/decide/", leading.decide, name="decide"),
    path("<team:number>/lead/members/<int:pk>/remove/", leading.remove, name="remove"),
    path("<team:number>/lead/members/<int:pk>/captain/", leading.appoint, name="appoint"),
    path("<team:number>/lead/invite/", leading.invite, name="invite"),
    path("<team:number>/lead/settings/", leading.settings, name="settings"),
    path("<team:number>/lead/hand-over/", leading.hand_on, name="hand-over"),
    path("<team:number>/lead/events/", leading_events.events, name="events"),
    path("<team:number>/lead/events/new/", leading_events.new_event, name="new-event"),
    path("<team:number>/lead/events/<int:pk>/", leading_events.event, name="event"),
    path("<team:number>/lead/events/<int:pk>/edit/", leading_events.edit_event, name="edit-event"),
    path("<team:number>/lead/events/<int:pk>/cancel/", leading_events.cancel, name="cancel-event"),
    path("<team:number>/lead/events/<int:pk>/shifts/", leading_events.new_shift, name="new-shift"),
    path("<team:number>/lead/shifts/<int:pk>/", leading_events.edit_shift, name="edit-shift"),
    path("<team:number>/lead/shifts/<int:pk>/cancel/", leading_events.cancel_one, name="cancel-shift"),
    path("<team:number>/lead/shifts/<int:pk>/people/", leading_events.people, name="people"),
]
