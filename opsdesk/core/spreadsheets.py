"""What spreadsheets make of dates, times and truths when they open a file and save it again."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

from opsdesk.core.errors import Invalid
from opsdesk.core.settings import DateOrder, Settings

TRUE = ("true", "yes", "1", "wahr", "ja", "vrai", "oui", "verdadero", "vero")
FALSE = ("false", "no", "0", "falsch", "nein", "faux", "non", "falso")
ORDERS: dict[DateOrder, str] = {"dmy": "day first", "mdy": "month first"}

_ISO = r"\d{4}-\d\d-\d\d"
_DOTTED = r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d\d)"
_SLASHED = r"(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d\d)"
_MIDNIGHT = r"[ T]00?:00(:00(\.0+)?)?Z?"
_MOMENT = r"(.+?),? +(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?(?: ?([AaPp])\.? ?[Mm]\.?)?"
_SERIAL = r"\d{5}([.,]\d+)?"
# Of Excel's days 1 is 1 January 1900, and it counts a 29 February 1900 that never was.
_FIRST = date(1899, 12, 30)


def truth(cell: str) -> bool:
    """TRUE and FALSE as a spreadsheet in English, German, French, Spanish or Italian writes them. Raises ValueError."""
    said = cell.strip().lower()
    if said not in (*TRUE, *FALSE):
        raise ValueError(cell)
    return said in TRUE


def day(cell: str, order: DateOrder) -> date:
    """2026-11-27, 27.11.2026, and 27/11/2026 or 11/27/2026 in the company's order only, never guessed by the other.

    Raises ValueError, and Invalid for a number that a spreadsheet counts days by.
    """
    refuse_serial(cell)
    said = re.sub(f"{_MIDNIGHT}$", "", cell.strip())
    if re.fullmatch(_ISO, said, re.ASCII):
        return date.fromisoformat(said)
    dotted, slashed = re.fullmatch(_DOTTED, said, re.ASCII), re.fullmatch(_SLASHED, said, re.ASCII)
    match = dotted or slashed
    if match is None:
        raise ValueError(cell)
    first, second, year = int(match[1]), int(match[2]), int(match[3]) + (2000 if len(match[3]) == 2 else 0)
    return date(year, second, first) if dotted or order == "dmy" else date(year, first, second)


def instant(cell: str, settings: Settings) -> datetime:
    """ISO 8601, or a date as above with a time of day; without an offset it is read in the company's zone. In UTC.

    Raises ValueError, and Invalid for a number that a spreadsheet counts days by.
    """
    refuse_serial(cell)
    said = cell.strip()
    if not re.match(f"{_ISO}[ Tt]", said):
        return _written(said, settings).astimezone(UTC)
    found = datetime.fromisoformat(said)
    return (found if found.tzinfo else found.replace(tzinfo=settings.zone)).astimezone(UTC)


def ambiguous(cell: str) -> bool:
    """Whether it is another date where the month is first: "03/04/2026" is, "27/11/2026" and "04/04/2026" are not."""
    match = re.match(_SLASHED, cell.strip(), re.ASCII)
    return match is not None and match[1].zfill(2) != match[2].zfill(2) and max(int(match[1]), int(match[2])) <= 12


def refuse_other_order(cell: str, order: DateOrder) -> None:
    """Raises Invalid for "27/11/2026" where the month is first: beside it "03/04/2026" would be read wrong."""
    if not re.fullmatch(_SLASHED, cell.strip(), re.ASCII):
        return
    try:
        day(cell, order)
    except ValueError:
        raise Invalid(f'"{cell.strip()}" is no date with the {ORDERS[order]}, as the settings say.') from None


def refuse_serial(cell: str) -> None:
    """Raises Invalid for the bare number that is left of a date where a column has lost its format."""
    if not re.fullmatch(_SERIAL, cell.strip(), re.ASCII):
        return
    meant = _FIRST + timedelta(int(cell.strip()[:5]))
    raise Invalid(
        f'"{cell.strip()}" is the number that a spreadsheet counts a day by (in Excel {meant}):'
        " format the column as a date there, and save it again."
    )


def _written(said: str, settings: Settings) -> datetime:
    match = re.fullmatch(_MOMENT, said, re.ASCII)
    if match is None:
        raise ValueError(said)
    hour, minute, second = int(match[2]), int(match[3]), int(match[4] or 0)
    if match[5]:
        if not 1 <= hour <= 12:
            raise ValueError(said)
        hour = hour % 12 + (12 if match[5].lower() == "p" else 0)
    on = day(match[1], settings.date_order)
    return datetime.combine(on, time(hour, minute, second), settings.zone)
