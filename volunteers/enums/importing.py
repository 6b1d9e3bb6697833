"""Vocabulary of importing doors and people to call from files."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ImportState(TextChoices):
    """How far an import has come. What is to be checked or imported waits for the worker."""

    UPLOADED = "uploaded", _("columns to be named")
    CHECKING = "checking", _("being checked")
    CHECKED = "checked", _("checked")
    IMPORTING = "importing", _("being imported")
    SETTLING = "settling", _("imported, being completed")
    DONE = "done", _("imported")
    FAILED = "failed", _("failed")
    DROPPED = "dropped", _("not imported")


# For these the file has done its service, or never will.
ENDED_IMPORTS = frozenset({ImportState.DONE, ImportState.FAILED, ImportState.DROPPED})
# For these the worker has something to do.
WAITING_IMPORTS = frozenset({ImportState.CHECKING, ImportState.IMPORTING, ImportState.SETTLING})


class Column(TextChoices):
    """What a column of a file may hold."""

    SOURCE_ID = "source_id", _("number in the source")
    NAME = "name", _("name")
    FIRST_NAME = "first_name", _("first name")
    LAST_NAME = "last_name", _("last name")
    PHONE = "phone", _("phone")
    LANGUAGE = "language", _("language")
    RIDING = "riding", _("riding (number or name)")
    ADDRESS = "address", _("number and street in one column")
    NUMBER = "number", _("civic number")
    STREET = "street", _("street")
    UNIT = "unit", _("unit")
    CITY = "city", _("municipality")
    POSTAL_CODE = "postal_code", _("postal code")
    LATITUDE = "latitude", _("latitude")
    LONGITUDE = "longitude", _("longitude")


DOOR_COLUMNS = (
    Column.SOURCE_ID,
    Column.ADDRESS,
    Column.NUMBER,
    Column.STREET,
    Column.UNIT,
    Column.CITY,
    Column.POSTAL_CODE,
    Column.LATITUDE,
    Column.LONGITUDE,
)
PERSON_COLUMNS = (
    Column.SOURCE_ID,
    Column.NAME,
    Column.FIRST_NAME,
    Column.LAST_NAME,
    Column.PHONE,
    Column.LANGUAGE,
    Column.RIDING,
    Column.POSTAL_CODE,
    Column.ADDRESS,
    Column.NUMBER,
    Column.STREET,
    Column.UNIT,
    Column.CITY,
)


class FileFault(TextChoices):
    """Why a whole file is not read."""

    TOO_BIG = "too_big", _("The file is too big: at most 20 MB go at once. Split it.")
    TOO_MANY = "too_many", _("The file has more than 200,000 rows. Split it.")
    EMPTY = "empty", _("The file has a head row at most: there is nothing to import.")
    BINARY = "binary", _("This is no text file. Save the table as CSV and choose that file.")
    GARBLED = "garbled", _("The file cannot be read as CSV here: a quotation mark is not closed, or a cell is far too long. Line:")  # fmt: skip  # noqa: E501
    ONE_COLUMN = "one_column", _("Only one column was found: separate the cells by comma, semicolon or tab.")
    TOO_WIDE = "too_wide", _("The file has more than 200 columns: leave out what is not needed.")
    COLUMN_TWICE = "twice", _("Two columns have the same name: rename one of them. Column:")
    ELECTORS = "electors", _("This looks like an official list of electors, which only parties, candidates and members of Parliament may use, for the purposes that the Canada Elections Act allows. We do not take such lists. Column:")  # fmt: skip  # noqa: E501
    NO_BOUNDARIES = "no_boundaries", _("The boundaries of ridings are not loaded on this site, so doors cannot be checked. Ask whoever runs it.")  # fmt: skip  # noqa: E501
    BROKE_OFF = "broke_off", _("The import broke off three times; nothing was imported. Organizers have been told.")  # fmt: skip


class RowFault(TextChoices):
    """Why a row is left out."""

    CELLS = "cells", _("The row has more cells than the head row.")
    FORMULA = "formula", _("A cell begins like a formula of a spreadsheet.")
    TOO_LONG = "too_long", _("This is longer than we keep.")
    CONTROL = "control", _("This holds characters that are no text.")
    NUMBER = "number", _("The civic number is missing or is not a number, such as 12, 12A or 12½.")
    STREET = "street", _("The street is missing.")
    PLACE = "place", _("Write the municipality or the postal code.")
    POSTAL_CODE = "postal_code", _("This is not a Canadian postal code.")
    POINT = "point", _("Latitude and longitude are missing or wrong: write them in degrees, such as 45.42 and -75.69.")  # fmt: skip  # noqa: E501
    OUTSIDE = "outside", _("This lies outside the riding of the list.")
    PHONE_MISSING = "no_phone", _("The phone number is missing.")
    PHONE = "phone", _("This is no phone number that we call: ten digits, in Canada or the United States, of a person, without extension.")  # fmt: skip  # noqa: E501
    RIDING = "riding", _("There is no riding with this number or name.")
    WHERE = "where", _("Neither riding nor postal code tells where this person lives.")
    SEVERAL = "several", _("The postal code reaches into several ridings: write the riding.")
    UNKNOWN_CODE = "unknown_code", _("We do not know this postal code: write the riding.")
    TWICE = "twice", _("This stands further up in the file already.")
    TAKEN = "taken", _("The list has this already under another number of the source.")
