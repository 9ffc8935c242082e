"""The flags of the customer page, and the level they come to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from opsdesk.core.customerpage import PageLine, PageOverride, PagePart
from opsdesk.core.flagreviews import FlagReview
from opsdesk.core.registers.overrides import Override
from opsdesk.core.scores import Score, measure_key
from opsdesk.core.spans import named
from opsdesk.insight.customer_seen import Seen
from opsdesk.insight.plans import late, owes, plan_due
from opsdesk.insight.reviewed import before_this, reviewed
from opsdesk.insight.rollup import Rolled, rolled, worst_first
from opsdesk.insight.sheet import newest

OWED = {"owner": "an owner", "exit": "an exit criterion", "plan": "a plan"}


def standing(seen: Seen, cells: Sequence[Score]) -> Rolled:
    """Its level now. `cells`: the live scores."""
    look = seen.look
    holding = [each for each in seen.reader.live(Override) if each.customer == seen.handle and each.holds(look.today)]
    return rolled([*newest(cells).values()], look.settings, look, holding[-1] if holding else None)


def override(seen: Seen, found: Rolled) -> PageOverride | None:
    """Of others than the team nobody reads who judged, or why."""
    held = found.override
    if held is None:
        return None
    by, why = (seen.person(held.created_by), held.title) if seen.team else ("", "")
    return PageOverride(level=held.level, until=held.until, by=by, why=why)


def flags(seen: Seen, cells: Sequence[Score], said: Mapping[str, Sequence[Score]]) -> PagePart:
    """`said`: measure (its `measure_key`) → everything that was said of it.

    What is open of a measure that the settings name no more stands here too, and so does what is unknown since it was
    a flag.
    """
    known = newest(cells)
    reviews = seen.reader.where(FlagReview, customer=seen.handle)
    raised = sorted((each for each in known.values() if each.flag), key=worst_first)
    beneath = sorted((each for each in known.values() if each.beneath), key=lambda each: each.since)
    lines = [_line(seen, each, said.get(measure_key(each.measure), ()), reviews) for each in (*raised, *beneath)]
    return PagePart(name="flags", lines=tuple(lines), summary=_others(seen, known))


def _line(seen: Seen, score: Score, said: Sequence[Score], reviews: Sequence[FlagReview]) -> PageLine:
    mine = [each for each in reviews if measure_key(each.measure) == measure_key(score.measure)]
    found = reviewed(said, mine, seen.look)
    stale = "stale" if score.stale(seen.look) else ""
    survived = f"{found.survived} reviews" if found.survived > 1 else ""
    known = {measure_key(measure.name) for measure in seen.look.settings.measures}
    gone = "" if measure_key(score.measure) in known else "no longer a measure"
    return PageLine(
        id=score.id,
        text=": ".join(filter(None, (score.measure, score.comment))),
        reason=", ".join(filter(None, (found.words or score.level, gone, survived, stale))),
        weight=score.level if score.level != "unknown" else "none",
        owner=seen.person(score.owner) if seen.team else "",
        said=tuple(filter(None, (*_said(seen, score), _before(seen, said)))),
    )


def _before(seen: Seen, said: Sequence[Score]) -> str:
    """Of a flag that was opened again: who had it the time before, and how it was to end."""
    score = before_this(said)
    if score is None:
        return ""
    owner = seen.person(score.owner) if seen.team else ""
    over = f"over when {score.exit}" if score.exit else ""
    plan = f"plan by {named(score.plan, seen.look.today)}" if score.plan else ""
    told = ", ".join(filter(None, (owner, over, plan)))
    return f"before: {told}" if told else ""


def _said(seen: Seen, score: Score) -> list[str]:
    """When it is over, by when there is a plan, and what of these nobody has said though it is red."""
    today = seen.look.today
    told = [f"over when {score.exit}"] if score.exit else []
    told += [f"plan by {named(score.plan, today)}"] if score.plan else []
    missing = [OWED[part] for part in owes(score, seen.look)] if seen.team else []
    if missing:
        due = "" if late(score, seen.look) else f" by {named(plan_due(score, seen.look.settings), today)}"
        told.append(f"owes {', '.join(missing)}{due}")
    return [" · ".join(told)] if told else []


def _others(seen: Seen, known: Mapping[str, Score]) -> str:
    """What is no flag: "green Product, Support · unknown Commercial"."""
    groups: dict[str, list[str]] = {"green": [], "stale green": [], "unknown": []}
    for measure in (each.name for each in seen.look.settings.measures):
        score = known.get(measure_key(measure))
        if score is None or score.level == "unknown":
            groups["unknown"].append(measure)
        elif not score.flag:
            groups["stale green" if score.stale(seen.look) else "green"].append(measure)
    if not known:
        return "nobody has scored it yet"
    return " · ".join(f"{name} {', '.join(each)}" for name, each in groups.items() if each)
