"""Structs as the definition of what a YAML file may say: to read it by, and as JSON Schema.

Attributes are keys (``fail_on`` is ``fail-on``); all have defaults. Their types may be ``str``,
``int`` (from 0), ``bool``, an enumeration, another such struct, ``tuple[…, …]`` for lists without
repetitions, ``Mapping[…, …]`` for keys that users choose, and any of them ``| None``. ``Annotated``
adds the description and, to a ``str``, what the text must be.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, NamedTuple, TypeGuard, get_args, get_origin, get_type_hints

import msgspec

from ticketaudit.hints import did_you_mean


class OneOf(msgspec.Struct, frozen=True):
    """The words that a text may be; ``what`` is what one of them is called."""

    what: str
    words: tuple[str, ...]

    def objection(self, text: str) -> str | None:
        """What is wrong with a text; None where nothing is."""
        return None if text in self.words else f"unknown {self.what} `{text}`{did_you_mean(text, self.words)}"


class Fit(msgspec.Struct, frozen=True):
    """What a text must be, as a function that says what is wrong with it; None where nothing is."""

    objection: Callable[[str], str | None]


class OnlyText(msgspec.Struct, frozen=True):
    """A text that is more likely a slip where it reads as a number, a date or a truth value: that needs quotes."""


class Key(NamedTuple):
    """A key that a mapping may have."""

    name: str
    attribute: str
    type: Any
    default: Any


def is_shape(annotation: Any) -> TypeGuard[type[msgspec.Struct]]:
    """Whether a type is such a struct."""
    return isinstance(annotation, type) and issubclass(annotation, msgspec.Struct)


def keys(shape: type[msgspec.Struct]) -> dict[str, Key]:
    """The keys of a struct by the names that users write."""
    hints = get_type_hints(shape, include_extras=True)
    found = {}
    for field in msgspec.structs.fields(shape):
        name = field.name.replace("_", "-")
        default = field.default if field.default_factory is msgspec.NODEFAULT else field.default_factory()
        found[name] = Key(name, field.name, hints[field.name], default)
    return found


def unwrapped(annotation: Any) -> tuple[Any, tuple[Any, ...]]:
    """A type without ``Annotated`` and ``| None``, and the notes on it; the words of an enumeration are one."""
    notes: tuple[Any, ...] = ()
    if get_origin(annotation) is Annotated:
        annotation, *rest = get_args(annotation)
        notes = tuple(rest)
    if isinstance(annotation, UnionType):
        annotation = next(part for part in get_args(annotation) if part is not NoneType)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        notes += (OneOf(annotation.__name__.lower(), tuple(member.value for member in annotation)),)
    return annotation, notes


def written(value: Any) -> Any:
    """A value as it would be written in the file: keys for attributes, nothing for None."""
    if isinstance(value, msgspec.Struct):
        pairs = ((key.name, getattr(value, key.attribute)) for key in keys(type(value)).values())
        return {name: written(part) for name, part in pairs if part is not None}
    if isinstance(value, Mapping):
        return {str(name): written(part) for name, part in value.items()}
    if isinstance(value, str):
        return str(value)  # text that knows its place, and members of enumerations
    return [written(part) for part in value] if isinstance(value, tuple) else value


def json_schema(shape: type[msgspec.Struct]) -> dict[str, Any]:
    """The JSON Schema of what may be written for a struct."""
    properties = {}
    for key in keys(shape).values():
        property_ = _schema_of(key.type)
        if not isinstance(property_.get("properties"), dict) and key.default is not None:
            property_["default"] = written(key.default)
        properties[key.name] = property_
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _schema_of(annotation: Any) -> dict[str, Any]:
    kind, notes = unwrapped(annotation)
    if is_shape(kind):
        schema = json_schema(kind)
    elif get_origin(kind) is tuple:
        schema = {"type": "array", "items": _schema_of(get_args(kind)[0]), "uniqueItems": True}
    elif get_origin(kind) is Mapping:
        key_type, value_type = get_args(kind)
        schema = {"type": "object", "additionalProperties": _schema_of(value_type)}
        if "enum" in (names := _schema_of(key_type)):
            schema["propertyNames"] = names
    elif kind is int:
        schema = {"type": "integer", "minimum": 0}
    elif kind is bool:
        schema = {"type": "boolean"}
    else:
        # An editor takes 1 for a number and true for a truth value; a team may call a severity so.
        only_text = any(isinstance(note, OnlyText) for note in notes)
        schema = {"type": "string" if only_text else ["string", "number", "boolean"]}
    return _with_notes(schema, notes)


def _with_notes(schema: dict[str, Any], notes: tuple[Any, ...]) -> dict[str, Any]:
    for note in notes:
        if isinstance(note, str):
            schema["description"] = note
        elif isinstance(note, OneOf):
            schema |= {"type": "string", "enum": list(note.words)}
    return schema
