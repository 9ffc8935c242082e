"""The text in a file, in whatever encoding a spreadsheet wrote it."""

from __future__ import annotations

import codecs
from itertools import pairwise

from opsdesk.core.errors import Invalid

AS_CSV = "In the spreadsheet choose Save as, CSV, and take that file."

_MARKS = (  # UTF-32 first: its mark begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_KINDS = (
    (b"PK\x03\x04", "an Excel or OpenDocument workbook"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
)
_UNMARKED = ("cp1252", "mac-roman")
_LETTERS = frozenset("ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜßàáâãäåæçèéêëìíîïñòóôõöøùúûüÿœŒ")
_OPENING = frozenset("„“‘‚«‹€£¿¡–—")
_ANYWHERE = frozenset("”’»›…•™®©°§\u00a0")


def decoded(document: bytes) -> str:
    """UTF-8, UTF-16 and UTF-32 by their marks, else UTF-8, else Windows-1252 or Mac OS Roman by their letters.

    Raises Invalid for what is no text.
    """
    kind = next((name for start, name in _KINDS if document.startswith(start)), "")
    if kind:
        raise Invalid(f"This is {kind}, not a table in a text file.", AS_CSV)
    try:
        text = _read(document)
    except UnicodeDecodeError as error:
        raise Invalid("This file ends in the middle of a character, or is no text.", AS_CSV) from error
    if "\0" in text:
        raise Invalid("This is not a text file.", AS_CSV)
    return text


def _read(document: bytes) -> str:
    marked = next((name for mark, name in _MARKS if document.startswith(mark)), "")
    if marked:
        return document.decode(marked)
    try:
        return document.decode("utf-8")
    except UnicodeDecodeError:
        return max((document.decode(name, "replace") for name in _UNMARKED), key=_likely)


def _likely(text: str) -> int:
    """How much it looks like words of western Europe; the wrong encoding puts signs into words."""
    return sum(_fits(before, sign) for before, sign in pairwise(f" {text}") if not sign.isascii())


def _fits(before: str, sign: str) -> int:
    if sign in _LETTERS:
        return 1 if sign.islower() or not before.islower() else -1
    if sign in _OPENING:
        return -1 if before.isalpha() else 1
    return 1 if sign in _ANYWHERE else -1
