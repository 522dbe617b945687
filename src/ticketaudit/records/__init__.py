"""The formats of `parse`, a module each."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ticketaudit.corpus import Corpus
from ticketaudit.records import csv, json, yaml
from ticketaudit.terminal import Output

RecordWriter = Callable[[Corpus, Output], None]


def _table(corpus: Corpus, output: Output) -> None:
    from ticketaudit.records import table  # reads rich, which no other format needs

    table.write(corpus, output)


def _explained(corpus: Corpus, output: Output) -> None:
    from ticketaudit.records import explained

    explained.write(corpus, output)


def _explained_json(corpus: Corpus, output: Output) -> None:
    from ticketaudit.records import explained

    explained.write_json(corpus, output)


#: Those that say where the values come from.
EXPLAINING: Mapping[str, RecordWriter] = {"table": _explained, "json": _explained_json}

#: The writers by the names that users give.
FORMATS: Mapping[str, RecordWriter] = {
    "jsonl": json.write_lines,
    "json": json.write,
    "yaml": yaml.write,
    "csv": csv.write,
    "table": _table,
}
