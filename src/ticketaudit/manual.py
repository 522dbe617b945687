"""A rule's page: its manual under its name, with its options, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from ticketaudit.rule import Rule
from ticketaudit.shape import json_schema


def page(rule: Rule) -> str:
    """The Markdown page of a rule; ends with a line feed."""
    return "\n".join(_parts(rule)) + "\n"


def _parts(rule: Rule) -> Iterator[str]:
    yield f"# {rule.name}\n"
    yield f"{rule.level} · {rule.family}\n"
    yield rule.manual.strip()
    options = json_schema(rule.options)["properties"]
    if options:
        yield "\n## Options\n"
    for name, option in options.items():
        yield f"- `{name}` (default: `{option['default']}`): {option['description']}"
