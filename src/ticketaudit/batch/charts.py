"""The geometry of the charts in the HTML report: numbers in, rectangles and paths out. Drawing is the template's.

Lengths are units of a chart's view box, which is `WIDTH` wide (the timeline's: `WIDE`) and as high as what it shows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import get_args

from ticketaudit.batch import wording
from ticketaudit.statistics import Agreement, CrossTable, Month, Pair, Reviewer
from ticketaudit.ticket import Verdict
from ticketaudit.wording import number

WIDTH = 520
#: The width of a chart that has a row to itself.
WIDE = 1100
#: Where bars begin, behind their labels, and where the numbers after them stand.
_LEFT, _RIGHT = 116, 44
_BAR, _STEP = 20, 32
#: A label longer than this would run into its bar.
_LABEL = 12
#: So many reviewers are drawn, those who gave the most reviews; the tables have all of them.
BUSIEST = 12
#: So many severities are drawn.
SEVERITIES = 10
#: So many values have a colour of their own; the last colour is for the rest.
COLOURS = 6


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a bar: ``tone`` is the number or the name of its colour, ``says`` what it stands for."""

    x: float
    width: float
    tone: str
    says: str


@dataclass(frozen=True, slots=True)
class Line:
    """A bar of several parts with its label and the number at its end; ``y`` is its top."""

    label: str
    y: int
    parts: tuple[Part, ...]
    end: str


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars one under another, and what the colours mean."""

    lines: tuple[Line, ...]
    legend: tuple[tuple[str, str], ...]
    height: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A field of the heat map: ``tone`` 0 to 4 for the kappa, "none" where there is none, "self" on the diagonal."""

    x: float
    y: float
    tone: str
    text: str
    says: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """The agreement of every reviewer with every other."""

    labels: tuple[tuple[str, float], ...]
    cells: tuple[Cell, ...]
    left: float
    size: float
    height: float


