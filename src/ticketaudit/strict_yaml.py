"""YAML read by the shape of a struct: text stays text, and every mistake is reported with its place.

A file may be written with YAML's plain means only. Aliases make a huge file of a small one, tags and
anchors would be dropped without a word, and mostly all of them are a path pattern without quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, get_args, get_origin

import msgspec
import yaml

from ticketaudit.hints import did_you_mean
from ticketaudit.shape import Fit, OneOf, OnlyText, is_shape, keys, unwrapped

_INTEGER = re.compile(r"0|[1-9][0-9]{0,8}")
_BOOLEANS = {"true": True, "false": False}
_OPENING = (
    *(yaml.BlockSequenceStartToken, yaml.BlockMappingStartToken),
    *(yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken),
)
_CLOSING = (yaml.BlockEndToken, yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken)
#: No configuration is nested half as deeply.
_DEEPEST = 20
#: Several times the longest path or heading that people write.
_LONGEST = 1000
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_TEXT = "tag:yaml.org,2002:str"
_QUOTES = "text that begins with `{}` must be in quotes"
_REFUSED = {
    yaml.AliasToken: "an alias, which is not allowed; write text that begins with `*` in quotes",
    yaml.AnchorToken: "an anchor, which is not allowed; write text that begins with `&` in quotes",
    yaml.TagToken: "a tag, which is not allowed; write text that begins with `!` in quotes",
}

#: What the parser says, what a person can do about it, and whether that is where the parser began to read
#: what it could not end. The first that matches counts.
_WORDINGS = (
    (r"while scanning an alias", _REFUSED[yaml.AliasToken], True),
    (r"while scanning an anchor", _REFUSED[yaml.AnchorToken], True),
    (r"while scanning a tag", _REFUSED[yaml.TagToken], True),
    (r"while scanning a directive", _QUOTES.format("%"), True),
    (r"while scanning a block scalar", "text that begins with `|` or `>` must be in quotes", True),
    (r"while scanning a quoted scalar", "a quotation mark that is never closed", True),
    (r"could not find expected ':'", "neither a key nor a value; write `key: value`", True),
    (r"found character '\\t'", "a tab; indent with spaces", False),
    (r"found character '(.)'", _QUOTES, False),
    (r"unknown escape character '(.)'", "`\\{}` means nothing in double quotes; use single ones", False),
    (r"mapping values are not", "a key cannot stand here; check the indentation, or quote text with a colon", False),
    (r"expected <block end>", "does not line up with the lines above; check the indentation", False),
    (r"expected ',' or '(.)'", "expected `,` or `{}`", False),
    (r"expected the node content", "expected a value", False),
    (r"single document", "a second document; a configuration is one", False),
    (r"expected '<document start>'", "what stands above is complete, and nothing can follow it", False),
)


class Mistake(NamedTuple):
    """Something wrong in the file; line and column are 1-based."""

    line: int
    column: int
    message: str


class Placed(str):
    """A text of the file that knows where it stands: 1-based line and column."""

    line: int
    column: int

    @classmethod
    def of(cls, node: yaml.ScalarNode) -> Placed:
        """The text of a node."""
        text = cls(node.value)
        text.line, text.column = node.start_mark.line + 1, node.start_mark.column + 1
        return text

    def mistake(self, message: str) -> Mistake:
        """What is wrong with it."""
        return Mistake(self.line, self.column, message)


def read(text: str, shape: type[msgspec.Struct]) -> tuple[Any, list[Mistake]]:
    """A value of the struct ``shape``, its texts `Placed`, and what is wrong in the text, in its order.

    Where something is wrong the default is taken; an empty text is all defaults.
    """
    reader = _Reader()
    value = shape()
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader) if reader.accepts(text) else None
        if node is not None and not _is_nothing(node):
            value = reader.mapping(node, shape)
    except yaml.MarkedYAMLError as error:
        if not reader.mistakes:  # what was refused may be the reason
            reader.mistake(*_explained(error))
    except yaml.reader.ReaderError as error:
        line, column = place(text, error.position)
        reader.mistakes[line, column] = f"the control character U+{ord(text[error.position]):04X}; YAML allows none"
    return value, sorted(Mistake(*where, message) for where, message in reader.mistakes.items())


def place(text: str, offset: int) -> tuple[int, int]:
    """The 1-based line and column of a character of a text."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


