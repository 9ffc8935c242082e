"""The columns of tables people bring along: how the same thing is headed in different companies."""

from __future__ import annotations

from opsdesk.core.names import fold

Columns = dict[str, tuple[str, ...]]

_OWNER = ("verantwortlich", "verantwortliche", "verantwortlicher", "zustandig", "responsable")
_CUSTOMER = ("kunde", "kundenname", "firma", "client", "cliente")
PEOPLE: Columns = {
    "name": ("name", "fullname", "person", "employee", "colleague", "displayname", "mitarbeiter", "nom", "nombre"),
    "first": ("firstname", "givenname", "forename", "vorname", "prenom"),
    "last": ("lastname", "surname", "familyname", "nachname", "familienname", "nomdefamille", "apellido", "apellidos"),
    "handle": ("handle", "username", "login", "nick", "shortname"),
    "department": (
        "department",
        "dept",
        "team",
        "group",
        "function",
        "abteilung",
        "departement",
        "departamento",
    ),
    "email": ("email", "mail", "emailaddress", "emailadresse", "courriel", "correo", "correoelectronico"),
    "limit": ("wiplimit", "limit"),
}
CUSTOMERS: Columns = {
    "name": (
        "name",
        "customer",
        "customername",
        "account",
        "accountname",
        "company",
        "organization",
        "organisation",
        *_CUSTOMER,
    ),
    "handle": ("handle", "shortname", "key"),
    "owner": ("owner", "accountowner", "accountmanager", "customersuccessmanager", "csm", "who", *_OWNER),
    "since": ("since", "customersince", "startdate", "start", "seit", "kundeseit", "depuis", "desde"),
    "onboarding": ("onboarding", "isonboarding", "new"),
    "left": (
        "left",
        "lefton",
        "customeruntil",
        "until",
        "churned",
        "churnedon",
        "churndate",
        "enddate",
        "kundebis",
        "jusqua",
        "hasta",
    ),
    "revenue": ("revenue", "annualrevenue", "arr", "umsatz", "jahresumsatz", "chiffredaffaires", "ingresos"),
}
ACTIONS: Columns = {
    "title": (
        "title",
        "what",
        "action",
        "task",
        "summary",
        "subject",
        "todo",
        "aufgabe",
        "titel",
        "tache",
        "titre",
        "tarea",
        "titulo",
    ),
    "owner": ("owner", "who", "assignee", "assignedto", "responsible", *_OWNER),
    "due": (
        "due",
        "duedate",
        "date",
        "deadline",
        "duewhen",
        "when",
        "fallig",
        "falligam",
        "termin",
        "frist",
        "echeance",
        "vencimiento",
        "fecha",
    ),
    "customer": ("customer", "customername", "account", "company", *_CUSTOMER),
    "state": ("state", "status", "statut", "estado"),
    "promise": ("promise", "promised"),
    "waiting_on": ("waitingon", "waitson", "blockedby"),
}
SCORES: Columns = {
    "customer": ("customer", "customername", "account", "accountname", "company", "name", *_CUSTOMER),
    "measure": ("measure", "column", "area", "kpi", "kennzahl", "merkmal", "mesure", "medida"),
    "level": ("level", "flag", "rag", "ragstatus", "status", "color", "colour", "ampel", "farbe", "niveau", "nivel"),
    "comment": ("comment", "why", "reason", "note", "kommentar", "grund", "commentaire", "comentario"),
    "new level": ("newlevel",),
    "new comment": ("newcomment",),
    "owner": ("owner", "who", "responsible", *_OWNER),
    "exit": ("exit", "exitcriterion", "exitcriteria"),
    "plan": ("plan", "planby", "plandate"),
    "valid days": ("validdays", "valid"),
    "level (now)": ("levelnow",),
    "comment (now)": ("commentnow",),
    "said": ("said", "lastsaid"),
    "owner (now)": ("ownernow",),
    "exit (now)": ("exitnow",),
    "plan (now)": ("plannow",),
    "owes": ("owes",),
    "red means": ("redmeans",),
    "orange means": ("orangemeans",),
    "green means": ("greenmeans",),
    "superseded": ("superseded",),
}
COLUMNS: dict[str, Columns] = {"people": PEOPLE, "customers": CUSTOMERS, "actions": ACTIONS, "scores": SCORES}
# Of a table of scores the column of customers tells that its first line is headings: "Plan" alone may be an action.
_HEADING_KINDS = (PEOPLE, CUSTOMERS, ACTIONS)
_HEADINGS = {heading for columns in _HEADING_KINDS for headings in columns.values() for heading in headings}


def heading(cell: str) -> str:
    """A heading as it is compared: letters and digits only, in lower case."""
    return "".join(each for each in fold(cell) if each.isalnum())


def is_header(cells: tuple[str, ...]) -> bool:
    """Whether a row heads columns: one of its cells at least is a heading of some kind of table."""
    return any(heading(cell) in _HEADINGS for cell in cells)


def fields(headers: tuple[str, ...], columns: Columns) -> tuple[dict[str, int], tuple[str, ...]]:
    """Which column holds which field, and the headers that name none (or one already named)."""
    known = {each: field for field, headings in columns.items() for each in headings}
    places: dict[str, int] = {}
    others = []
    for place, header in enumerate(headers):
        field = known.get(heading(header), "")
        if field and field not in places:
            places[field] = place
        elif header:
            others.append(header)
    return places, tuple(others)
