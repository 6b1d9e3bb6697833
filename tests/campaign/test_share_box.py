"""What is passed on, in the organizers' words."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import translation

from campaign.enums import ShareTopic
from campaign.models import ShareText
from campaign.queries import share_box


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "said"), [("en", "Sign: 12 https://x.example/"), ("fr", "Signez : 12 https://x.example/")]
)
def test_the_box_holds_what_is_shown_in_order_and_in_the_language(language: str, said: str) -> None:
    ShareText.objects.all().delete()
    texts = {"text_en": "Sign: {count}", "text_fr": "Signez : {count}"}
    ShareText.objects.create(topic="petition", network="x", display_order=2, **texts)
    ShareText.objects.create(topic="petition", network="whatsapp", display_order=1, **texts)
    ShareText.objects.create(topic="petition", network="email", is_shown=False, **texts)
    ShareText.objects.create(topic="drive", network="facebook", **texts)

    with translation.override(language):
        box = share_box(ShareTopic.PETITION, title="T", count="12", link="https://x.example/")

    assert [entry.network for entry in box.links] == ["whatsapp", "x"]
    assert parse_qs(urlsplit(box.links[0].address).query) == {"text": [said]}
    assert box.text == "T https://x.example/"
