"""The text in a file, in whatever encoding a spreadsheet wrote it."""

from __future__ import annotations

import codecs

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
# What Windows-1252 holds from 0x80 to 0x9F: signs that occur in its texts; the letters of Mac OS Roman lie there.
_WINDOWS_SIGNS = frozenset(b"\x80\x82\x84\x85\x8b\x91\x92\x93\x94\x95\x96\x97\x99\x9b")


def decoded(document: bytes) -> str:
    """UTF-8, UTF-16 and UTF-32 by their marks, else UTF-8, else Windows-1252 or Mac OS Roman by their letters.

    Raises Invalid for what is no text.
    """
    kind = next((name for start, name in _KINDS if document.startswith(start)), "")
    if kind:
        raise Invalid(f"This is {kind}, not a table in a text file.", AS_CSV)
    try:
        text = document.decode(_encoding(document))
    except UnicodeDecodeError as error:
        raise Invalid("This file ends in the middle of a character, or is no text.", AS_CSV) from error
    if "\0" in text:
        raise Invalid("This is not a text file.", AS_CSV)
    return text


def _encoding(document: bytes) -> str:
    marked = next((name for mark, name in _MARKS if document.startswith(mark)), "")
    if marked:
        return marked
    try:
        document.decode("utf-8")
    except UnicodeDecodeError:
        return _eight_bit(document)
    return "utf-8"


def _eight_bit(document: bytes) -> str:
    low = sum(1 for byte in document if 0x80 <= byte <= 0x9F and byte not in _WINDOWS_SIGNS)
    high = sum(1 for byte in document if byte >= 0xC0)
    undefined = any(byte in document for byte in b"\x81\x8d\x8f\x90\x9d")
    return "mac-roman" if low > high or undefined else "cp1252"
