"""What the source tree says to the tickets of a run: which tree it is, and whether it is theirs at all."""

from __future__ import annotations

import gc
import pickle  # between this process and its own copies  # nosec B403
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Final

import msgspec
from msgspec.structs import replace

from ticketaudit.code.cited import is_path
from ticketaudit.code.commit import Commit
from ticketaudit.code.evidence import with_premise
from ticketaudit.code.git import GitError
from ticketaudit.code.log import FETCH, SHALLOW
from ticketaudit.code.lookup import is_in
from ticketaudit.code.outcome import Judgement, Outcome, unverifiable
from ticketaudit.code.source import SourceTree, open_source
from ticketaudit.code.verified import Verified
from ticketaudit.code.verify import verify
from ticketaudit.corpus import Corpus
from ticketaudit.errors import UserError
from ticketaudit.jobs import Lost, spread
from ticketaudit.paths import printed
from ticketaudit.root import Root
from ticketaudit.ticket import Ticket

#: To verify a ticket is about as much work as to read one: so many bytes of Markdown.
_TICKET: Final = 4096


class Verification(msgspec.Struct, frozen=True):
    """What `verify` prints: tickets against a source tree.

    ``root`` is the tree's folder as printed; ``now`` the commit that was looked at, or that the working
    tree stands on (None: there is no history); ``working``: whether it was the working tree. ``foreign``:
    the tree has none of the files that the tickets cite, and never had one. ``gap`` as in `Corpus`.
    """

    root: str
    now: Commit | None
    working: bool
    tickets: tuple[tuple[Ticket, Verified], ...]
    foreign: bool
    gap: str = ""


@contextmanager
def opened(root: Root, written: str | None = None, now: str | None = None) -> Iterator[SourceTree]:
    """The source tree of a run while it lasts; what git cannot do is the user's to put right."""
    try:
        with _no_collection(), open_source(root.folder, root.prefixes, written=written, now=now) as source:
            yield source
    except GitError as error:
        raise UserError(f"{printed(root.folder)}: {error}") from None


@contextmanager
def _no_collection() -> Iterator[None]:
    """No search for garbage while it lasts: what is read is kept or freed at once, and to search it takes long."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def with_code(corpus: Corpus, tickets: Sequence[Ticket], root: Root, jobs: int = 1) -> Corpus:
    """The corpus with what the source tree says to some of its tickets.

    A repository that nobody named may hold the tickets and not the code: where it has none of the files
    that they cite, and never had one, it is no source tree of theirs. Where they cite nothing that a tree
    could have, there is nothing to ask. ``jobs`` is how many processes may ask.
    """
    cited = _cited_files(tickets)
    if not (root.named or cited or any(each.kind == "commit" for ticket in tickets for each in ticket.citations)):
        return replace(corpus, code={})
    with opened(root) as source:
        # What is true of a repository must not depend on which of its tickets somebody asks about.
        if not (root.named or _is_theirs(source, _cited_files(corpus.tickets))):
            return replace(corpus, gap=_gap(source))
        verified = _verified(corpus, tickets, source, jobs)
        code = {(ticket.path, ticket.line): found for ticket, found in zip(tickets, verified, strict=True)}
    judged = (_judged(ticket, code.get((ticket.path, ticket.line))) for ticket in corpus.tickets)
    gap = _gap(source) if any(found.cut_off for found in code.values()) else ""
    return replace(corpus, tickets=tuple(judged), code=code, gap=gap)


def with_premises(corpus: Corpus, root: Root, jobs: int = 1) -> Corpus:
    """The corpus with the premises that hold in the source tree: it need be asked only where one is supported."""
    supported = [ticket for ticket in corpus.tickets if ticket.premise == "supported"]
    return with_code(corpus, supported, root, jobs) if supported else corpus


def verify_all(
    corpus: Corpus,
    tickets: Sequence[Ticket],
    root: Root,
    written: str | None = None,
    now: str | None = None,
    jobs: int = 1,
) -> Verification:
    """Some tickets of a corpus against a source tree; ``written`` and ``now`` are revisions (see `open_source`)."""
    with opened(root, written, now) as source:
        found = list(zip(tickets, _verified(corpus, tickets, source, jobs), strict=True))
        history = source.history
        head = history.log.commits.get(history.head) if history and history.head else None
        cited = _cited_files(corpus.tickets)
        gap = _gap(source) if any(verified.cut_off for _, verified in found) else ""
        foreign = bool(cited) and not gap and not _is_theirs(source, cited)
        if foreign:
            found = [(ticket, _of_another_tree(verified)) for ticket, verified in found]
        return Verification(
            printed(root.folder),
            source.now.commit or head,
            source.now.commit is None,
            tuple(found),
            foreign=foreign,
            gap=gap,
        )


def _verified(corpus: Corpus, tickets: Sequence[Ticket], source: SourceTree, jobs: int) -> list[Verified]:
    """What the tree says to each ticket; one process asks about all of a file, which it then reads once."""
    by_file: dict[str, list[int]] = {}
    for number, ticket in enumerate(tickets):
        about = next((place.path for place in ticket.locations if place.path), ticket.path)
        by_file.setdefault(about, []).append(number)
    shares = list(by_file.values())

    def work(number: int) -> bytes:
        asked = [tickets[each] for each in shares[number]]
        found = [verify(ticket, corpus.sources[ticket.path], corpus.vocabulary, source) for ticket in asked]
        return pickle.dumps(found)  # as it is, whatever it is made of: it comes from a copy of this process

    verified: dict[int, Verified] = {}
    with closing(spread(work, [_TICKET * len(share) for share in shares], jobs)) as results:
        for number, result in results:
            # What failed in another process is done again here, where it can be seen how.
            result = work(number) if isinstance(result, Lost) else result
            found = pickle.loads(result)  # nosec B301 - it came through a pipe that only copies of this process have
            verified.update(zip(shares[number], found, strict=True))
    return [verified[number] for number in range(len(tickets))]


def _judged(ticket: Ticket, verified: Verified | None) -> Ticket:
    return with_premise(ticket, verified) if verified else ticket


def _of_another_tree(verified: Verified) -> Verified:
    """What can be said where the tree is that of other code: that something is not in it says nothing."""

    def judged(judgement: Judgement) -> Judgement:
        none = unverifiable("none of the files that the tickets cite is in the source tree")
        return none if judgement.outcome is Outcome.MISSING else judgement

    citations = (replace(each, written=judged(each.written), now=judged(each.now)) for each in verified.citations)
    return replace(verified, citations=tuple(citations))


def _gap(source: SourceTree) -> str:
    """Why the history cannot tell what the code was like when tickets were written, and what helps."""
    if not source.gap:
        return ""
    why = f"{source.gap}: what cannot be told without the rest is unverifiable"
    return f"{why}; {FETCH}" if source.gap == SHALLOW else why


def _cited_files(tickets: Sequence[Ticket]) -> set[str]:
    """The files that tickets talk about; reports and other tickets are none of the code."""
    located = {place.path for ticket in tickets for place in ticket.locations if place.path and is_path(place.path)}
    cited = {citation.path for ticket in tickets for citation in ticket.citations if not citation.report}
    return located | {path for path in cited if path and not path.endswith(".md")}


def _is_theirs(source: SourceTree, cited: set[str]) -> bool:
    """Whether the tree has one of the files, or had it once."""
    past = source.history.log.touching if source.history else {}
    return any(is_in(path, source.now.tree.files) or is_in(path, past) for path in sorted(cited))
