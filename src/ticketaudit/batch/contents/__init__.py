"""What the batch report says, section by section, for every format that is read from top to bottom."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from ticketaudit.batch.blocks import Block, Document, Section
from ticketaudit.batch.contents import changes, counts, diagnostics, places, reviews, summary, tickets
from ticketaudit.statistics import Statistics

#: What each section is called by users, its title, and what fills it, in the order of the report.
_SECTIONS: Mapping[str, tuple[str, Callable[[Statistics], Iterator[Block]]]] = {
    "summary": ("Summary", summary.blocks),
    "changes": ("Changes", changes.blocks),
    "counts": ("Counts", counts.blocks),
    "severity": ("Severity", counts.severity_blocks),
    "tickets": ("Tickets", tickets.blocks),
    "gates": ("Open gates", tickets.gate_blocks),
    "agreement": ("Agreement of the reviewers", reviews.agreement_blocks),
    "reviewers": ("Reviewers", reviews.reviewer_blocks),
    "hotspots": ("Hotspots", places.hotspot_blocks),
    "duplicates": ("Likely duplicates", places.duplicate_blocks),
    "ages": ("Ages", tickets.age_blocks),
    "rules": ("Rules", diagnostics.rule_blocks),
    "diagnostics": ("Diagnostics by rule", diagnostics.blocks),
}
#: The names of the sections.
SECTIONS = tuple(_SECTIONS)
#: The sections for a reader who has no search: every diagnostic would fill hundreds of lines.
BRIEF = tuple(name for name in SECTIONS if name != "diagnostics")
#: The report's title where nobody gives another.
TITLE = "Batch report"


def document(statistics: Statistics, sections: Sequence[str] = SECTIONS, title: str = TITLE) -> Document:
    """The report; a section that has nothing to say is left out."""
    chosen = ((name, *_SECTIONS[name]) for name in sections)
    found = (Section(name, heading, tuple(fill(statistics))) for name, heading, fill in chosen)
    return Document(title, tuple(section for section in found if section.blocks))
