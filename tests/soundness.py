"""What holds for any text at all, as functions that raise `AssertionError` where it does not.

The property tests and the fuzzer ask the same.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from ticketaudit.config import config_shape
from ticketaudit.corpus import Corpus
from ticketaudit.engine import audit
from ticketaudit.extract import extract
from ticketaudit.markdown import parse
from ticketaudit.settings import settings
from ticketaudit.strict_yaml import read
from ticketaudit.text import Source
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import Vocabulary

VOCABULARY = Vocabulary.builtin()
RULES = settings(None).rules


def assert_sound(source: Source) -> None:
    """No exception anywhere on the way to the diagnostics, and all that is pointed at lies in the file."""
    assert_document_is_sound(source)
    tickets = extract(source, VOCABULARY)
    for ticket in tickets:
        assert_ticket_is_sound(ticket, source)
    report = audit(Corpus(tickets, VOCABULARY, {source.path: source}), RULES)
    for diagnostic in (*report.diagnostics, *report.accepted):
        span = diagnostic.span
        assert 1 <= span.line <= span.end_line <= len(source.lines), diagnostic
        assert 1 <= span.column <= span.end_column <= len(source.line(span.end_line)) + 1, diagnostic
        diagnostic.message.encode("utf-8")


def assert_document_is_sound(source: Source) -> None:
    """Sections and blocks lie in the file, and blocks in their sections."""
    last = len(source.lines)
    for section in parse(source).sections:
        assert 1 <= section.line <= section.end_line <= last, section
        for block in section.blocks:
            assert section.line <= block.line <= block.end_line <= section.end_line, block


def assert_ticket_is_sound(ticket: Ticket, source: Source) -> None:
    """Every line that a record names is one of the file's, and the record can be written down and read again."""
    last = len(source.lines)
    for part in _parts(ticket):
        line = getattr(part, "line", 1)
        assert line is None or 1 <= line <= last, part
    assert msgspec.json.decode(msgspec.json.encode(ticket), type=Ticket) == ticket


def assert_configuration_is_sound(text: str) -> None:
    """A configuration is read without an exception, and every mistake in it has a place in it."""
    mistakes = read(text, config_shape())[1]
    last = len(text.splitlines()) + 1
    for mistake in mistakes:
        assert 1 <= mistake.line <= last, mistake
        assert mistake.column >= 1, mistake


def _parts(value: object) -> Iterator[msgspec.Struct]:
    """All structs inside a record."""
    if isinstance(value, msgspec.Struct):
        yield value
        for name in value.__struct_fields__:
            yield from _parts(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _parts(item)
