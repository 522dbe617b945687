"""Configurations written out: a first one for a team, with a comment for every choice, and the one in force."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import yaml

from ticketaudit.paths import printed
from ticketaudit.seen import ENOUGH, Counts, Seen
from ticketaudit.settings import Settings, in_force
from ticketaudit.template import Conventions
from ticketaudit.vocabulary import Vocabulary
from ticketaudit.words import fold, key

_STATES = ("open", "closed")
#: More words than this are too many for a comment.
_MOST = 12


def draft(include: str, origin: str, seen: Seen, template: Conventions | None, template_path: str | None) -> str:
    """The text of a first configuration.

    ``include`` is the glob of the tickets, ``origin`` what the rest comes from. A template says what holds. Tickets
    only show what was written so far: what is known of it needs no line, and what is not only the team can place.
    So comments say what was seen, and how often.
    """
    lines = [*_head(include, origin, template_path), *_vocabulary(seen, template), "", *_rules(seen, template)]
    return "\n".join(lines) + "\n"


def _head(include: str, origin: str, template_path: str | None) -> Iterator[str]:
    yield f"# Made by `ticketaudit init` from {origin}. Everything here may be changed or left out;"
    yield "# `ticketaudit check --show-settings` prints what is in force, `ticketaudit schema config` what may be said."
    yield ""
    yield "# The tickets: what is read where no path is given."
    yield f"include: {_flow([include])}"
    yield ""
    if template_path:
        yield "# With this in place of severities, statuses, fields and sections these follow the template."
        yield f"# template: {_flow(template_path)}"
        yield ""


def _vocabulary(seen: Seen, template: Conventions | None) -> Iterator[str]:
    said = template or Conventions()
    lines = [*_severities(said, seen), *_statuses(said, seen), *_others(said, seen)]
    says = any(not line.lstrip().startswith("#") for line in lines)
    yield "# What words mean, where it differs from what is known."
    yield "vocabulary:" if says else "# vocabulary:"
    yield from lines


def _severities(template: Conventions, seen: Seen) -> Iterator[str]:
    vocabulary = Vocabulary.builtin()
    if template.severities:
        yield "  # The whole scale, the most severe first. Others are reported by unknown-severity."
        yield f"  severities: {_flow(template.severities)}"
        yield from _beside(seen.severities, template.severities)
    elif seen.severities:
        known = {word: rank for word in seen.severities if (rank := vocabulary.severity_rank(word)) is not None}
        single = (word for word in seen.severities if not vocabulary.phrase("severity named", word))
        unknown = [word for word in single if word not in known]
        yield f"  # Severities seen: {_counted(seen.severities)}."
        if unknown:
            yield f"  # {_listed(unknown)}: not known, so say where on the scale. All of it, the most severe first:"
        else:
            yield "  # They are known. If others are to be reported, write the whole scale, the most severe first:"
        yield f"  # severities: {_flow(sorted(known, key=lambda word: (known[word], fold(word))))}"


def _statuses(template: Conventions, seen: Seen) -> Iterator[str]:
    vocabulary = Vocabulary.builtin()
    if template.statuses:
        yield "  # Every status by what it means. Others are reported by unknown-status."
        yield "  statuses:"
        yield from (f"    {state}: {_flow(words)}" for state, words in template.statuses.items())
        if template.unclear:
            yield f"    # Whether these mean open or closed is not known, so look at each: {_flow(template.unclear)}"
        yield from _beside(seen.statuses, [word for words in template.statuses.values() for word in words])
    elif seen.statuses:
        meant = {state: [word for word in seen.statuses if vocabulary.state(word) == state] for state in _STATES}
        unknown = [word for word in seen.statuses if not vocabulary.state(word)]
        yield f"  # Statuses seen: {_counted(seen.statuses)}."
        if unknown:
            yield f"  # {_listed(unknown)}: not known, so say whether open or closed. All statuses by what they mean:"
        elif all(meant.values()):
            yield "  # They are known. If others are to be reported, write all statuses by what they mean:"
        if unknown or all(meant.values()):
            yield f"  # statuses: {_flow(meant)}"


def _others(template: Conventions, seen: Seen) -> Iterator[str]:
    if seen.reviewers:
        counts = {name: sum(spellings.values()) for name, spellings in seen.reviewers.items()}
        yield f"  # Reviews seen, by discipline: {_counted(counts)}."
        yield "  # If two of these are one, or one is two, write each with the names that its reviewers sign with:"
        yield f"  # reviewers: {_flow({name: [*names] for name, names in seen.reviewers.items()})}"
    if seen.folders:
        meant = {name: Vocabulary.builtin().folder_disposition(f"{name}/ticket.md") for name in seen.folders}
        yield f"  # Folders seen that say how their tickets ended: {_counted(seen.folders)}. They are known:"
        yield f"  # folders: {_flow(meant)}"
    if template.unknown:
        yield "  # Fields that list their values and are not known by their names. Where one of them is what another"
        yield "  # team calls severity, status or agent, say so, and name the template, so that its values are known:"
        yield f"  # fields: {{severity: {_flow(template.unknown)}}}"
    if template.categories:
        yield f"  # Categories of the template: {', '.join(template.categories)}."


def _rules(seen: Seen, template: Conventions | None) -> Iterator[str]:
    yield "rules:"
    yield "  select: [all]   # names of rules, of families, or all: `ticketaudit rules` lists them; `ignore` takes away"
    if seen.unanswered:
        yield "  # These ask for something that no ticket here has. If your tickets can do without it:"
        yield f"  # ignore: {_flow(seen.unanswered)}"
    if template:
        yield "  # The metadata and the sections that every ticket must have, by what they are for."
        yield f"  missing-field: {{fields: {_flow(_kept(template.fields, seen.fields))}}}"
        yield f"  missing-section: {{sections: {_flow(_kept(template.sections, seen.sections))}}}"
    elif seen.tickets >= ENOUGH:
        yield "  # What three of four tickets have is expected of all. That is at present, if you would rather fix it:"
        usual = {"missing-field": {"fields": seen.fields}, "missing-section": {"sections": seen.sections}}
        yield from (f"  # {rule}: {_flow(options)}" for rule, options in usual.items() if any(options.values()))
    if seen.expected and seen.tickets >= ENOUGH:
        yield "  # Whoever reviews most tickets is expected to review all. If you would rather name the disciplines:"
        yield f"  # missing-reviewer: {{expected: {_flow(seen.expected)}}}"


def _beside(seen: Counts, listed: Sequence[str]) -> Iterator[str]:
    others = {word: count for word, count in seen.items() if key(word) not in {key(each) for each in listed}}
    if others:
        yield f"  # Seen in tickets, and not among these: {_counted(others)}."


def _kept(template: Sequence[str], seen: Sequence[str]) -> list[str]:
    """What the template has and the tickets keep; all of it where they keep nothing."""
    return [name for name in template if name in seen] or [*template]


def _counted(counts: Counts) -> str:
    words = [f"{word} ({count})" for word, count in counts.items()]
    return ", ".join([*words[:_MOST], f"{len(words) - _MOST} more"] if len(words) > _MOST else words)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _flow(value: Any) -> str:
    """A value on one line, quoted where YAML would read it as something else."""
    text: str = yaml.safe_dump(
        _plain(value), default_flow_style=True, allow_unicode=True, width=100_000, sort_keys=False
    )
    return text.removesuffix("\n").removesuffix("\n...")


def _plain(value: Any) -> Any:
    """The same with lists for tuples, which YAML does not have."""
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, list | tuple) else value


def settings_text(chosen: Settings) -> str:
    """The settings in force, as a configuration file that does the same."""
    origin = printed(chosen.file) if chosen.file else "no file"
    text: str = yaml.safe_dump(
        in_force(chosen), sort_keys=False, allow_unicode=True, default_flow_style=None, width=110
    )
    return f"# The settings in force, from {origin}.\n{text}"
