"""The reference page of the configuration, from the definition that reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ticketaudit.config import FILE_NAME, config_shape
from ticketaudit.shape import json_schema

_INTRODUCTION = f"""\
# Configuration

`{FILE_NAME}` is looked for in the working folder and above it, up to the root of the repository. `--config FILE`
names another one, `--isolated` reads none, `ticketaudit init` writes a first one, and `check --show-settings` prints
what is in force. Paths in it are relative to it. Every key is optional; a key that is not listed here, a value of
another type and a word that is not known are mistakes, which are all reported at once, with line and column.

Editors that know the YAML language server check it while you type. `ticketaudit schema config > FILE` writes the
schema; then the first line of `{FILE_NAME}` is

```yaml
# yaml-language-server: $schema=FILE
```
"""


def configuration_page() -> str:
    """The Markdown page; ends with a line feed."""
    schema = json_schema(config_shape())
    lines = [_INTRODUCTION, "| key | type | default | says |", "| --- | --- | --- | --- |"]
    return "\n".join((*lines, *_rows(schema, ""))) + "\n"


def _rows(schema: Mapping[str, Any], prefix: str) -> Iterator[str]:
    for name, part in schema["properties"].items():
        key = f"{prefix}{name}"
        if prefix == "rules." and "properties" in part:
            yield from _options(part, f"{key}.")
            continue
        default = f"`{_shown(part['default'])}`" if "default" in part else ""
        yield f"| `{key}` | {_type(part)} | {default} | {part.get('description', '')} |"
        if key == "rules":
            yield "| `rules.RULE.level` | one of `error`, `warning`, `note` |  | The level of all that it reports. |"
        if "properties" in part:
            yield from _rows(part, f"{key}.")
        elif isinstance(part.get("additionalProperties"), Mapping) and "properties" in part["additionalProperties"]:
            yield from _rows(part["additionalProperties"], f"{key}.….")


def _options(section: Mapping[str, Any], prefix: str) -> Iterator[str]:
    """A rule's own options; the level, which all rules have, stands once for all."""
    own = {name: part for name, part in section["properties"].items() if name != "level"}
    yield from _rows({"properties": own}, prefix)


def _type(part: Mapping[str, Any]) -> str:
    """What may be written there, in words."""
    if "properties" in part:
        return "keys"
    if "enum" in part and len(part["enum"]) <= 6:
        return "one of " + ", ".join(f"`{word}`" for word in part["enum"])
    if part["type"] == "array":
        return f"list of {_type(part['items'])}s"
    if part["type"] == "object":
        return f"keys, each with {_article(_type(part['additionalProperties']))}"
    return {"integer": "whole number", "boolean": "true or false"}.get(str(part["type"]), "word")


def _article(noun: str) -> str:
    return noun if noun in ("keys",) or noun.startswith("one of") else f"a {noun}"


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(str, value))}]"
    return {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else str(value)