@dataclass(frozen=True, slots=True)
class Pillar:
    """A month: opened upwards, closed downwards; ``label`` is empty where labels would collide."""

    x: float
    up: float
    down: float
    label: str
    says: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The months side by side; ``width`` is that of a pillar, ``middle`` the line that both sides start from."""

    pillars: tuple[Pillar, ...]
    width: float
    middle: float
    height: float


def short(text: str, length: int = _LABEL) -> str:
    """A label that fits where it stands: before a bar, if nothing else is said."""
    return text if len(text) <= length else f"{text[: length - 1]}…"


def frequent(severities: Mapping[str | None, int]) -> dict[str | None, str]:
    """The labels of the severities that most tickets have; all others are one."""
    most = sorted(severities, key=lambda severity: -severities[severity])[:SEVERITIES]
    return {severity: severity or wording.NONE for severity in most}


def severity_by_status(table: CrossTable) -> Bars:
    """A bar for each severity, in parts by status; the rarest severities are one bar, the rarest statuses one part."""
    statuses = [count.value for count in table.rows.counts]
    shown = statuses[: COLOURS - 1] if len(statuses) > COLOURS else statuses
    tones = {status: str(min(index, COLOURS - 1)) for index, status in enumerate(statuses)}
    named = frequent({count.value: count.tickets for count in table.columns.counts})
    tallies: dict[str, Counter[tuple[str, str]]] = {}
    for severity in sorted(table.columns.counts, key=lambda count: count.value not in named):
        tally = tallies.setdefault(named.get(severity.value, wording.OTHER), Counter())
        for status in table.rows.counts:
            name = (status.value or wording.NONE) if status.value in shown else wording.OTHER
            tally[tones[status.value], name] += table.cell(status, severity)
    most = max((tally.total() for tally in tallies.values()), default=1)
    lines = [_line(label, at, tally, most, str(tally.total())) for at, (label, tally) in enumerate(tallies.items())]
    legend = [(tones[status], status or wording.NONE) for status in shown]
    if len(shown) < len(statuses):
        legend.append((str(COLOURS - 1), wording.OTHER))
    return Bars(tuple(lines), tuple(legend), _STEP * len(lines))


def verdicts_by_reviewer(reviewers: Sequence[Reviewer]) -> Bars:
    """A bar for each of the busiest reviewers, in parts by verdict, all of one length."""
    reviewers = reviewers[:BUSIEST]
    lines = [
        _line(
            reviewer.name,
            index,
            {(verdict, verdict): count for verdict, count in reviewer.verdicts},
            reviewer.reviews,
            str(reviewer.reviews),
        )
        for index, reviewer in enumerate(reviewers)
    ]
    occurring = {verdict for reviewer in reviewers for verdict, _ in reviewer.verdicts}
    legend = tuple((verdict, verdict) for verdict in get_args(Verdict) if verdict in occurring)
    return Bars(tuple(lines), legend, _STEP * len(lines))


def _line(label: str, index: int, tally: Mapping[tuple[str, str], int], most: int, end: str) -> Line:
    scale = (WIDTH - _LEFT - _RIGHT) / most
    x, parts = float(_LEFT), []
    for (tone, name), count in tally.items():
        if count:
            parts.append(Part(round(x, 1), round(count * scale, 1), tone, f"{label}, {name}: {count}"))
            x += count * scale
    return Line(label, index * _STEP, tuple(parts), end)


def agreement_matrix(found: Agreement) -> Matrix:
    """Cohen's kappa of every two of the busiest reviewers; the numbers of tickets are in the texts."""
    ratings = Counter(rater for unit in found.scale.units for rater in unit)
    raters = sorted(sorted(found.raters, key=lambda rater: (-ratings[rater], rater))[:BUSIEST])
    size = min(72.0, (WIDTH - _LEFT) / max(len(raters), 1))
    place = {rater: index for index, rater in enumerate(raters)}
    pairs = {pair.raters: pair for pair in found.pairs}
    cells = [Cell(_LEFT + index * size, index * size, "self", "", rater) for rater, index in place.items()]
    for one, other in combinations(raters, 2):
        tone, text, says = _kappa(pairs.get((one, other)), f"{one} and {other}")
        for row, column in ((place[one], place[other]), (place[other], place[one])):
            cells.append(Cell(_LEFT + column * size, row * size, tone, text, says))
    labels = tuple((rater, index * size) for rater, index in place.items())
    return Matrix(labels, tuple(cells), _LEFT, size, size * len(labels))


def _kappa(pair: Pair | None, names: str) -> tuple[str, str, str]:
    """The tone, the text and the title of a pair's field."""
    if pair is None:
        return "none", wording.NOTHING, f"{names} never reviewed the same ticket"
    text = wording.decimal(pair.kappa)
    why = f"; {pair.reason}" if pair.reason else ""
    return _heat(pair.kappa), text, f"{names}: kappa {text}, {number(pair.n, 'ticket')}{why}"


def _heat(kappa: float | None) -> str:
    """Five steps from none to complete agreement."""
    return "none" if kappa is None else str(min(max(int(kappa * 5), 0), 4))


def month_timeline(months: Sequence[Month]) -> Timeline:
    """Opened and closed tickets by month."""
    most = max((max(month.opened, month.closed) for month in months), default=1) or 1
    step = WIDE / max(len(months), 1)
    every = max(1, round(64 / step))  # a label takes so much room
    half = 84.0
    pillars = tuple(
        Pillar(
            x=round(index * step, 1),
            up=round(month.opened / most * half, 1),
            down=round(month.closed / most * half, 1),
            label=month.name if index % every == 0 else "",
            says=f"{month.name}: {month.opened} opened, {month.closed} closed",
        )
        for index, month in enumerate(months)
    )
    return Timeline(pillars, round(min(step * 0.7, 48), 1), half + 4, half * 2 + 28)
