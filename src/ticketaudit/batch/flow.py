"""The geometry of the flow from original to final severity in the HTML report; `charts` has the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ticketaudit.batch import wording
from ticketaudit.batch.charts import frequent
from ticketaudit.statistics import Row
from ticketaudit.wording import number

#: The view box: its width, and where the two sides stand.
WIDTH = 520
_LEFT, _RIGHT = 116.0, 404.0
#: A node is at least as high as its label, and stands so far from the next; all tickets are so high.
_LINE_HEIGHT, _GAP, _HEIGHT = 14.0, 10.0, 240.0


@dataclass(frozen=True, slots=True)
class Node:
    """A severity at one side of the flow."""

    label: str
    y: float
    height: float
    count: int


@dataclass(frozen=True, slots=True)
class Ribbon:
    """The tickets that went from one severity to another; ``tone`` is down, up or same."""

    path: str
    tone: str
    says: str


@dataclass(frozen=True, slots=True)
class Flow:
    """The flow from original to final severity."""

    left: tuple[Node, ...]
    right: tuple[Node, ...]
    ribbons: tuple[Ribbon, ...]
    height: float


def severity_flow(rows: Sequence[Row], scale: Sequence[str | None]) -> Flow:
    """The flow of all tickets; ``scale`` has all their severities in their order. The rarest ones are drawn as one."""
    sides = Counter(severity for row in rows for severity in (row.rated.original, row.rated.final))
    named = frequent(sides)
    order = [*(named[severity] for severity in scale if severity in named), wording.OTHER]
    place = {label: index for index, label in enumerate(order)}.__getitem__
    moves: Counter[tuple[str, str]] = Counter()
    steps: dict[tuple[str, str], int] = {}
    for row in rows:
        move = (named.get(row.rated.original, wording.OTHER), named.get(row.rated.final, wording.OTHER))
        moves[move] += 1
        steps[move] = row.rated.steps or 0
    ordered = sorted(moves, key=lambda move: (place(move[0]), place(move[1])))
    unit = _HEIGHT / max(moves.total(), 1)
    left, right = (_nodes(_summed(moves, side), place, unit) for side in (0, 1))
    from_y = {node.label: node.y for node in left}
    to_y = {node.label: node.y for node in right}
    ribbons = []
    for one, other in ordered:
        count = moves[one, other]
        thick = count * unit
        moved = steps[one, other]
        tone = "down" if moved > 0 else "up" if moved < 0 else "same"
        says = f"{one} → {other}: {number(count, 'ticket')}"
        ribbons.append(Ribbon(_ribbon(from_y[one], to_y[other], thick), tone, says))
        from_y[one] += thick
        to_y[other] += thick
    height = max((node.y + max(node.height, _LINE_HEIGHT) for node in (*left, *right)), default=0.0)
    return Flow(left, right, tuple(ribbons), round(height, 1))


def _summed(moves: Counter[tuple[str, str]], side: int) -> Counter[str]:
    sums: Counter[str] = Counter()
    for move, count in moves.items():
        sums[move[side]] += count
    return sums


def _nodes(counts: Counter[str], place: Callable[[str], int], unit: float) -> tuple[Node, ...]:
    y, nodes = 0.0, []
    for severity in sorted(counts, key=place):
        height = counts[severity] * unit
        nodes.append(Node(severity, round(y, 1), round(height, 1), counts[severity]))
        y += max(height, _LINE_HEIGHT) + _GAP
    return tuple(nodes)


def _ribbon(left: float, right: float, thick: float) -> str:
    """A band from one side to the other, with a curve so that crossing bands can be told apart."""
    x1, x2 = _LEFT, _RIGHT
    middle = (x1 + x2) / 2
    return (
        f"M{x1:g} {left:.1f}C{middle:g} {left:.1f} {middle:g} {right:.1f} {x2:g} {right:.1f}"
        f"V{right + thick:.1f}C{middle:g} {right + thick:.1f} {middle:g} {left + thick:.1f} {x1:g} {left + thick:.1f}Z"
    )
