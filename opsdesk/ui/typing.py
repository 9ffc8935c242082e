"""What can be typed into the capture bar: one mode for each thing that takes words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

from opsdesk.core.actions import Action
from opsdesk.core.dates import resolve
from opsdesk.core.errors import Invalid
from opsdesk.core.quickentry import Draft
from opsdesk.ui.dates import day
from opsdesk.ui.ink import Ink
from opsdesk.ui.widgets.capture_bar import Mode

if TYPE_CHECKING:
    from opsdesk.ui.screens.base import DeskScreen

T = TypeVar("T")
ACTION_HINT = "what  @who  #customer  date  ! for a promise"


def action_mode(screen: DeskScreen) -> Mode:
    """A new action: in the room it belongs to the meeting and its section, elsewhere to nobody's."""

    def submit(text: str, past_ok: bool = False) -> None:
        screen.submit(mode, lambda: screen.capture(text, past_ok=past_ok), kept, text)

    def mode() -> Mode:
        return Mode(
            id="action",
            label="action",
            hint=ACTION_HINT,
            submit=submit,
            anyway=lambda text: submit(text, past_ok=True),
            answer=lambda text: understood(screen, text),
            stays=True,
        )

    return mode()


def edit_mode(screen: DeskScreen, action: Action) -> Mode:
    """The action under the cursor as one would have typed it."""

    def submit(text: str, past_ok: bool = False) -> None:
        call = lambda: screen.desk.actions.edit(action.id, text, past_ok=past_ok)  # noqa: E731
        screen.submit(mode, call, lambda kept: f"{kept.id} corrected · z undoes", text)

    def mode() -> Mode:
        return Mode(
            id=f"edit {action.id}",
            label=action.id,
            hint=ACTION_HINT,
            submit=submit,
            anyway=lambda text: submit(text, past_ok=True),
            answer=lambda text: understood(screen, text),
            text=screen.desk.actions.text_of(action),
        )

    return mode()


def words_mode(
    screen: DeskScreen,
    *,
    id: str,
    label: str,
    hint: str,
    call: Callable[[str], T],
    said: Callable[[T], str] = lambda kept: f"{getattr(kept, 'id', '')} kept · z undoes".strip(),
    answer: Callable[[str], Sequence[Ink]] = lambda text: (),
    stays: bool = False,
    text: str = "",
    then: Callable[[T], None] = lambda _: None,
) -> Mode:
    """A line of words that one use case takes as it is; `then` runs when it was kept."""

    def submit(typed: str) -> None:
        screen.submit(mode, lambda: call(typed), said, typed, then)

    def mode() -> Mode:
        return Mode(
            id=id,
            label=label,
            hint=hint,
            submit=submit,
            answer=answer,
            stays=stays,
            text=text,
        )

    return mode()


def kept(action: Action) -> str:
    return f"{action.id} kept · z undoes"


def understood(screen: DeskScreen, text: str) -> list[Ink]:
    """What an action's words are understood as: owner · customer · due · promised, and what is not known."""
    if not text.strip():
        return [Ink("Enter keeps it and stays open, Esc leaves", "dim")]
    draft = screen.desk.actions.draft(text)
    screen.offer = offered(draft, screen.desk.today())
    pieces: list[Ink] = []
    for chip in chips(screen, draft):
        pieces += [Ink(" · ", "dim"), *chip] if pieces else chip
    return pieces or [Ink("no owner · no date", "dim")]


def chips(screen: DeskScreen, draft: Draft) -> list[list[Ink]]:
    if draft.past:
        return [past_chip(screen, draft)]
    found: list[list[Ink]] = []
    if draft.owner:
        found.append([Ink(screen.desk.people.person_name(draft.owner), "dim")])
    if draft.customer:
        found.append([Ink(screen.desk.people.customer_name(draft.customer), "dim")])
    if draft.due is not None:
        found.append(due_chip(screen, draft))
    if draft.promise:
        by = draft.by if draft.by and draft.by != draft.owner else ""
        found.append([Ink(f"promised by {screen.desk.people.person_name(by)}" if by else "promised", "dim")])
    for name in draft.unknown:
        found.append([Ink(f"{name} is not known", "orange"), Ink(" ctrl+o ", "bright!"), Ink("creates it", "dim")])
    return found


def due_chip(screen: DeskScreen, draft: Draft) -> list[Ink]:
    due = draft.due or screen.desk.today()
    assumed = " (none said)" if draft.due_default else ""
    return [Ink("due ", "dim"), Ink(day(due, screen.desk.today()), "ink"), Ink(assumed, "dim")]


def past_chip(screen: DeskScreen, draft: Draft) -> list[Ink]:
    """A date that is past is asked about before anything else."""
    today = screen.desk.today()
    pieces = [Ink(f"{day(draft.due or today, today)} is past", "orange")]
    if screen.offer:
        pieces += [Ink("   ctrl+t ", "bright!"), Ink(f"takes {day(screen.offer, today)}", "dim")]
    return [*pieces, Ink("   ctrl+o ", "bright!"), Ink("keeps it", "dim")]


