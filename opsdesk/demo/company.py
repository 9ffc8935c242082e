"""Who works at Northwind Systems, and for whom."""

from __future__ import annotations

import msgspec

from opsdesk.core.settings import Settings

USER = "sue"
CONSTRAINT = "tom"
DEMO_SETTINGS = Settings(company="Northwind Systems")


class Colleague(msgspec.Struct, frozen=True):
    """`pace`: working days from start to finish of a usual item. `load`: how many of them are under way at once."""

    handle: str
    name: str
    department: str
    pace: float
    load: int


class Client(msgspec.Struct, frozen=True):
    """`revenue` per year; `months` since they signed."""

    handle: str
    name: str
    owner: str
    revenue: int
    months: int
    onboarding: bool = False


COLLEAGUES = (
    Colleague("sue", "Sue Park", "Operations", 2.5, 3),
    Colleague("ana", "Ana Ferreira", "Support", 1.6, 3),
    Colleague("raj", "Raj Patel", "Program Management", 2.2, 3),
    Colleague("lena", "Lena Brandt", "Sales", 1.8, 2),
    Colleague("kofi", "Kofi Mensah", "Professional Services", 3.0, 2),
    Colleague("mia", "Mia Chen", "R&D", 4.0, 2),
    Colleague(CONSTRAINT, "Tom Reyes", "Engineering", 3.6, 5),
    Colleague("jonas", "Jonas Weber", "QA", 2.4, 2),
    Colleague("ines", "Inès Laurent", "Product", 3.2, 2),
)

CLIENTS = (
    Client("acme", "Acme Logistics", "raj", 420_000, 41),
    Client("globex", "Globex", "raj", 365_000, 33),
    Client("initech", "Initech", "kofi", 240_000, 27),
    Client("umbrella", "Umbrella Health", "raj", 310_000, 30),
    Client("hooli", "Hooli", "lena", 280_000, 19),
    Client("stark", "Stark Freight", "raj", 195_000, 22),
    Client("wayne", "Wayne & Söhne", "kofi", 150_000, 25),
    Client("tyrell", "Tyrell Robotics", "lena", 132_000, 16),
    Client("cyberdyne", "Cyberdyne Systems", "raj", 118_000, 14),
    Client("nippon", "[EMEA] 日本物流", "kofi", 176_000, 12),
    Client("soylent", "Soylent Foods", "raj", 96_000, 2, onboarding=True),
    Client("vandelay", "Vandelay Imports", "lena", 64_000, 20),
    Client("wonka", "Wonka Retail", "lena", 88_000, 18),
    Client("oscorp", "Oscorp Labs", "kofi", 72_000, 11),
    Client("massive", "Massive Dynamic", "raj", 140_000, 9),
    Client("gringotts", "Gringotts Bank", "lena", 205_000, 24),
    Client("dunder", "Dunder Mifflin", "lena", 38_000, 36),
    Client("sirius", "Sirius Cybernetics", "kofi", 45_000, 15),
    Client("aperture", "Aperture Optics", "kofi", 110_000, 1, onboarding=True),
    Client("bluth", "Bluth Homes", "lena", 29_000, 28),
)
