"""What reviewers said, in whatever shape the section has.

A review section is read as a stream of events: a heading may name the reviewer, tables and labels
carry reviewer, verdict, date and evaluation, and the text that follows belongs to the review before
it. So a table with a row per reviewer, a table per reviewer, a header that is the first entry and
bold ``**Verdict:**`` lines are all read by the same few steps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from ticketaudit.blocks import Block, Fence, Html, Item, Paragraph, Section, Table, passages
from ticketaudit.extract.code import cited
from ticketaudit.extract.dates import read_date
from ticketaudit.extract.evidence import read_evidence, squeezed
from ticketaudit.extract.pairs import Pair, columns, pairs
from ticketaudit.extract.refutation import refuting_sentence
from ticketaudit.extract.scope import Scope
from ticketaudit.extract.severity import recommended
from ticketaudit.inline import Passage, plain, standing
from ticketaudit.ticket import Evidence, Review
from ticketaudit.vocabulary import Vocabulary

#: What separates the parts of a heading: "Cross-Review (storage)", "storage: OBJECT", "Review by storage".
_PARTS = re.compile(r"\s*[()\[\]:–—]\s*|\s+-\s+|\s+(?:by|from)\s+", re.IGNORECASE)
#: So far into a text a name and a verdict may stand.
_HEAD = 120
_CHANGED = re.compile(r"→|->|=>")
#: A name, not a sentence: a heading with more words than this is no reviewer's.
_NAME_WORDS = 5


class _Draft(msgspec.Struct):
    """A review while it is being read."""

    heading: str | None
    line: int
    reviewer: str | None = None
    verdict: str | None = None
    date: str | None = None
    severity: str | None = None
    signed: bool = False
    text: list[Passage] = []
    code: list[Fence] = []

    @property
    def name(self) -> str | None:
        """The reviewer as the review's own entry has it, else as its heading has."""
        return self.reviewer or self.heading


def read_reviews(scope: Scope, headline: str) -> tuple[Review, ...]:
    """The reviews in document order. ``headline`` is the ticket's title and summary: what it claims in short."""
    reader = _Reader(scope)
    for index, section in scope.with_role("review"):
        reader.section(section, outermost=scope.begins(index))
    drafts = [draft for draft in reader.drafts if draft.verdict]
    ticket_text = squeezed(scope.own_text) if drafts else ""
    return tuple(_finish(draft, scope, headline, ticket_text) for draft in drafts)


