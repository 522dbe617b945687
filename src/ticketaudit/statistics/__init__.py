"""What a batch of tickets adds up to, each figure with the number of tickets that it rests on.

Pure arithmetic over a `Report`; how it looks is the business of ``batch/``.
"""

from __future__ import annotations

from ticketaudit.statistics.ages import Ages, Days, Month
from ticketaudit.statistics.comparison import KINDS, Change, Comparison, Move, Snapshot, Standing, compare
from ticketaudit.statistics.counts import Breakdown, Count, CrossTable
from ticketaudit.statistics.duplicates import Likely
from ticketaudit.statistics.findings import Findings
from ticketaudit.statistics.hotspots import Hotspot, Hotspots
from ticketaudit.statistics.ratings import Agreement, Coefficient, Pair, Ratings
from ticketaudit.statistics.reviewers import Rate, Reviewer
from ticketaudit.statistics.rows import Consensus, Gates, Group, Groups, Rated, Row
from ticketaudit.statistics.summary import Statistics, summarise
from ticketaudit.statistics.values import ATTRIBUTES

__all__ = [
    "ATTRIBUTES",
    "KINDS",
    "Ages",
    "Agreement",
    "Breakdown",
    "Change",
    "Coefficient",
    "Comparison",
    "Consensus",
    "Count",
    "CrossTable",
    "Days",
    "Findings",
    "Gates",
    "Group",
    "Groups",
    "Hotspot",
    "Hotspots",
    "Likely",
    "Month",
    "Move",
    "Pair",
    "Rate",
    "Rated",
    "Ratings",
    "Reviewer",
    "Row",
    "Snapshot",
    "Standing",
    "Statistics",
    "compare",
    "summarise",
]
