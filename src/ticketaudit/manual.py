"""A rule's page: its manual under its name, with its options, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ticketaudit.rule import Rule
from ticketaudit.shape import json_schema


def page(rule: Rule) -> str:
    """The Markdown page of a rule; ends with a line feed."""
    return "\n".join(_parts(rule)) + "\n"


def as_data(rule: Rule) -> dict[str, Any]:
    """What there is to know of a rule, for programs; ``manual`` is Markdown."""
    return {
        "name": rule.name,
        "family": rule.family,
        "level": rule.level,
        "summary": rule.summary,
        "fixes": rule.fixes,
        "options": json_schema(rule.options)["properties"],
        "manual": rule.manual.strip(),
    }


def table(rules: Sequence[Rule], folder: str = "") -> str:
    """A Markdown table of rules; ``folder`` is where their pages are, which their names then link to."""
    names = (f"[{rule.name}]({folder}{rule.name}.md)" if folder else rule.name for rule in rules)
    rows = (f"| {name} | {rule.level} | {rule.summary} |\n" for name, rule in zip(names, rules, strict=True))
    return "| rule | level | says |\n| --- | --- | --- |\n" + "".join(rows)


def _parts(rule: Rule) -> Iterator[str]:
    yield f"# {rule.name}\n"
    yield f"{rule.level} · {rule.family}{' · can fix some of it' * rule.fixes}\n"
    yield rule.manual.strip()
    options = json_schema(rule.options)["properties"]
    if options:
        yield "\n## Options\n"
    for name, option in options.items():
        default = f" (default: `{option['default']}`)" if "default" in option else ""
        yield f"- `{name}`{default}: {option['description']}"
