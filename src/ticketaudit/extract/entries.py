"""The metadata that stands as entries of a key and a value: in front of the document, or at its head."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby

from ticketaudit.blocks import Block, Fence, Html, Item, Paragraph, Section, Table
from ticketaudit.extract.keys import makes_sense
from ticketaudit.extract.pairs import ONE_ROW, Known, Pair, labels, pairs
from ticketaudit.extract.scope import Scope
from ticketaudit.frontmatter import Entry, read_data
from ticketaudit.inline import Passage
from ticketaudit.vocabulary import Vocabulary

#: A table or a section is metadata where at least this many of its keys are fields.
_ENOUGH = 2
#: The sections that may begin with the metadata.
_OPENING = ("summary", "description", "context")


def in_front(scope: Scope) -> Iterator[Pair]:
    """Front matter, and a fence of data that stands above everything else."""
    for entry in scope.document.front:
        yield _of_data(entry, "front matter", scope.vocabulary)
    first = next((block for section in scope.sections[:2] for block in section.blocks), None)
    if isinstance(first, Html) and first.text.startswith("<pre"):
        text = Passage(first.text.replace("<pre>", "     ").replace("</pre>", ""), first.line)
        known = partial(scope.vocabulary.field, "metadata")
        yield from (pair._replace(shape="preformatted text") for pair in labels(text, known))
    if isinstance(first, Fence):
        found = read_data(first.text.split("\n"), first.info.lower() or "yaml", first.line + 1).entries
        if first.info or sum(scope.vocabulary.is_field(entry.key) for entry in found) >= _ENOUGH:
            yield from (_of_data(entry, "fence of data", scope.vocabulary) for entry in found)


def _of_data(entry: Entry, shape: str, vocabulary: Vocabulary) -> Pair:
    """An entry of data. A name or an id in the mapping of a field is that field's: ``status: {name: Open}``."""
    key, name = entry.key, vocabulary.field("metadata", entry.key)
    if name in ("id", "title") and vocabulary.field("metadata", entry.around) not in (None, "id", "title"):
        key = entry.around if name == "title" else f"{entry.around} {key}"
    return Pair(key, Passage(entry.value, entry.line), shape)


def at_the_head(scope: Scope) -> list[Pair]:
    """The entries at the head: of the sections above all others, else of the first one that has enough.

    First a section without another role is asked, then one that only begins with them: a summary.
    """
    found = [entry for section in scope.sections if scope.is_top(section) for entry in _entries(section, scope, 1)]
    if sum(scope.vocabulary.is_field(entry.key) for entry in found) >= _ENOUGH:
        return found
    places = list(zip(scope.sections, scope.roles, strict=True))
    likely = [section for section, role in places if role is None and not scope.is_top(section)]
    opening = [section for section, role in places if role in _OPENING and not scope.is_top(section)]
    for section in (*likely, *opening):
        entries = _entries(section, scope, 1 if found else _ENOUGH)
        if len(entries) >= _ENOUGH or any(makes_sense(entry, scope.vocabulary) for entry in entries):
            return [*found, *entries]
    return found


def _entries(section: Section, scope: Scope, enough: int) -> list[Pair]:
    """The entries of a section, none where fewer than ``enough`` of its keys are fields."""
    known = scope.vocabulary.is_field
    found: list[Pair] = []
    blocks = list(_blocks(section, scope))
    among = _among_fields(blocks, known)
    for (entries, block), is_among in zip(blocks, among, strict=True):
        fields = sum(known(entry.key) for entry in entries)
        if is_among:
            found.extend(entries)
            continue
        if not fields or (isinstance(block, Table) and fields < enough):
            continue
        if (
            isinstance(block, Table)
            and fields < _ENOUGH
            and not any(makes_sense(entry, scope.vocabulary) for entry in entries)
        ):
            continue
        if entries[0].shape == ONE_ROW and not scope.is_top(section):
            continue  # a list of findings that has only one
        found.extend(entries)
    return found if sum(known(entry.key) for entry in found) >= enough else []


def _among_fields(blocks: Sequence[tuple[Sequence[Pair], Block]], known: Known) -> list[bool]:
    """Which entries that are no field stand in a row of list items, or of paragraphs, where others are some."""
    among = [False] * len(blocks)
    for _, run in groupby(range(len(blocks)), lambda place: _shape(*blocks[place])):
        places = list(run)
        fields = [len(blocks[place][0]) == 1 and bool(known(blocks[place][0][0].key)) for place in places]
        if sum(fields) >= _ENOUGH:
            for place, is_field in zip(places, fields, strict=True):
                among[place] = not is_field
    return among


def _shape(entries: Sequence[Pair], block: Block) -> tuple[type, int] | None:
    """What a block has in common with its neighbours, where all of it is one entry."""
    return (type(block), block.depth) if isinstance(block, Item | Paragraph) and len(entries) == 1 else None


def _blocks(section: Section, scope: Scope) -> Iterator[tuple[Sequence[Pair], Block]]:
    """The entries of each block; a label without a value has the checked items below it as its value."""
    known = scope.vocabulary.is_field
    open_label: Pair | None = None
    for block in section.blocks:
        if isinstance(block, Item) and block.checked is not None and open_label:
            if block.checked:
                yield [Pair(open_label.key, block.passage, "checked item")], block
            continue
        entries = pairs(block, known, scope.vocabulary)
        last = entries[-1] if isinstance(block, Paragraph) and entries else None
        open_label = last if last and not last.text and known(last.key) else None
        yield entries, block
