"""The record: what ticketaudit knows of one ticket.

One definition serves the JSON that ``parse`` prints, its JSON Schema, every rule and every report.
Text values are as the author wrote them with the markup stripped; what they mean (``state``,
``verdict``, ``disposition``) stands beside them. Lines are 1-based; sequences are in document order.
The order of the attributes is the order of the keys that users see.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from operator import attrgetter
from typing import Final, Literal

import msgspec

State = Literal["open", "closed"]
Verdict = Literal["endorse", "refine", "neutral", "object", "other"]
ClaimStatus = Literal["true", "false", "partial", "other"]
RelationKind = Literal["related", "duplicate", "blocks", "blocked-by", "supersedes", "part-of"]
EvidenceKind = Literal["path", "line", "code", "command", "calculation"]
CitationKind = Literal["path", "commit", "command", "url"]
DefectKind = Literal["structure", "table", "reference", "encoding"]
Disposition = Literal["fixed", "already-fixed", "not-a-bug", "wont-fix", "duplicate", "deferred"]
Premise = Literal["unverified", "supported", "disputed", "refuted"]
#: As many characters of a section's title name it wherever else it is named, however many it has.
LONGEST_NAME: Final = 500
#: An inclusive range of 1-based lines: first, last.
LineRange = tuple[int, int]


#: An id that only counts: a number, maybe with a few words before it.
_COUNT = re.compile(r"(?:[^\W\d_]+ ){0,3}#?\d+(?:\.\d+)*")


def only_counts(ident: str) -> bool:
    """Whether an id tells a ticket from the others of its file and from no other: "Finding 2", "#3"."""
    return _COUNT.fullmatch(ident) is not None


class Field(msgspec.Struct, frozen=True, gc=False):
    """A metadata entry as written."""

    key: str
    value: str
    line: int


class Location(msgspec.Struct, frozen=True, gc=False):
    """A file that the ticket says it is about; ``lines`` are inclusive ranges."""

    path: str | None
    lines: tuple[LineRange, ...]
    symbol: str | None
    line: int


class Dated(msgspec.Struct, frozen=True, gc=False):
    """Words that say when something was done or written: "Resolved: 2025-03-19"."""

    date: str
    text: str
    line: int


class Placeholder(msgspec.Struct, frozen=True, gc=False):
    """Words of a template that nobody replaced."""

    text: str
    line: int


class Section(msgspec.Struct, frozen=True, gc=False):
    """A heading and what stands under it, up to the next heading of its level or a higher one.

    ``role`` is what the vocabulary makes of the heading. What stands inside a review, an
    investigation or a resolution has that role, whatever its own heading says: a "Verification"
    inside a resolution is part of the resolution. ``empty``: neither it nor a section inside it says
    anything. ``dates`` and ``placeholders`` are those of its heading and its own text, without the
    sections inside it.
    """

    title: str
    role: str | None
    level: int
    line: int
    end_line: int
    empty: bool
    dates: tuple[Dated, ...]
    placeholders: tuple[Placeholder, ...]


class CheckItem(msgspec.Struct, frozen=True, gc=False):
    """A task list item; ``text`` keeps the ``~~`` of a struck-out one."""

    text: str
    checked: bool
    line: int

    @property
    def struck_out(self) -> bool:
        """Whether the author crossed the item out instead of checking it."""
        return self.text.startswith("~~")


class Checklist(msgspec.Struct, frozen=True, gc=False):
    """The task list items under one heading (or one lead-in such as "Category:")."""

    section: str | None
    role: str | None
    items: tuple[CheckItem, ...]


class Evidence(msgspec.Struct, frozen=True, gc=False):
    """Something in a text that a reader can check."""

    kind: EvidenceKind
    text: str
    line: int


class Review(msgspec.Struct, frozen=True, gc=False):
    """What one reviewer said.

    ``severity``: the severities the reviewer says the ticket should have. ``refutes``: the sentence
    in which the reviewer finds a claim of the ticket false.
    """

    reviewer: str | None
    verdict: Verdict
    verdict_text: str
    severity: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    date: str | None
    text: str
    line: int
    refutes: str | None


class Claim(msgspec.Struct, frozen=True, gc=False):
    """A row of a table that examines the ticket's claims one by one."""

    text: str
    status: ClaimStatus
    evidence: str
    line: int


