"""The tickets as they stood at a revision: read from git's objects, never from the working tree, nothing written."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from ticketaudit.code.git import Git, GitError, find_git
from ticketaudit.corpus import Corpus
from ticketaudit.discover import SKIPPED_FOLDERS
from ticketaudit.errors import UserError
from ticketaudit.extract import extract
from ticketaudit.load import match_reports, without_findings_of_reports
from ticketaudit.paths import printed, repository_root
from ticketaudit.patterns import Patterns, split_glob
from ticketaudit.read import LIMIT, is_batch_report
from ticketaudit.settings import Settings
from ticketaudit.text import Source


def corpus_at(revision: str, paths: Sequence[str], chosen: Settings) -> Corpus:
    """The tickets that a search of the same paths would have found at a revision.

    Raises `UserError` where there is no repository around the working folder, or no such revision.
    """
    root = repository_root(Path.cwd().resolve())
    if root is None:
        raise UserError(f"`--since {revision}` needs a git repository, and the working folder is in none")
    git = find_git(root)
    if git is None:
        raise UserError("git is needed to read what the tickets said, and cannot be run")
    with closing(git):
        sources = {source.path: source for source in _markdown(git, revision) if not is_batch_report(source)}
    wanted = _wanted(paths, chosen)
    read = {path: extract(source, chosen.vocabulary) for path, source in sources.items() if wanted(Path(path))}
    found = {path: held for path, held in read.items() if held}
    tickets = without_findings_of_reports(ticket for path in sorted(found) for ticket in found[path])
    files = {ticket.path for ticket in tickets}
    others = {path: source for path, source in sources.items() if path not in files}
    texts = {path: sources[path] for path in files}
    reports = match_reports(tickets, others, chosen.vocabulary)
    return Corpus(tuple(tickets), chosen.vocabulary, texts, reports).without_listings()


def _wanted(paths: Sequence[str], chosen: Settings) -> Callable[[Path], bool]:
    """Whether a search would have taken a file, by its path relative to the working folder."""
    exclude = Patterns(chosen.root, chosen.exclude)
    if paths or not chosen.include:
        taken = [_under(Path(os.path.realpath(path))) for path in paths or (".",)]
    else:
        taken = [_glob(chosen.root, glob) for glob in chosen.include]

    def wanted(path: Path) -> bool:
        whole = Path(os.path.realpath(path))
        passed_over = any(exclude.decide(part, is_folder=part != whole) for part in (whole, *whole.parents))
        return not passed_over and any(takes(whole) for takes in taken)

    return wanted


def _under(place: Path) -> Callable[[Path], bool]:
    return lambda path: path == place or path.is_relative_to(place)


def _glob(root: Path, glob: str) -> Callable[[Path], bool]:
    place, rest = split_glob(glob)
    folder = Path(os.path.realpath(root / place))
    if rest is None:
        return _under(folder)
    patterns = Patterns(folder, [rest])
    return lambda path: path.is_relative_to(folder) and bool(patterns.decide(path))


def _markdown(git: Git, revision: str) -> Iterator[Source]:
    """The Markdown files of a revision, with the paths that they would be printed by."""
    try:
        commit = git.run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").decode()
    except GitError:
        raise UserError(f"`--since {revision}`: git knows no such revision") from None
    entries = [entry.split(b"\t", 1) for entry in git.run("ls-tree", "-r", "-z", commit.strip()).split(b"\0") if entry]
    for information, path in entries:
        place = os.fsdecode(path)
        is_file = information.startswith(b"100")  # neither a link nor a submodule
        if is_file and place.lower().endswith(".md") and SKIPPED_FOLDERS.isdisjoint(place.split("/")):
            found = git.read(information.split()[2].decode())
            if found and found[2] is not None and len(found[2]) <= LIMIT:
                yield Source.from_bytes(printed(git.repository / place), found[2])
