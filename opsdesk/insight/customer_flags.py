"""The flags of the customer page, and the level they come to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from opsdesk.core.customerpage import PageLine, PageOverride, PagePart
from opsdesk.core.flagreviews import FlagReview
from opsdesk.core.registers.overrides import Override
from opsdesk.core.scores import Score
from opsdesk.core.spans import named
from opsdesk.insight.customer_seen import Seen
from opsdesk.insight.plans import late, owes, plan_due
from opsdesk.insight.reviewed import reviewed
from opsdesk.insight.rollup import HARM, Rolled, rolled

OWED = {"owner": "an owner", "exit": "an exit criterion", "plan": "a plan"}


def standing(seen: Seen, cells: Sequence[Score]) -> Rolled:
    """Its level now. `cells`: the live scores."""
    look = seen.look
    holding = [each for each in seen.reader.live(Override) if each.customer == seen.handle and each.holds(look.today)]
    return rolled(cells, look.settings, look, holding[-1] if holding else None)


def override(seen: Seen, found: Rolled) -> PageOverride | None:
    """Of others than the team nobody reads who judged, or why."""
    held = found.override
    if held is None:
        return None
    by, why = (seen.person(held.created_by), held.title) if seen.team else ("", "")
    return PageOverride(level=held.level, until=held.until, by=by, why=why)


def flags(seen: Seen, cells: Sequence[Score], said: Mapping[str, Sequence[Score]]) -> PagePart:
    """`said`: measure → everything that was said of it."""
    measures = [measure.name for measure in seen.look.settings.measures]
    known = {score.measure: score for score in cells if score.measure in measures}
    reviews = seen.reader.where(FlagReview, customer=seen.handle)
    raised = sorted((s for s in known.values() if s.flag), key=lambda s: (-HARM[s.level], s.since))
    lines = [_line(seen, each, said.get(each.measure, ()), reviews) for each in raised]
    return PagePart(name="flags", lines=tuple(lines), summary=_others(seen, measures, known))


def _line(seen: Seen, score: Score, said: Sequence[Score], reviews: Sequence[FlagReview]) -> PageLine:
    mine = [each for each in reviews if each.measure == score.measure]
    found = reviewed(said, mine, seen.look)
    stale = "stale" if score.stale(seen.look) else ""
    survived = f"{found.survived} reviews" if found.survived > 1 else ""
    return PageLine(
        id=score.id,
        text=": ".join(filter(None, (score.measure, score.comment))),
        reason=", ".join(filter(None, (found.words or score.level, survived, stale))),
        weight="red" if score.level == "red" else "orange",
        owner=seen.person(score.owner) if seen.team else "",
        said=tuple(_said(seen, score)),
    )


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


def _others(seen: Seen, measures: Sequence[str], known: Mapping[str, Score]) -> str:
    """What is no flag: "green Product, Support · unknown Commercial"; nothing where nothing is known."""
    groups: dict[str, list[str]] = {"green": [], "stale green": [], "unknown": []}
    for measure in measures:
        score = known.get(measure)
        if score is None or score.level == "unknown":
            groups["unknown"].append(measure)
        elif not score.flag:
            groups["stale green" if score.stale(seen.look) else "green"].append(measure)
    if len(groups["unknown"]) == len(measures):
        return "nobody has scored it yet"
    return " · ".join(f"{name} {', '.join(each)}" for name, each in groups.items() if each)
