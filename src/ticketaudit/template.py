"""A team's ticket template: it lists the values that a field may have, as ``P0`` / ``P1`` / ``P2``."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ticketaudit.errors import UserError, reason
from ticketaudit.extract.checklists import read_checklists
from ticketaudit.extract.metadata import read_metadata
from ticketaudit.extract.pairs import Pair, pairs
from ticketaudit.extract.scope import Scope
from ticketaudit.files import read_regular
from ticketaudit.inline import code_spans
from ticketaudit.markdown import parse
from ticketaudit.paths import printed, similar
from ticketaudit.rules import missing_field, missing_section
from ticketaudit.text import Source
from ticketaudit.vocabulary import Vocabulary

#: What separates values to choose from; not the slashes of a path or a date.
_CHOICE = re.compile(r"\s+/\s+|\s*\|\s*")
#: The most bytes of a template.
_LARGEST = 1024 * 1024
#: So many words are no value any more.
_SENTENCE = 5


@dataclass(frozen=True, slots=True)
class Conventions:
    """What a template says, everything in its order.

    ``statuses`` are by what they mean, ``reviewers`` names by discipline. ``fields`` and ``sections``
    are those that every ticket is to have from the start, by what they mean. Of ``unclear`` statuses it is
    not known what they mean: they stand under "open" until somebody says. ``unknown`` are the fields that
    list their values and that the vocabulary has no meaning for.
    """

    severities: tuple[str, ...] = ()
    statuses: Mapping[str, tuple[str, ...]] | None = None
    reviewers: Mapping[str, tuple[str, ...]] | None = None
    categories: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def template_in(file: Path, vocabulary: Vocabulary) -> Conventions:
    """The conventions of the ticket template in a file; raises `UserError` where it holds none."""
    try:
        found = read_template(Source.from_bytes(printed(file), read_regular(file, _LARGEST)), vocabulary)
    except FileNotFoundError:
        raise UserError(f"there is no file `{printed(file)}`{similar(file)}") from None
    except IsADirectoryError:
        raise UserError(f"`{printed(file)}` is a folder; name the template in it") from None
    except (OSError, ValueError) as error:
        raise UserError(f"`{printed(file)}` cannot be read: {reason(error)}") from None
    if found is None:
        expected = "no field in it lists its values, as `P0` / `P1` / `P2`"
        raise UserError(f"`{printed(file)}` is no ticket template: {expected}")
    return found


def read_template(source: Source, vocabulary: Vocabulary) -> Conventions | None:
    """The conventions that a ticket template spells out; None where a source is none."""
    scope = Scope(parse(source), vocabulary)
    choices = _choices(scope)
    if not choices:
        return None
    boxes = (item.text for group in read_checklists(scope) if group.role == "category" for item in group.items)
    known = {vocabulary.field("metadata", key): values for key, values in reversed(choices)}
    statuses = known.get("status", ())
    return Conventions(
        severities=known.get("severity", ()),
        statuses=_by_state(statuses, vocabulary),
        reviewers=_by_discipline(known.get("agent", ()), vocabulary),
        categories=tuple(boxes),
        fields=tuple(name for name in read_metadata(scope).names if name in missing_field.ASKED),
        sections=_roles(scope),
        unclear=_unclear(statuses, vocabulary),
        unknown=tuple(key for key, _ in choices if not vocabulary.field("metadata", key)),
    )


def _choices(scope: Scope) -> list[tuple[str, tuple[str, ...]]]:
    """The entries of the metadata that list several values, each in a code span: keys and values."""
    for section in scope.sections:
        found = [
            (pair.key, values)
            for block in section.blocks
            for pair in pairs(block, lambda key: scope.vocabulary.field("metadata", key), scope.vocabulary)
            if len(values := _listed(pair)) > 1
        ]
        if found:
            return found
    return []


def _listed(pair: Pair) -> tuple[str, ...]:
    """The values of an entry that has nothing else: two and more code spans, or three and more words (a / b / c)."""
    rest = pair.value.raw
    spans = code_spans(rest)
    for span in spans:
        rest = rest.replace(f"`{span}`", " ", 1)
    if spans:
        return () if rest.strip(" /|,") else tuple(spans)
    words = tuple(part.strip() for part in _CHOICE.split(pair.text))
    return words if len(words) > 2 and all(0 < len(word.split()) < _SENTENCE for word in words) else ()


def _roles(scope: Scope) -> tuple[str, ...]:
    """The roles of the sections right under the title that a ticket has from the start."""
    own = (scope.vocabulary.role(section.title) for section in scope.sections if section.level == 2)
    return tuple(dict.fromkeys(role for role in own if role in missing_section.ASKED))


def _by_state(statuses: Iterable[str], vocabulary: Vocabulary) -> Mapping[str, tuple[str, ...]] | None:
    """Statuses by what they mean; the unclear ones are among the open."""
    found: dict[str, list[str]] = {"open": [], "closed": []}
    for status in statuses:
        found[vocabulary.state(status) or "open"].append(status)
    return {state: tuple(words) for state, words in found.items()} if any(found.values()) else None


def _unclear(statuses: Iterable[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    return tuple(status for status in statuses if not vocabulary.state(status))


def _by_discipline(names: Iterable[str], vocabulary: Vocabulary) -> Mapping[str, tuple[str, ...]] | None:
    found: dict[str, list[str]] = defaultdict(list)
    for name in names:
        found[vocabulary.discipline(name)].append(name)
    return {vocabulary.discipline_name(spellings[0]): tuple(spellings) for spellings in found.values()} or None
