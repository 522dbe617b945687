"""Configurations written out: a first one for a team, with a comment for every choice, and the one in force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml

from ticketaudit.paths import printed
from ticketaudit.settings import Settings, in_force
from ticketaudit.template import Conventions


def draft(conventions: Conventions, include: str, origin: str, template: str | None = None) -> str:
    """The text of a configuration that says what the conventions say.

    ``include`` is the glob of the tickets, ``origin`` what the conventions were read from, ``template`` the
    path of the template if they come from one.
    """
    return "\n".join(_lines(conventions, include, origin, template)) + "\n"


def _lines(found: Conventions, include: str, origin: str, template: str | None) -> Iterator[str]:
    yield f"# Made by `ticketaudit init` from {origin}. Everything here may be changed or left out;"
    yield "# `ticketaudit check --show-settings` prints what is in force, `ticketaudit schema config` what may be said."
    yield ""
    yield "# The tickets: what is read where no path is given."
    yield f"include: {_flow([include])}"
    yield ""
    if template:
        yield "# With this in place of severities and statuses these follow the template."
        yield f"# template: {_flow(template)}"
        yield ""
    yield from _vocabulary(found)
    yield "rules:"
    yield "  select: [all]   # names of rules, of families, or all: `ticketaudit rules` lists them"
    yield "  ignore: []"
    yield "  # The metadata and the sections that every ticket must have, by what they are for."
    yield f"  missing-field: {{fields: {_flow(found.fields)}}}"
    yield f"  missing-section: {{sections: {_flow(found.sections)}}}"
    if found.expected:
        yield "  # The disciplines that every ticket is to be reviewed by."
        yield f"  missing-reviewer: {{expected: {_flow(found.expected)}}}"


def _vocabulary(found: Conventions) -> Iterator[str]:
    if not (found.severities or found.statuses or found.folders or found.reviewers or found.unknown):
        return
    yield "vocabulary:"
    if found.severities:
        yield "  # The whole scale, the most severe first. Others are reported by unknown-severity."
        yield f"  severities: {_flow(found.severities)}"
    if found.statuses:
        yield "  # Every status by what it means. Others are reported by unknown-status."
        yield from _mapping("statuses", found.statuses)
    if found.unclear:
        yield f"    # Whether these mean open or closed is not known, so look at each: {_flow(found.unclear)}"
    if found.folders:
        yield "  # The name of a folder, and the disposition that its tickets must have."
        yield f"  folders: {_flow(dict(found.folders))}"
    if found.reviewers:
        yield "  # A discipline, and the names that its reviewers sign with."
        yield from _mapping("reviewers", found.reviewers)
    if found.unknown:
        yield "  # Fields that list their values and are not known by their names. Where one of them is what another"
        yield "  # team calls severity, status or agent, say so, and name the template, so that its values are known:"
        yield f"  # fields: {{severity: {_flow(found.unknown)}}}"
    if found.categories:
        yield f"  # Categories seen: {', '.join(found.categories)}"
    yield ""


def _mapping(name: str, values: Mapping[str, Sequence[str]]) -> Iterator[str]:
    yield f"  {name}:"
    for key, words in values.items():
        yield f"    {_flow(key)}: {_flow(words)}"


def _flow(value: Any) -> str:
    """A value on one line, quoted where YAML would read it as something else."""
    plain = list(value) if isinstance(value, tuple) else value
    text: str = yaml.safe_dump(plain, default_flow_style=True, allow_unicode=True, width=100_000, sort_keys=False)
    return text.removesuffix("\n").removesuffix("\n...")


def settings_text(chosen: Settings) -> str:
    """The settings in force, as a configuration file that does the same."""
    origin = printed(chosen.file) if chosen.file else "no file"
    text: str = yaml.safe_dump(
        in_force(chosen), sort_keys=False, allow_unicode=True, default_flow_style=None, width=110
    )
    return f"# The settings in force, from {origin}.\n{text}"
