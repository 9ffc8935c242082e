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
    """`revenue` per year, in the company's currency."""

    handle: str
    name: str
    owner: str
    revenue: int
    onboarding: bool = False


COLLEAGUES = (
    Colleague("sue", "Sue Park", "Operations", 2.5, 3),
    Colleague("ana", "Ana Ferreira", "Support", 1.6, 3),
    Colleague("raj", "Raj Patel", "Program Management", 2.2, 3),
    Colleague("lena", "Lena Brandt", "Sales", 1.8, 2),
    Colleague("kofi", "Kofi Mensah", "Professional Services", 2.2, 3),
    Colleague("mia", "Mia Chen", "R&D", 4.0, 2),
    Colleague(CONSTRAINT, "Tom Reyes", "Engineering", 4.2, 5),
    Colleague("jonas", "Jonas Weber", "QA", 2.4, 2),
    Colleague("ines", "Inès Laurent", "Product", 3.2, 2),
)

CLIENTS = (
    Client("acme", "Acme Logistics", "raj", 420_000),
    Client("globex", "Globex", "raj", 365_000),
    Client("initech", "Initech", "kofi", 240_000),
    Client("umbrella", "Umbrella Health", "raj", 310_000),
    Client("hooli", "Hooli", "lena", 280_000),
    Client("stark", "Stark Freight", "raj", 195_000),
    Client("wayne", "Wayne & Söhne", "kofi", 150_000),
    Client("tyrell", "Tyrell Robotics", "lena", 132_000),
    Client("cyberdyne", "Cyberdyne Systems", "raj", 118_000),
    Client("nippon", "[EMEA] 日本物流", "kofi", 176_000),
    Client("soylent", "Soylent Foods", "raj", 96_000, onboarding=True),
    Client("vandelay", "Vandelay Imports", "lena", 64_000),
    Client("wonka", "Wonka Retail", "lena", 88_000),
    Client("oscorp", "Oscorp Labs", "kofi", 72_000),
    Client("massive", "Massive Dynamic", "raj", 140_000),
    Client("gringotts", "Gringotts Bank", "lena", 205_000),
    Client("dunder", "Dunder Mifflin", "lena", 38_000),
    Client("sirius", "Sirius Cybernetics", "kofi", 45_000),
    Client("aperture", "Aperture Optics", "kofi", 110_000, onboarding=True),
    Client("bluth", "Bluth Homes", "lena", 29_000),
)
