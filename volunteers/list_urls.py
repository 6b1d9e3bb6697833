"""Lists of doors of a riding and, at `phone/`, lists of people to call: private pages of those who lead."""

from django.urls import path, register_converter

from volunteers.views import imports, lists


class LedConverter:
    """A riding by its FED number, or the phone team, which has none."""

    regex = "[1-9][0-9]{4}|phone"

    def to_python(self, value: str) -> int | None:
        """Return the FED number; None for the phone team."""
        return None if value == "phone" else int(value)

    def to_url(self, value: int | None) -> str:
        """Return how it stands in an address."""
        return "phone" if value is None else str(value)


register_converter(LedConverter, "led")

app_name = "lists"

urlpatterns = [
    path("<led:number>/", lists.index, name="index"),
    path("<led:number>/new/", lists.make, name="make"),
    path("<led:number>/<int:pk>/", lists.page, name="page"),
    path("<led:number>/<int:pk>/edit/", lists.edit, name="edit"),
    path("<led:number>/<int:pk>/move/", lists.move, name="move"),
    path("<led:number>/<int:pk>/delete/", lists.purge, name="purge"),
    path("<led:number>/<int:pk>/upload/", imports.upload, name="upload"),
    path("<led:number>/<int:pk>/imports/<int:batch>/", imports.page, name="import"),
    path("<led:number>/<int:pk>/imports/<int:batch>/begin/", imports.begin, name="begin"),
    path("<led:number>/<int:pk>/imports/<int:batch>/drop/", imports.drop, name="drop"),
    path("<led:number>/<int:pk>/imports/<int:batch>/left-out.csv", imports.left_out, name="left-out"),
]
