"""JSON that people can read, in one form wherever it is printed."""

from __future__ import annotations

from typing import Any

import msgspec


def pretty_json(value: Any) -> str:
    """The value over several lines, two spaces deep, with a line feed at the end; letters as they are."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n"


def compact(value: Any) -> msgspec.Raw:
    """The value as a part of a larger one, which takes much less room until that is printed."""
    return msgspec.Raw(msgspec.json.encode(value))
