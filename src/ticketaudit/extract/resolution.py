"""What the ticket's own investigation and resolution conclude.

The disposition is taken from the first of these that says one: a metadata entry, an entry or
heading of a resolution section ("Status: Fixed", "Final Disposition: Won't Fix"), the words that
such a section opens with ("Acceptable as-is"), an account of a fix, the status itself.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from ticketaudit.blocks import Block, Item, Section, passages
from ticketaudit.extract.citations import commits_in
from ticketaudit.extract.dates import read_date
from ticketaudit.extract.metadata import Metadata
from ticketaudit.extract.pairs import Pair, pairs
from ticketaudit.extract.refutation import first_sentence, refuting_sentence
from ticketaudit.extract.scope import Scope
from ticketaudit.extract.severity import before, concluded
from ticketaudit.extract.sign_offs import read_sign_offs
from ticketaudit.inline import Passage, plain
from ticketaudit.ticket import Disposition, Refutation, Resolution
from ticketaudit.vocabulary import Vocabulary

#: What separates the words of a heading from what they say: "Status: Fixed", "Resolution (Fixed)".
_HEADING_PARTS = re.compile(r"[:–—(]|\s-\s")
_BRACKETED = re.compile(r"\(([^()]*)\)")
#: Where the words of a disposition end in a text that opens with it.
_FIRST_WORDS_END = re.compile(r"\s[-–—]\s|(?<=\.)\s")


class _Said(NamedTuple):
    """A disposition, the words for it and their line."""

    disposition: Disposition | None
    text: str
    line: int


class _Part:
    """A section of the outcome. Its entries and its text without markup are what all questions are about."""

    def __init__(self, section: Section, vocabulary: Vocabulary) -> None:
        self.section = section
        self.vocabulary = vocabulary

    def field(self, key: str) -> str | None:
        """What a key says of the outcome."""
        return self.vocabulary.field("resolution", key)

    @cached_property
    def entries(self) -> list[Pair]:
        """The entries of all its blocks."""
        return [pair for block in self.section.blocks for pair in pairs(block, self.field, self.vocabulary)]

    def named(self, field: str) -> list[Pair]:
        """The entries that say a certain thing of the outcome."""
        return [pair for pair in self.entries if self.field(pair.key) == field]

    @cached_property
    def texts(self) -> list[Passage]:
        """Its passages without markup, so that offsets in their text lead to lines."""
        found = (passage for block in self.section.blocks for passage in passages(block))
        return [Passage(plain(passage.raw), passage.line) for passage in found]

    def texts_with(self, name: str) -> list[Passage]:
        """The same where some of them may have a phrase of a group, else none: mostly none has."""
        return self.texts if self.vocabulary.phrases_within(name, self._text) else []

    @cached_property
    def _text(self) -> str:
        return "\n".join([text.raw for text in self.texts])


def read_resolution(scope: Scope, metadata: Metadata, headline: str) -> Resolution | None:
    """The conclusion, None for a ticket that neither investigates nor resolves nor says how it ended."""
    vocabulary = scope.vocabulary
    indexes = [index for index, _ in scope.with_role("resolution", "investigation")]
    parts = {index: _Part(scope.sections[index], vocabulary) for index in indexes}
    closing = {index: part for index, part in parts.items() if scope.roles[index] == "resolution"}
    said = next(filter(None, _dispositions(metadata, closing, scope)), None)
    if not parts and said is None:
        return None
    entries = [pair for part in closing.values() for pair in part.entries]
    severity, severity_line = _severity(parts.values(), vocabulary)
    return Resolution(
        disposition=said.disposition if said else None,
        text=said.text if said else None,
        severity=severity,
        commits=tuple(dict.fromkeys(_commits(closing.values()))),
        sign_offs=read_sign_offs([part.section for part in closing.values()], vocabulary),
        date=_date(parts.values(), entries, vocabulary),
        line=said.line if said else scope.sections[indexes[0]].line,
        severity_line=severity_line,
        severity_before=_severity_before(parts.values(), vocabulary),
        refutation=_refutation(parts.values(), said, headline, vocabulary),
    )


def _dispositions(metadata: Metadata, closing: Mapping[int, _Part], scope: Scope) -> Iterator[_Said | None]:
    vocabulary = scope.vocabulary
    starts = [index for index in closing if scope.begins(index)]
    wholes = [[closing[index + offset] for offset, _ in enumerate(scope.subtree(index))] for index in starts]
    stated = metadata.get("resolution")
    if stated:
        yield _said(stated.text, stated.line, vocabulary)
    for read in (_stated, _opening, _account_of_fix):
        # Where a ticket was resolved twice, the later one counts.
        for whole in reversed(wholes):
            for part in whole:
                yield from read(part)
    status = metadata.get("status")
    if status:
        yield _said(status.text, status.line, vocabulary)
        if vocabulary.state(status.text) == "closed":
            within = vocabulary.disposition_within(status.text)
            yield _Said(within, status.text, status.line) if within else None


def _stated(part: _Part) -> Iterator[_Said | None]:
    """Entries that say it: in the heading, in a table, in a label."""
    key, *values = map(str.strip, _HEADING_PARTS.split(part.section.title, maxsplit=1))
    if values and part.field(key) == "disposition":
        value = values[0] if "(" in values[0] else values[0].removesuffix(")")
        yield _said(value, part.section.line, part.vocabulary)
    for pair in part.named("disposition"):
        yield _said(pair.text, pair.line, part.vocabulary)


def _opening(part: _Part) -> Iterator[_Said | None]:
    """The words that a section opens with, and the ones it says it closes the ticket with."""
    vocabulary = part.vocabulary
    texts = ((plain(passage.raw), passage) for block in _decided(part.section) for passage in passages(block))
    for number, (text, passage) in enumerate(texts):
        match = vocabulary.phrase("closing as", text)
        # Later on, only what is emphasised decides: "Invalid entries are dropped" tells of a detail.
        if number == 0 or passage.raw.startswith("**"):
            disposition = vocabulary.opening_disposition(text)
            if disposition and (disposition != "fixed" or number == 0):
                yield _Said(disposition, _FIRST_WORDS_END.split(text)[0], passage.line)
                return
        if match:
            yield _said(match["disposition"], Passage(text, passage.line).line_at(match.start()), vocabulary)


def _decided(section: Section) -> Iterator[Block]:
    """The blocks but the boxes that nobody checked: they are choices that were not taken."""
    return (block for block in section.blocks if not (isinstance(block, Item) and block.checked is False))


def _account_of_fix(part: _Part) -> Iterator[_Said | None]:
    """A section that tells what was fixed, or in which commit, concludes that it is."""
    vocabulary = part.vocabulary
    told = next((text.raw for text in part.texts if not vocabulary.nothing(text.raw)), "")
    if part.field(part.section.title) == "fix" and _is_told(told, vocabulary):
        yield _Said("fixed", told, part.section.line)
    for pair in part.entries:
        name = part.field(pair.key)
        if name == "commit" and commits_in(pair.text):
            yield _Said("fixed", pair.text, pair.line)
        elif name in ("fix", "by") and _is_told(pair.text, vocabulary):
            yield _Said("fixed", f"{pair.key} {pair.text}" if name == "by" else pair.text, pair.line)
    for text in part.texts_with("fixed in commit"):
        if any(commits_in(match[0]) for match in vocabulary.phrases("fixed in commit", text.raw)):
            yield _Said("fixed", text.raw, text.line)


def _is_told(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a text tells something, rather than that it will be told: "TBD – pending the crew's decision"."""
    return not vocabulary.nothing(text) and not vocabulary.says("still to come", text)


