"""Records as YAML that reads well: keys in the record's order, text over several lines as a block."""

from __future__ import annotations

from typing import Any

import msgspec
import yaml

from ticketaudit.corpus import Corpus
from ticketaudit.terminal import Output


def write(corpus: Corpus, output: Output) -> None:
    """Write a list of records."""
    records = msgspec.to_builtins(tuple(corpus.tickets), str_keys=True)
    yaml.dump(records, output.stream, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120)


class _Dumper(yaml.CSafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: _Dumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


def _list(dumper: _Dumper, items: tuple[Any, ...] | list[Any]) -> yaml.Node:
    """A range of lines stays on one line."""
    flow = all(isinstance(item, int) for item in items)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=flow)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(tuple, _list)
_Dumper.add_representer(list, _list)