class _Reader:
    """Collects drafts from the blocks of review sections."""

    def __init__(self, scope: Scope) -> None:
        self.vocabulary = scope.vocabulary
        self.drafts: list[_Draft] = []
        self.current: _Draft | None = None
        self.heading: str | None = None

    def section(self, section: Section, *, outermost: bool) -> None:
        name, verdict = self._heading(section.title, outermost=outermost)
        if name or outermost:
            self.heading, self.current = name, None
        if verdict:
            self._open(section.line).verdict = verdict
        for block in section.blocks:
            if isinstance(block, Table) and (self._rows(block) or self._columns(block)):
                continue
            entries = pairs(block, self._field, self.vocabulary)
            if any(self._field(entry.key) or self._owner(entry.key) for entry in entries):
                for entry in entries:
                    self._entry(entry)
            elif not self._signed(block, entries):
                self._text(block)

    def _field(self, key: str) -> str | None:
        return self.vocabulary.field("review", key)

    def _heading(self, title: str, *, outermost: bool) -> tuple[str | None, str | None]:
        """The reviewer and the verdict that a heading names, besides the words that say what it heads."""
        parts = [part for part in _PARTS.split(title) if part][1 if outermost else 0 :]
        verdict = next((part for part in parts if self.vocabulary.is_verdict(part)), None)
        names = [part for part in parts if part != verdict and self._is_name(part)]
        return (names[0] if names else None), verdict

    def _is_name(self, text: str) -> bool:
        known = self._field(text) or self.vocabulary.role(text)
        return not (known or read_date(text, self.vocabulary) or len(text.split()) > _NAME_WORDS)

    def _rows(self, table: Table) -> bool:
        """A table with a row per review; False where the table has another shape."""
        found = columns(table, self._field)
        if "verdict" not in found or len(found) < min(2, len(table.header.cells)):
            return False
        rows = [row for row in table.rows if plain(row.passage(found["verdict"]).raw)]
        for row in rows:
            self._take({name: row.passage(column) for name, column in found.items()}, row.line)
        if len(rows) != 1:
            self.current = None
        return True

    def _columns(self, table: Table) -> bool:
        """A table with a column per reviewer, the names in its header; False where it has another shape."""
        fields = {name: row for row in table.rows if (name := self._field(plain(row.passage(0).raw)))}
        names = [plain(cell) for cell in table.header.cells[1:]]
        if "verdict" not in fields or len(names) < 2 or not all(map(self._is_name, names)):
            return False
        for column, name in enumerate(names, 1):
            if plain(fields["verdict"].passage(column).raw):
                cells = {field: row.passage(column) for field, row in fields.items()}
                self._take(cells | {"reviewer": Passage(name, table.line)}, fields["verdict"].line)
        self.current = None
        return True

    def _take(self, cells: Mapping[str, Passage], line: int) -> None:
        """Open a review with what stands in the cells of its fields."""
        said = {name: standing(cell.raw) or None for name, cell in cells.items()}
        draft = self._open(line)
        draft.reviewer = said.get("reviewer")
        draft.verdict, draft.date, draft.severity = said["verdict"], said.get("date"), said.get("severity")
        if "evaluation" in cells:
            draft.text.append(cells["evaluation"])

    def _entry(self, entry: Pair) -> None:
        name = self._field(entry.key)
        owner = self._owner(entry.key)
        if name in ("reviewer", "verdict") and entry.text:
            draft = self.current
            if draft is None or getattr(draft, name):
                draft = self._open(entry.line)
            setattr(draft, name, entry.text)
            if name == "verdict":
                draft.line = entry.line
                self._rest(draft, entry)
        elif owner:
            owner.text.append(entry.value)
        elif self.current is not None:
            if name == "date":
                self.current.date = entry.text
                return
            if name == "severity":
                self.current.severity = entry.text
            self.current.text.append(entry.value)

    def _signed(self, block: Block, entries: Sequence[Pair]) -> bool:
        """A name and its verdict at the head of a text: ``**storage:** OBJECT – why``, ``**storage (OBJECT)** why``."""
        if self.current is not None and not self.current.signed:
            return False
        heads = [(f"{entry.key}: {entry.text}", entry.value) for entry in entries]
        if not heads and isinstance(block, Paragraph | Item) and block.passage.raw.startswith("**"):
            heads = [(plain(block.passage.raw), block.passage)]
        found = [(signature, passage) for head, passage in heads if (signature := self._signature(head))]
        for (name, verdict), passage in found:
            draft = self._open(passage.line)
            draft.reviewer, draft.verdict, draft.signed = name, verdict, True
            draft.text.append(passage)
        return bool(found)

    def _signature(self, head: str) -> tuple[str, str] | None:
        """The name and the verdict that a text begins with."""
        name, *others = [part for part in _PARTS.split(head[:_HEAD]) if part][:3] or [""]
        verdict = next((lead for part in others if self.vocabulary.is_verdict(lead := _lead(part))), None)
        return (name, verdict) if verdict and name and self._is_name(name) else None

    def _rest(self, draft: _Draft, entry: Pair) -> None:
        """What follows a verdict in the same paragraph is its evaluation."""
        rest = entry.value.raw.partition("\n")[2]
        if rest.strip():
            draft.text.append(Passage(rest, entry.line + 1))

    def _open(self, line: int) -> _Draft:
        self.current = _Draft(self.heading, line)
        self.drafts.append(self.current)
        return self.current

    def _owner(self, key: str) -> _Draft | None:
        """The review that a label such as "Storage Evaluation" goes with."""
        words = key.split()
        if len(words) < 2 or self._field(words[-1]) != "evaluation":
            return None
        discipline = self.vocabulary.discipline(" ".join(words[:-1]))
        for draft in reversed(self.drafts):
            if draft.name and self.vocabulary.discipline(draft.name) == discipline:
                return draft
        return None

    def _text(self, block: Block) -> None:
        """Text belongs to the review before it; below a reviewer's heading it may begin with the verdict."""
        if self.current is None and self.heading and isinstance(block, Paragraph):
            lead = _lead(plain(block.passage.raw[:_HEAD]))
            if self.vocabulary.is_verdict(lead):
                self._open(block.line).verdict = lead
        if self.current is not None and isinstance(block, Fence):
            self.current.code.append(block)
        elif self.current is not None and not isinstance(block, Html):
            self.current.text.extend(passages(block))


def _lead(text: str) -> str:
    """What stands before the first punctuation: the verdict in "OBJECT – only in tests"."""
    return re.split(r"\s*(?:[–—:;,.(]|\s-\s)", text)[0]


def _finish(draft: _Draft, scope: Scope, headline: str, ticket_text: str) -> Review:
    vocabulary = scope.vocabulary
    verdict_text = draft.verdict or ""
    verdict = vocabulary.verdict(_CHANGED.split(verdict_text)[-1])
    text = "\n\n".join(plain(passage.raw) for passage in draft.text if passage.raw.strip())
    stated = filter(None, [_stated(draft.severity, vocabulary) if draft.severity else None])
    if verdict == "endorse":
        refuting = refuting_sentence(text, vocabulary, "endorser refutes", "")
    else:
        refuting = refuting_sentence(text, vocabulary, "reviewer refutes", headline)
    return Review(
        reviewer=draft.name,
        verdict=verdict,
        verdict_text=verdict_text,
        severity=tuple(dict.fromkeys((*stated, *recommended(text, vocabulary)))),
        evidence=tuple(_evidence(draft, scope, ticket_text)),
        date=read_date(draft.date or "", vocabulary),
        text=text,
        line=draft.line,
        refutes=refuting.text if refuting else None,
    )


def _stated(severity: str, vocabulary: Vocabulary) -> str | None:
    """The severity that an entry states, without the reasons behind it: "Low, since nobody can reach it" is "Low"."""
    if len(severity.split()) > _NAME_WORDS:
        return vocabulary.severity_opening(severity)
    return severity if vocabulary.severity_rank(severity) is not None else None


def _evidence(draft: _Draft, scope: Scope, ticket_text: str) -> Iterator[Evidence]:
    for passage in draft.text:
        yield from read_evidence(passage, ticket_text, scope)
    for fence in draft.code:
        place = cited(fence)
        if place and place.lines and squeezed(fence.text) not in ticket_text:
            lines = ", ".join("-".join(map(str, sorted(set(span)))) for span in place.lines)
            yield Evidence("path", f"{place.path}:{lines}", fence.line)