def _said(text: str, line: int, vocabulary: Vocabulary) -> _Said | None:
    """The disposition of a text; what stands in brackets may say it more exactly ("Won't Fix (False Positive)")."""
    disposition = vocabulary.disposition(text)
    bracket = _BRACKETED.search(text)
    if bracket and disposition == "wont-fix" and vocabulary.disposition(bracket[1]) == "not-a-bug":
        disposition = "not-a-bug"
    return _Said(disposition, text, line) if disposition else None


def _severity(parts: Iterable[_Part], vocabulary: Vocabulary) -> tuple[tuple[str, ...], int | None]:
    """The severity that the last statement concludes, and the line where it is first concluded."""
    texts = (text for part in parts for text in part.texts_with("severity concluded"))
    found = [(*said, text) for text in texts if (said := concluded(text.raw, vocabulary))]
    if not found:
        return (), None
    final = found[-1][0]
    return (final,), next(text.line_at(start) for severity, start, text in found if severity == final)


def _severity_before(parts: Iterable[_Part], vocabulary: Vocabulary) -> str | None:
    """The severity that the first statement says the ticket had."""
    texts = (text for part in parts for text in part.texts_with("severity before"))
    return next(filter(None, (before(text.raw, vocabulary) for text in texts)), None)


def _commits(closing: Collection[_Part]) -> Iterator[str]:
    """Commits cited as the fix: in a commit entry, in the list below one, in "fixed in abc1234"."""
    for part in closing:
        for pair in part.named("commit"):
            yield from commits_in(plain(pair.value.raw))
    for part in closing:
        listed = titled = part.field(part.section.title) == "commit"
        if not (titled or part.named("commit") or part.texts_with("fixed in commit")):
            continue
        for block in part.section.blocks:
            if not isinstance(block, Item):
                keys = [pair.key for pair in pairs(block, part.field, part.vocabulary)]
                listed = titled or any(part.field(key) == "commit" for key in keys)
            for text in (plain(passage.raw) for passage in passages(block)):
                if listed and isinstance(block, Item):
                    yield from commits_in(text)
                for match in part.vocabulary.phrases("fixed in commit", text):
                    yield from commits_in(match[0])


def _date(parts: Iterable[_Part], entries: Iterable[Pair], vocabulary: Vocabulary) -> str | None:
    dated = (read_date(pair.text, vocabulary) for pair in entries if vocabulary.field("resolution", pair.key) == "date")
    titled = (read_date(part.section.title, vocabulary) for part in parts)
    return next(filter(None, (*dated, *titled)), None)


def _refutation(
    parts: Collection[_Part], said: _Said | None, headline: str, vocabulary: Vocabulary
) -> Refutation | None:
    """The sentence that finds a claim false; "not a bug" says it too. What was fixed cannot be denied."""
    if said and said.disposition == "fixed":
        headline = ""
    for part in parts:
        title = part.section.title
        if refuting_sentence(title, vocabulary, "team refutes", headline):
            return Refutation(_with_reason(title, part), part.section.line)
        for text in part.texts if vocabulary.denials(headline) else part.texts_with("team refutes"):
            sentence = refuting_sentence(text.raw, vocabulary, "team refutes", headline)
            if sentence:
                return Refutation(sentence.text, text.line_at(sentence.start))
    if said and said.disposition == "not-a-bug":
        heads = (part for part in parts if part.section.line == said.line)
        return Refutation(next((_with_reason(said.text, part) for part in heads), said.text), said.line)
    return None


def _with_reason(heading: str, part: _Part) -> str:
    """A heading that refutes, and the first sentence under it, which says why."""
    first = next((first_sentence(text.raw) for text in part.texts), "")
    return f"{heading}. {first}" if first else heading
