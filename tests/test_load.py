"""From files to the corpus: what is read, and that one bad file costs nothing but itself."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from ticketaudit.discover import File
from ticketaudit.extract import extract
from ticketaudit.load import LIMIT, load
from ticketaudit.text import Source
from ticketaudit.vocabulary import Vocabulary

TICKET = """\
# {title}

| Field | Value |
|-------|-------|
| **Ticket ID** | {id} |
| **Severity** | P1 |
| **Status** | open |
"""


def file(path: Path, data: bytes | str, *, named: bool = False) -> File:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return File(path.name, path, named)


def ticket(path: Path, id: str = "B1-OPS-01") -> File:
    return file(path, TICKET.format(title="Bell", id=id))


def test_tickets_come_with_their_sources_and_the_files_without_one_are_told_apart(folder: Path) -> None:
    files = [
        ticket(folder / "a.md"),
        file(folder / "b.md", "# A guide\n\nWords.\n"),
        file(folder / "c.md", "", named=True),
        ticket(folder / "d.md", "B1-OPS-02"),
    ]
    loaded = load(files, Vocabulary.builtin())
    assert [ticket.id for ticket in loaded.corpus.tickets] == ["B1-OPS-01", "B1-OPS-02"]
    assert loaded.files == 4
    assert loaded.without_ticket == (files[1], files[2])
    assert set(loaded.corpus.sources) == {"a.md", "c.md", "d.md"}
    assert loaded.corpus.sources["a.md"].line(1) == "# Bell"
    assert not loaded.problems
    assert not loaded.failures


def test_a_file_larger_than_the_limit_is_not_read(folder: Path) -> None:
    files = [
        file(folder / "big.md", b"x" * (LIMIT + 1)),
        file(folder / "full.md", b"x" * LIMIT),
        ticket(folder / "good.md"),
    ]
    loaded = load(files, Vocabulary.builtin())
    assert loaded.files == 2
    assert len(loaded.corpus.tickets) == 1
    assert loaded.problems == (
        "big.md: cannot be read: it is larger than 10 MiB, too large for a ticket; split or exclude it",
    )


def test_a_file_that_went_away_is_a_problem(folder: Path) -> None:
    loaded = load([File("gone.md", folder / "gone.md", False), ticket(folder / "a.md")], Vocabulary.builtin())
    assert len(loaded.corpus.tickets) == 1
    assert loaded.problems == ("gone.md: cannot be read: no such file or directory",)


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX files")
def test_what_is_no_regular_file_is_never_opened(folder: Path) -> None:
    os.mkfifo(folder / "pipe.md")  # opening it would wait for a writer for ever
    loaded = load([File("pipe.md", folder / "pipe.md", True)], Vocabulary.builtin())
    assert loaded.problems == ("pipe.md: cannot be read: no regular file",)


def test_standard_input_is_read_as_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    data = b"\xef\xbb\xbf" + TICKET.format(title="B\u00e4ll", id="B1-OPS-01").encode().replace(b"\n", b"\r\n")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="ascii"))
    loaded = load([File("in.md", None, True)], Vocabulary.builtin())
    assert [(ticket.path, ticket.title) for ticket in loaded.corpus.tickets] == [("in.md", "B\u00e4ll")]


def test_a_defect_of_the_parser_costs_only_the_file_it_happens_in(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaking(source: Source, vocabulary: Vocabulary) -> Any:
        if source.path == "b.md":
            raise IndexError("off by one")
        return extract(source, vocabulary)

    monkeypatch.setattr("ticketaudit.load.extract", breaking)
    loaded = load([ticket(folder / "a.md"), ticket(folder / "b.md"), ticket(folder / "c.md")], Vocabulary.builtin())
    assert [ticket.path for ticket in loaded.corpus.tickets] == ["a.md", "c.md"]
    assert [(failure.path, str(failure.error)) for failure in loaded.failures] == [("b.md", "off by one")]
