"""The shape every record shares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, Any, ClassVar, TypeVar, cast

import msgspec
from msgspec import Meta, json

from opsdesk.core.errors import Invalid
from opsdesk.core.text import cleaned

TEXT_LIMIT = 10_000
Text = Annotated[str, Meta(max_length=TEXT_LIMIT)]
Handle = Annotated[str, Meta(max_length=40, pattern=r"^([a-z0-9][a-z0-9._-]*)?$")]


class Record(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A frozen value; `rev` is the seq of the transaction that last wrote it.

    `together`: fields that two people cannot each have half of, as a state and its reason. `by_hand`: fields that an
    edited sheet may change. `instead`: field → what to say of another one, "" for the rest, "id" for a new record.
    """

    kind: ClassVar[str]
    prefix: ClassVar[str]
    together: ClassVar[tuple[tuple[str, ...], ...]] = ()
    by_hand: ClassVar[tuple[str, ...]] = ()
    instead: ClassVar[Mapping[str, str]] = {}
    id: str = ""
    rev: int = 0

    @property
    def live(self) -> bool:
        """Still wanted at every start; the rest is read when asked for."""
        return True

    # A record reads as a mapping, so that TinyDB's Query and Document take it as it is.
    def __getitem__(self, field: str) -> Any:
        try:
            return getattr(self, field)
        except AttributeError:
            raise KeyError(field) from None

    def keys(self) -> tuple[str, ...]:
        return self.__struct_fields__

    def __contains__(self, field: object) -> bool:
        return field in self.__struct_fields__

    def __iter__(self) -> Iterator[str]:
        return iter(self.__struct_fields__)


R = TypeVar("R", bound=Record)


@cache
def decoder(shape: type[Record]) -> json.Decoder[Any]:
    """Made once a kind and when first needed: it takes a millisecond."""
    return json.Decoder(shape)


def plain(record: Record) -> bytes | None:
    """Its JSON, if that holds nothing to clean: no escape, nothing beyond ASCII, no space at either end of a text."""
    try:
        encoded = json.encode(record)
    except UnicodeEncodeError:
        return None
    if not encoded.isascii() or b"\\" in encoded or b"\x7f" in encoded or b'" ' in encoded or b' "' in encoded:
        return None
    return encoded


def checked(record: R) -> R:
    """The record with its text cleaned and its constraints held.

    Raises Invalid, naming the field, where a constraint is broken (msgspec holds them only on decoding).
    """
    shape = type(record)
    try:
        encoded = plain(record)
        if encoded is not None:
            return cast(R, decoder(shape).decode(encoded))
        return msgspec.convert(cleaned(msgspec.to_builtins(record)), shape)
    except msgspec.ValidationError as error:
        raise Invalid(*_broken(record, str(error))) from error


def _broken(record: Record, said: str) -> tuple[str, str]:
    """msgspec's "Expected `str` of length <= 10000 - at `$.title`", for a person."""
    wanted, _, place = said.partition(" - at `$.")
    field = place.rstrip("`").replace(".", " ").replace("_", " ") or "it"
    what = f"{record.id}: {field}" if record.id else field
    if wanted.endswith("length >= 1"):
        return f"{what} is missing.", "Say what it is."
    longest = wanted.partition("length <= ")[2]
    if longest.isdecimal():
        return f"{what} is longer than {int(longest):,} characters.", "Say it in fewer words."
    return f"{what} is not allowed ({wanted}).", "Correct it and try again."