def offered(draft: Draft, today: date) -> date | None:
    """For a past date, the next day of the same weekday."""
    if not draft.past or draft.due is None:
        return None
    ahead = (draft.due.weekday() - today.weekday()) % 7 or 7
    return today + timedelta(days=ahead)


def take_offer(screen: DeskScreen) -> None:
    """The offered date takes the place of the one that was typed."""
    bar, offer = screen.bar, screen.offer
    if bar.mode is None or offer is None:
        return
    text = bar.input.value
    chip = next((c for c in screen.desk.actions.draft(text).chips if c.role == "due"), None)
    if chip is not None:
        bar.retype(f"{text[: chip.start]}{offer.isoformat()}{text[chip.end :]}")


def anyway(screen: DeskScreen) -> None:
    """Creates the names that are not known; with none, keeps what was asked about as it is."""
    bar = screen.bar
    if bar.mode is None or not bar.input.value.strip():
        return
    unknown = screen.desk.actions.draft(bar.input.value).unknown if bar.mode.hint == ACTION_HINT else ()
    if unknown:
        screen.intend(
            lambda: create(screen, unknown), lambda made: f"{made} created · z undoes", then=lambda _: bar.answer()
        )
    elif bar.mode.anyway is not None:
        bar.mode.anyway(bar.take())


def create(screen: DeskScreen, unknown: Sequence[str]) -> str:
    """A person for each @name and !name, a customer for each #name."""
    people = screen.desk.people
    for name in unknown:
        (people.add_customer if name[0] == "#" else people.add)(name[1:].capitalize(), handle=name[1:].lower())
    return ", ".join(unknown)


def complete(screen: DeskScreen) -> None:
    """Tab: the name before the cursor is completed; again for the next that fits."""
    bar = screen.bar
    found = screen.desk.actions.complete(bar.input.value, bar.input.cursor_position)
    if not found:
        bar.answer([Ink("nothing to complete here: @ names a person, # a customer", "dim")])
        return
    first, *others = found
    text = bar.input.value
    bar.retype(text[: first.start] + first.text + " " + text[first.end :].lstrip(), first.start + len(first.text) + 1)
    if others:
        names = ", ".join(f"{o.text} {o.label}" for o in others[:4])
        bar.answer([Ink(f"{first.label}", "ink"), Ink(f"   also: {names}", "dim")])


# the verbs of a line that take words


def wait_mode(screen: DeskScreen, action: Action) -> Mode:
    def call(text: str) -> Action:
        on, until = trailing(screen, text)
        return screen.desk.actions.wait(action.id, on, until)

    return words_mode(
        screen,
        id="wait",
        label=f"{action.id} waits on",
        hint="whom or what, and until when",
        call=call,
        said=lambda _: f"{action.id} waits · z undoes",
    )


def give_mode(screen: DeskScreen, action: Action) -> Mode:
    def call(text: str) -> Action:
        draft = screen.desk.actions.draft(text if text.startswith("@") else f"@{text}")
        if not draft.owner:
            raise Invalid(f"{text} is nobody known here.", "Type a name or a handle; Tab completes it.")
        return screen.desk.actions.give(action.id, draft.owner)

    return words_mode(
        screen,
        id="give",
        label=f"{action.id} goes to",
        hint="@who",
        call=call,
        text="@",
        said=lambda _: f"{action.id} given · z undoes",
    )


def date_mode(screen: DeskScreen, action: Action) -> Mode:
    def split(text: str) -> tuple[date | None, str]:
        return leading(screen, text)

    def call(text: str) -> Action:
        due, why = split(text)
        if due is None:
            raise Invalid(f"{text} does not begin with a date.", "Type one first: fri, 27 nov, +3d; then the reason.")
        return screen.desk.actions.redate(action.id, due, why)

    def answer(text: str) -> list[Ink]:
        due, why = split(text)
        if due is None:
            return [Ink("a date first: fri, 27 nov, +3d", "dim")]
        return [Ink("due ", "dim"), Ink(day(due, screen.desk.today())), Ink(f" because {why}" if why else "", "dim")]

    return words_mode(
        screen,
        id="date",
        label=f"{action.id} is due",
        hint="fri, because …",
        call=call,
        answer=answer,
        said=lambda _: f"{action.id} has a new date · z undoes",
    )


def trailing(screen: DeskScreen, text: str) -> tuple[str, date | None]:
    """Words and the date they end with, if any."""
    draft = screen.desk.actions.draft(text)
    return (draft.title, None) if draft.due_default else (draft.title, draft.due)


def leading(screen: DeskScreen, text: str) -> tuple[date | None, str]:
    """The date that the words begin with, and the words after it."""
    words = text.split()
    for count in range(min(4, len(words)), 0, -1):
        found = resolve(" ".join(words[:count]), screen.desk.today(), screen.desk.settings)
        if found is not None:
            return found, " ".join(words[count:])
    return None, text
