"""The JSON document of an export, read back: checked as far as it can be without a desk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from msgspec import Raw, json

from opsdesk.core.errors import Invalid
from opsdesk.core.journal import Transaction
from opsdesk.core.kinds import shapes
from opsdesk.core.record import Record, decoder
from opsdesk.core.rules import is_zone
from opsdesk.core.settings import Settings
from opsdesk.core.text import clean, cleaned
from opsdesk.exchange.export import FORMAT

AGAIN = "Export the desk again, or take another copy of the file."
LONGEST_NAME = 120
_entries: json.Decoder[Transaction] = json.Decoder(Transaction)


class _Document(msgspec.Struct, frozen=True, kw_only=True):
    opsdesk: int
    settings: Raw
    zone: str = ""
    agendas: dict[str, str]
    records: dict[str, list[Raw]]
    journal: list[Raw]


class Whole(msgspec.Struct, frozen=True, kw_only=True):
    """A desk as it was exported. Records and journal are decoded one by one, so that they are never held whole."""

    settings: Settings
    zone: str
    agendas: Mapping[str, str]
    raw_records: Mapping[str, list[Raw]]
    raw_journal: list[Raw]

    @property
    def counts(self) -> Mapping[str, int]:
        """Kind → how many records, and how many transactions as "journal"."""
        return {**{kind: len(raw) for kind, raw in self.raw_records.items()}, "journal": len(self.raw_journal)}

    def records(self) -> Iterator[Record]:
        """Raises Invalid, naming the record by kind and place."""
        known = shapes()
        for kind, raw in self.raw_records.items():
            for place, each in enumerate(raw, 1):
                yield _read(decoder(known[kind]), each, f"record {place} of {kind}")

    def journal(self) -> Iterator[Transaction]:
        """Oldest first. Raises Invalid, naming the entry by its place."""
        for place, each in enumerate(self.raw_journal, 1):
            yield _read(_entries, each, f"entry {place} of the journal")


def is_document(data: bytes) -> bool:
    """Whether it can be one: no table begins so."""
    return data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")


def read_whole(data: bytes) -> Whole:
    """Raises Invalid for JSON that is damaged, with line and column, and for what is no export or a newer one."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    _refuse_newer(_decoded(data, dict[str, Raw]))
    found = _decoded(data, _Document)
    unknown = next((kind for kind in found.records if kind not in shapes()), "")
    if unknown:
        raise Invalid(f'This export has records of a kind that is not known here: "{unknown}".', "Update OpsDesk.")
    return Whole(
        settings=_settings(found.settings),
        zone=found.zone if is_zone(found.zone) else "",
        agendas=_agendas(found.agendas),
        raw_records=found.records,
        raw_journal=found.journal,
    )


def _refuse_newer(fields: Mapping[str, Raw]) -> None:
    """First of all, as nothing else is known of a newer format."""
    try:
        version = json.decode(fields["opsdesk"], type=int)
    except (KeyError, msgspec.DecodeError):
        raise Invalid("This is no export of OpsDesk.", "Take a file that `opsdesk export --json` wrote.") from None
    if version > FORMAT:
        raise Invalid(f"This export was written by a newer OpsDesk (format {version}).", "Update OpsDesk first.")


def _decoded(data: bytes, shape: Any) -> Any:
    try:
        return json.decode(data, type=shape)
    except msgspec.ValidationError as error:
        raise Invalid(f"This is no whole export of OpsDesk: {error}.", AGAIN) from None
    except msgspec.DecodeError as error:
        raise Invalid(f"This file is damaged at {_place(data, str(error))}.", AGAIN) from None
    except (RecursionError, UnicodeDecodeError):
        raise Invalid("This is no export of OpsDesk.", "Take a file that `opsdesk export --json` wrote.") from None


def _place(data: bytes, said: str) -> str:
    """Line and column of "… (byte 23)", of its end where it was cut off; the column in characters."""
    digits = said.rpartition("(byte ")[2].rstrip(")")
    before = data[: int(digits)] if digits.isdecimal() else data.rstrip()
    lines, column = before.count(b"\n") + 1, len(before.rpartition(b"\n")[2].decode(errors="replace")) + 1
    return f"line {lines:,}, column {column:,}"


def _read(reader: json.Decoder[Any], raw: Raw, place: str) -> Any:
    try:
        return reader.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Invalid(f"In {place} something is not as it was exported: {clean(str(error))}.", AGAIN) from None


def _settings(raw: Raw) -> Settings:
    settings: Settings = _read(json.Decoder(Settings), raw, "the settings")
    if msgspec.convert(cleaned(msgspec.to_builtins(settings)), Settings) != settings or (
        settings.time_zone and not is_zone(settings.time_zone)
    ):
        raise Invalid("In the settings something is not as it was exported.", AGAIN)
    return settings


def _agendas(texts: Mapping[str, str]) -> Mapping[str, str]:
    """Each is written into a file of its name, and nowhere else."""
    for slug in texts:
        if not slug or len(slug) > LONGEST_NAME or clean(slug) != slug or slug[0] == "." or set(slug) & set("/\\:\0"):
            raise Invalid(f'"{clean(slug)[:LONGEST_NAME]}" cannot name an agenda.', AGAIN)
    return texts
