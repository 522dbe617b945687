"""From a source's text to tickets: a module per part of the record, one language for all layouts.

Each reader asks what role a block plays, by the words of its heading, header or key, and not which
template it comes from.
"""

from __future__ import annotations

from ticketaudit.text import Source
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import Vocabulary


def extract(source: Source, vocabulary: Vocabulary) -> tuple[Ticket, ...]:
    """The tickets of a source, none where it is another kind of document. Any text is read without error."""
    # Imported here, so that a rule that needs one of the readers does not import them all.
    from ticketaudit.extract.authored import read_document
    from ticketaudit.extract.record import assemble
    from ticketaudit.extract.scope import Scope
    from ticketaudit.extract.split import split

    return tuple(assemble(part.scope, part.metadata) for part in split(Scope(read_document(source), vocabulary)))
