"""Every citation of a ticket, judged against the source tree when it was written and now."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ticketaudit.code.changes import changes_of
from ticketaudit.code.cited import Cited, collect
from ticketaudit.code.judge_names import judge_commit, judge_symbol, judge_usage
from ticketaudit.code.judge_places import judge_lines, judge_path, judge_quote
from ticketaudit.code.outcome import Judgement
from ticketaudit.code.source import SourceTree
from ticketaudit.code.verified import Checked, Kind, Verified
from ticketaudit.code.views import Views
from ticketaudit.text import Source
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import Vocabulary

_JUDGES: Mapping[Kind, Callable[[Cited, Views], tuple[Judgement, Judgement]]] = {
    "path": judge_path,
    "lines": judge_lines,
    "symbol": judge_symbol,
    "quote": judge_quote,
    "commit": judge_commit,
    "usage": judge_usage,
}


def verify(ticket: Ticket, source: Source, vocabulary: Vocabulary, tree: SourceTree) -> Verified:
    """Judge what a ticket cites; ``source`` is the text that it was read from."""
    moment = tree.moment_of(ticket)
    cited = collect(ticket, source, vocabulary)
    views = Views(tree, moment, frozenset(path for each in cited for path in each.paths if "/" in path))
    citations = tuple(Checked(each.reference, *_JUDGES[each.kind](each, views), views.cut_off) for each in cited)
    commit = moment.commit if moment else None
    return Verified(
        commit=commit.id if commit else None,
        day=commit.day if commit else None,
        citations=citations,
        changed=changes_of(citations, views) if moment else None,
    )
