"""Dataclasses as the definition of what a YAML file may say: to read it by, and as JSON Schema.

Attributes are keys (``fail_on`` is ``fail-on``); all have defaults. Their types may be ``str``,
``int``, ``bool``, an enumeration, another such dataclass, ``tuple[…, …]`` for lists, ``Mapping[…, …]``
for keys that users choose, and any of them ``| None``. ``Annotated`` adds the description and, to a
``str``, what the text must be.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, NamedTuple, get_args, get_origin, get_type_hints

import yaml

from ticketaudit.hints import did_you_mean

_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
_BOOLEANS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class OneOf:
    """The words that a text may be; ``what`` is what one of them is called."""

    what: str
    words: tuple[str, ...]

    def objection(self, text: str) -> str | None:
        """What is wrong with a text; None where nothing is."""
        return None if text in self.words else f"unknown {self.what} `{text}`{did_you_mean(text, self.words)}"


@dataclass(frozen=True, slots=True)
class Being:
    """What a text must be, as a test."""

    what: str
    test: Callable[[str], bool]

    def objection(self, text: str) -> str | None:
        """What is wrong with a text; None where nothing is."""
        return None if self.test(text) else f"`{text}` is no {self.what}"


class Mistake(NamedTuple):
    """Something wrong in the file; line and column are 1-based."""

    line: int
    column: int
    message: str


class Key(NamedTuple):
    """A key that a mapping may have."""

    name: str
    attribute: str
    type: Any
    default: Any


def keys(shape: type) -> dict[str, Key]:
    """The keys of a dataclass by the names that users write."""
    hints = get_type_hints(shape, include_extras=True)
    found = {}
    for field in fields(shape):
        name = field.name.replace("_", "-")
        default = field.default if field.default_factory is MISSING else field.default_factory()
        found[name] = Key(name, field.name, hints[field.name], default)
    return found


def read(text: str, shape: type) -> tuple[Any, list[Mistake]]:
    """A value of the dataclass ``shape``, and what is wrong in the text, in its order.

    Where something is wrong its default is taken; an empty text is all defaults.
    """
    reader = _Reader()
    value = shape()
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            if isinstance(event, yaml.AliasEvent):
                # With aliases a small file can be a huge one. Mostly it is a glob without quotes.
                reader.mistake(event.start_mark, "an alias; write text that begins with `*` in quotes")
        node = None if reader.mistakes else yaml.compose(text, Loader=yaml.SafeLoader)
        if node is not None:
            value = reader.mapping(node, shape)
    except yaml.MarkedYAMLError as error:
        reader.mistake(error.problem_mark, ", ".join(filter(None, (error.context, error.problem))))
    except yaml.YAMLError:
        reader.mistake(None, "holds a character that YAML does not allow")
    except RecursionError:
        reader.mistake(None, "nested too deeply")
    return value, reader.mistakes


class _Reader:
    """Reads YAML nodes by their shape and collects what is wrong with them."""

    def __init__(self) -> None:
        self.mistakes: list[Mistake] = []

    def mistake(self, mark: Any, message: str) -> None:
        """Remember what is wrong; without a place it is the start of the file."""
        self.mistakes.append(Mistake(mark.line + 1, mark.column + 1, message) if mark else Mistake(1, 1, message))

    def mapping(self, node: yaml.Node, shape: type) -> Any:
        """A value of the dataclass ``shape``."""
        known = keys(shape)
        values: dict[str, Any] = {}
        for name, value in self._entries(node):
            key = known.get(name.value)
            if key is None:
                self.mistake(name.start_mark, f"unknown key `{name.value}`{did_you_mean(name.value, known)}")
            elif key.attribute in values:
                self.mistake(name.start_mark, f"the key `{name.value}` stands here twice")
            else:
                values[key.attribute] = self._value(value, key.type, key.default)
        return shape(**values)

    def _entries(self, node: yaml.Node) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
        if not isinstance(node, yaml.MappingNode):
            self.mistake(node.start_mark, "expected keys with values")
            return
        for name, value in node.value:
            if isinstance(name, yaml.ScalarNode):
                yield name, value
            else:
                self.mistake(name.start_mark, "expected a word as key")

    def _value(self, node: yaml.Node, annotation: Any, default: Any) -> Any:
        kind, notes = _unwrapped(annotation)
        if is_dataclass(kind) and isinstance(kind, type):
            return self.mapping(node, kind)
        if get_origin(kind) is tuple:
            return self._list(node, get_args(kind)[0], default)
        if get_origin(kind) is Mapping:
            return self._free_mapping(node, *get_args(kind))
        if not isinstance(node, yaml.ScalarNode) or not node.value:
            self.mistake(node.start_mark, f"expected {_expected(kind)}")
            return default
        return self._scalar(node, kind, notes, default)

    def _list(self, node: yaml.Node, element: Any, default: Any) -> Any:
        if not isinstance(node, yaml.SequenceNode):
            self.mistake(node.start_mark, "expected a list, as [one, two]")
            return default
        read = [self._value(item, element, None) for item in node.value]
        return tuple(item for item in read if item is not None)

    def _free_mapping(self, node: yaml.Node, key_type: Any, value_type: Any) -> dict[str, Any]:
        """Keys that users choose, each with a value of the same type."""
        values: dict[str, Any] = {}
        for name, value in self._entries(node):
            kind, notes = _unwrapped(key_type)
            key = self._scalar(name, kind, notes, None)
            if key in values:
                self.mistake(name.start_mark, f"the key `{name.value}` stands here twice")
            elif key is not None:
                values[key] = self._value(value, value_type, _default(value_type))
        return values

    def _scalar(self, node: yaml.ScalarNode, kind: Any, notes: tuple[Any, ...], default: Any) -> Any:
        text: str = node.value
        if kind is int and _INTEGER.fullmatch(text):
            return int(text)
        if kind is bool and text in _BOOLEANS:
            return _BOOLEANS[text]
        if kind in (int, bool):
            self.mistake(node.start_mark, f"expected {_expected(kind)}, found `{text}`")
            return default
        for note in (*notes, *_words(kind)):
            if isinstance(note, OneOf | Being) and (objection := note.objection(text)):
                self.mistake(node.start_mark, objection)
                return default
        return kind(text)


def written(value: Any) -> Any:
    """A value as it would be written in the file: keys for attributes, nothing for None."""
    if is_dataclass(value) and not isinstance(value, type):
        pairs = ((key.name, getattr(value, key.attribute)) for key in keys(type(value)).values())
        return {name: written(part) for name, part in pairs if part is not None}
    if isinstance(value, Mapping):
        return {name: written(part) for name, part in value.items()}
    if isinstance(value, Enum):
        return value.value
    return [written(part) for part in value] if isinstance(value, tuple) else value


def json_schema(shape: type) -> dict[str, Any]:
    """The JSON Schema of what may be written for a dataclass."""
    properties = {}
    for key in keys(shape).values():
        property_ = _schema_of(key.type)
        if not isinstance(property_.get("properties"), dict) and key.default is not None:
            property_["default"] = written(key.default)
        properties[key.name] = property_
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _schema_of(annotation: Any) -> dict[str, Any]:
    kind, notes = _unwrapped(annotation)
    if is_dataclass(kind) and isinstance(kind, type):
        schema = json_schema(kind)
    elif get_origin(kind) is tuple:
        schema = {"type": "array", "items": _schema_of(get_args(kind)[0])}
    elif get_origin(kind) is Mapping:
        key_type, value_type = get_args(kind)
        schema = {
            "type": "object",
            "propertyNames": _schema_of(key_type),
            "additionalProperties": _schema_of(value_type),
        }
    else:
        schema = {"type": {int: "integer", bool: "boolean"}.get(kind, "string")}
    for note in (*notes, *_words(kind)):
        if isinstance(note, str):
            schema["description"] = note
        elif isinstance(note, OneOf):
            schema["enum"] = list(note.words)
    return schema


def _default(annotation: Any) -> Any:
    """What stands where a value of a mapping could not be read."""
    kind, _ = _unwrapped(annotation)
    if is_dataclass(kind) and isinstance(kind, type):
        return kind()
    return () if get_origin(kind) is tuple else None


def _unwrapped(annotation: Any) -> tuple[Any, tuple[Any, ...]]:
    """A type without ``Annotated`` and ``| None``, and the notes that were on it."""
    notes: tuple[Any, ...] = ()
    if get_origin(annotation) is Annotated:
        annotation, *rest = get_args(annotation)
        notes = tuple(rest)
    if isinstance(annotation, UnionType):
        annotation = next(part for part in get_args(annotation) if part is not NoneType)
    return annotation, notes


def _words(kind: Any) -> tuple[OneOf, ...]:
    if isinstance(kind, type) and issubclass(kind, Enum):
        return (OneOf(kind.__name__.lower(), tuple(member.value for member in kind)),)
    return ()


def _expected(kind: Any) -> str:
    return {int: "a whole number", bool: "true or false"}.get(kind, "a word")