class Relation(msgspec.Struct, frozen=True, gc=False):
    """Another ticket named under related findings."""

    id: str
    kind: RelationKind
    note: str
    line: int


class ReportPart(msgspec.Struct, frozen=True, gc=False):
    """Where in its report a finding stands, in the ticket's words, and the line that says so."""

    text: str | None
    line: int


class Citation(msgspec.Struct, frozen=True, gc=False):
    """A checkable reference in the text. ``path`` and ``lines`` are set for kind "path".

    ``report`` is set where the path is that of the review report which the ticket comes from.
    """

    kind: CitationKind
    text: str
    path: str | None
    lines: tuple[LineRange, ...]
    line: int
    report: ReportPart | None


class Cited(msgspec.Struct, frozen=True, gc=False):
    """Where a code fence says it comes from."""

    path: str
    lines: tuple[LineRange, ...]


class Code(msgspec.Struct, frozen=True, gc=False):
    """A code fence; ``line`` and ``end_line`` are those of its opening and closing fence.

    ``comments_only``: what stands in it is no code, only remarks in the form of comments.
    """

    language: str | None
    section: str | None
    line: int
    end_line: int
    cites: Cited | None
    comments_only: bool


class SignOff(msgspec.Struct, frozen=True, gc=False):
    """Somebody's approval after the work: who, and the words."""

    name: str
    text: str
    line: int


class Refutation(msgspec.Struct, frozen=True, gc=False):
    """The sentence in which the team finds a claim of the ticket false."""

    text: str
    line: int


class Resolution(msgspec.Struct, frozen=True, gc=False):
    """What the ticket's own investigation and resolution conclude.

    ``severity``: the severities finally concluded, on ``severity_line``; ``severity_before``: the one
    that it says the ticket had. ``line`` is where the disposition stands, else where the first of
    these sections begins.
    """

    disposition: Disposition | None
    text: str | None
    severity: tuple[str, ...]
    commits: tuple[str, ...]
    sign_offs: tuple[SignOff, ...]
    date: str | None
    line: int
    severity_line: int | None
    severity_before: str | None
    refutation: Refutation | None


class Defect(msgspec.Struct, frozen=True, gc=False):
    """Something that the parser could not make sense of; ``text`` is what the author wrote there."""

    message: str
    line: int
    kind: DefectKind
    text: str


class Ticket(msgspec.Struct, frozen=True, gc=False):
    """One finding ticket."""

    path: str
    line: int
    end_line: int
    id: str | None
    title: str | None
    severity: str | None
    priority: str | None
    status: str | None
    state: State | None
    batch: str | None
    agent: str | None
    assignee: str | None
    domain: tuple[str, ...]
    created: str | None
    updated: str | None
    fields: tuple[Field, ...]
    summary: str | None
    categories: tuple[str, ...]
    locations: tuple[Location, ...]
    sections: tuple[Section, ...]
    checklists: tuple[Checklist, ...]
    reviews: tuple[Review, ...]
    claims: tuple[Claim, ...]
    relations: tuple[Relation, ...]
    citations: tuple[Citation, ...]
    code: tuple[Code, ...]
    resolution: Resolution | None
    premise: Premise
    defects: tuple[Defect, ...]

    @property
    def is_row(self) -> bool:
        """Whether it is no more than a row of a table or an item of a list: it can have a status, and no sections."""
        return self.line > 1 and not self.sections

    @property
    def name(self) -> str:
        """What to call the ticket: its id, else its title, else its path."""
        return self.id or self.title or self.path

    @property
    def open_boxes(self) -> tuple[CheckItem, ...]:
        """The boxes that are neither checked nor struck out; an unchecked category is not open, only not chosen."""
        lists = (checklist for checklist in self.checklists if checklist.role != "category")
        return tuple(item for each in lists for item in each.items if not (item.checked or item.struck_out))

    def section_at(self, line: int) -> Section | None:
        """The innermost section that holds a line: the last one to begin."""
        begun = bisect_right(self.sections, line, key=attrgetter("line"))
        backwards = (self.sections[index] for index in range(begun - 1, -1, -1))
        return next((section for section in backwards if line <= section.end_line), None)

    def role_at(self, line: int) -> str | None:
        """The role of the innermost section that holds a line."""
        section = self.section_at(line)
        return section.role if section else None