class _Reader:
    """Reads YAML nodes by their shape and collects what is wrong with them, once for each place."""

    def __init__(self) -> None:
        self.mistakes: dict[tuple[int, int], str] = {}

    def mistake(self, mark: Any, message: str) -> None:
        """Remember what is wrong, unless the place is known to be wrong."""
        self.mistakes.setdefault((mark.line + 1, mark.column + 1), message)

    def accepts(self, text: str) -> bool:
        """Remember aliases, anchors and tags; False where the rest cannot be read, for an alias or for its depth."""
        depth, has_alias = 0, False
        for token in yaml.scan(text, Loader=yaml.SafeLoader):
            depth += isinstance(token, _OPENING) - isinstance(token, _CLOSING)
            if type(token) in _REFUSED:
                self.mistake(token.start_mark, _REFUSED[type(token)])
                has_alias = has_alias or isinstance(token, yaml.AliasToken)
            if depth > _DEEPEST:  # the scanner takes time by the square of the depth, the composer is recursive
                self.mistake(token.start_mark, "nested too deeply")
                return False
        return not has_alias

    def mapping(self, node: yaml.Node, shape: type[msgspec.Struct]) -> Any:
        """A value of the struct ``shape``."""
        known = keys(shape)
        values: dict[str, Any] = {}
        for name, value in self._entries(node, known):
            key = known.get(name.value)
            if key is None:
                self.mistake(name.start_mark, f"unknown key `{name.value}`{did_you_mean(name.value, known)}")
            elif key.attribute in values:
                self.mistake(name.start_mark, f"the key `{name.value}` stands here twice")
            else:
                values[key.attribute] = self._value(value, key.type, key.default)
        return shape(**values)

    def _entries(self, node: yaml.Node, known: Iterable[str] = ()) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
        if not isinstance(node, yaml.MappingNode):
            self._unexpected(node, f"keys with values{did_you_mean('', known)}")
            return
        for name, value in node.value:
            if isinstance(name, yaml.ScalarNode) and name.value:
                yield name, value
            else:
                self.mistake(name.start_mark, "expected a word as key")

    def _value(self, node: yaml.Node, annotation: Any, default: Any) -> Any:
        kind, notes = unwrapped(annotation)
        if is_shape(kind):
            return self.mapping(node, kind)
        if get_origin(kind) is tuple:
            return self._list(node, get_args(kind)[0], default)
        if get_origin(kind) is Mapping:
            return self._free_mapping(node, *get_args(kind))
        if not isinstance(node, yaml.ScalarNode) or not node.value:
            self._unexpected(node, _expected(kind))
            return default
        return self._scalar(node, kind, notes, default)

    def _list(self, node: yaml.Node, element: Any, default: Any) -> Any:
        if not isinstance(node, yaml.SequenceNode):
            self._unexpected(node, "a list, as [one, two]")
            return default
        values: dict[Any, None] = {}
        for item in node.value:
            value = self._value(item, element, None)
            if value in values:
                self.mistake(item.start_mark, f"`{item.value}` stands here twice")
            elif value is not None:
                values[value] = None
        return tuple(values)

    def _free_mapping(self, node: yaml.Node, key_type: Any, value_type: Any) -> dict[str, Any]:
        """Keys that users choose, each with a value of the same type."""
        values: dict[str, Any] = {}
        for name, value in self._entries(node):
            key = self._scalar(name, *unwrapped(key_type), None)
            if key in values:
                self.mistake(name.start_mark, f"the key `{name.value}` stands here twice")
            elif key is not None:
                values[key] = self._value(value, value_type, _default(value_type))
        return values

    def _scalar(self, node: yaml.ScalarNode, kind: Any, notes: tuple[Any, ...], default: Any) -> Any:
        text: str = node.value
        plain = node.style is None
        if kind is int and plain and _INTEGER.fullmatch(text):
            return int(text)
        if kind is bool and plain and text in _BOOLEANS:
            return _BOOLEANS[text]
        if kind in (int, bool):
            found = text if plain else f'"{text}"'
            self.mistake(node.start_mark, f"expected {_expected(kind)}, found `{found}`")
            return default
        if len(text) > _LONGEST:  # what is wrong with it would take long to say
            self.mistake(node.start_mark, f"a word of more than {_LONGEST} characters")
            return default
        objection = "a line break or a control character in a word" if _CONTROL.search(text) else None
        if node.tag != _TEXT and any(isinstance(note, OnlyText) for note in notes):
            objection = f"expected a path, found `{text}`; put it in quotes if it is one"
        rules = (note for note in notes if isinstance(note, OneOf | Fit))
        objection = objection or next((said for note in rules if (said := note.objection(text))), None)
        if objection:
            self.mistake(node.start_mark, objection)
            return default
        return Placed.of(node) if kind is str else kind(text)

    def _unexpected(self, node: yaml.Node, expected: str) -> None:
        nothing = "there is no value; " if _is_nothing(node) else ""
        self.mistake(node.start_mark, f"{nothing}expected {expected}")


def _is_nothing(node: yaml.Node) -> bool:
    """Whether a node is the value of a key that has none."""
    return isinstance(node, yaml.ScalarNode) and not node.value and node.style is None


def _default(annotation: Any) -> Any:
    """What stands where a value of a mapping could not be read."""
    kind, _ = unwrapped(annotation)
    if is_shape(kind):
        return kind()
    return () if get_origin(kind) is tuple else None


def _expected(kind: Any) -> str:
    return {int: "a whole number from 0", bool: "true or false"}.get(kind, "a word")


def _explained(error: yaml.MarkedYAMLError) -> tuple[Any, str]:
    """Where a file stops being YAML, and what to do about it."""
    said = ", ".join(filter(None, (error.context, error.problem)))
    for pattern, wording, is_at_start in _WORDINGS:
        match = re.search(pattern, said)
        if match:
            mark = error.context_mark if is_at_start and error.context_mark else error.problem_mark
            return mark, wording.format(*match.groups())
    return error.problem_mark, said
