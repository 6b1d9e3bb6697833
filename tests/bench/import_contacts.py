"""A hundred thousand people to call, and as many doors, from a file into a list, with all that is checked on the way."""

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

import shapely

from coop4canada.kit.clock import now
from ridings.index import RidingIndex, holder
from ridings.models import PostalCode
from supporters.rules.phone import BadPhone, read_phone
from tests.bench.country import manage
from tests.volunteers import contacting
from volunteers.enums import Channel, ListState
from volunteers.models import Contact, Door

COUNT = 100_000
RIDING = 35075
AREAS = ("613", "416", "514", "604", "902", "204", "403", "306", "709", "506")


def measure() -> Iterator[tuple[str, float, str]]:
    """Import both by the command, in a process of its own: new, then the same file again."""
    with tempfile.TemporaryDirectory() as folder:
        yield from _import("people", Channel.PHONE, _people(Path(folder) / "people.csv"))
        yield from _import("doors", Channel.DOOR, _doors(Path(folder) / "doors.csv"))


def _import(name: str, channel: Channel, file: Path) -> Iterator[tuple[str, float, str]]:
    made = contacting.contact_list(channel, state=ListState.DRAFT, created_at=now())
    command = ("import_contacts", str(file), "--list", str(made.pk))
    yield f"dry_run_{COUNT}_{name}", manage(*command, "--dry-run")[0], "s"
    seconds, peak = manage(*command)
    yield f"dry_run_and_import_{COUNT}_{name}", seconds, "s"
    yield f"import_{COUNT}_{name}_peak_memory", peak, "MiB"
    rows = Contact if channel == Channel.PHONE else Door
    found = rows.objects.filter(contact_list=made).count()
    assert found == COUNT, found
    yield f"import_the_same_{COUNT}_{name}_again", manage(*command)[0], "s"


def _people(path: Path) -> Path:
    """Write people of every riding, half of them by postal code alone where there are any."""
    dice = random.Random(5)
    codes = list(
        PostalCode.objects.filter(share=1, code__regex="^.{6}$").values_list("code", flat=True)[:20_000]
    )
    numbers = [riding.number for riding in _index().ridings]
    starts = [
        f"{area}-{exchange}" for area in AREAS for exchange in range(220, 990) if _is_called(area, exchange)
    ]
    with path.open("w") as file:
        file.write("id,name,phone,language,riding,postal code,number,street,city\n")
        for row in range(COUNT):
            code, riding = (dice.choice(codes), "") if codes and row % 2 else ("", dice.choice(numbers))
            phone = f"{dice.choice(starts)}-{row % 10_000:04}"
            street = f"{dice.randrange(1, 9000)},Street {dice.randrange(3000)},Town"
            file.write(f"{row},Person {row},{phone},en,{riding},{code},{street}\n")
    return path


def _is_called(area: str, exchange: int) -> bool:
    try:
        return bool(read_phone(f"{area}{exchange}0100"))
    except BadPhone:
        return False


def _doors(path: Path) -> Path:
    """Write doors all over one riding."""
    index = _index()
    shape = index.shapes[[riding.number for riding in index.ridings].index(RIDING)]
    west, south, east, north = shape.bounds
    dice, written = random.Random(6), 0
    with path.open("w") as file:
        file.write("id,number,street,city,latitude,longitude\n")
        while written < COUNT:
            longitude, latitude = round(dice.uniform(west, east), 6), round(dice.uniform(south, north), 6)
            if shapely.intersects_xy(shape, longitude, latitude):
                line = f"{written},{written % 400 + 1},Street {written // 400},Ottawa,{latitude},{longitude}"
                file.write(line + "\n")
                written += 1
    return path


def _index() -> RidingIndex:
    index = holder.live()
    assert index is not None
    return index
