"""``check --watch``: the same check again whenever a file changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from ticketaudit.cli.status import Status
from ticketaudit.errors import UserError
from ticketaudit.paths import printed, similar
from ticketaudit.terminal import say

#: What a check may read.
_ENDINGS = (".md", ".yaml", ".json", ".gitignore")
#: How long a round of watching takes, in milliseconds.
_PATIENCE = 100


def watching(once: Callable[[], Status], paths: Sequence[str] | None) -> Status:
    """Check until somebody interrupts it; raises `UserError` where watchfiles is not installed.

    A mistake in the configuration is said, and put right while this waits.
    """
    try:
        import watchfiles
    except ModuleNotFoundError:
        raise UserError("`--watch` needs watchfiles; `pip install 'ticketaudit[watch]'` brings it") from None

    def matters(change: watchfiles.Change, path: str) -> bool:
        return path.endswith(_ENDINGS) and watchfiles.DefaultFilter()(change, path)

    places = {Path.cwd(), *map(Path, paths or ())}
    for place in places:
        if not place.exists():
            raise UserError(f"`--watch` needs files and folders, and {printed(place)} is none{similar(place)}")
    # It watches from its first answer on, and that one is empty: a change during the first check is seen.
    watch = watchfiles.watch(*places, watch_filter=matters, yield_on_timeout=True, rust_timeout=_PATIENCE)
    next(watch)
    _said(once)
    for changes in watch:
        if changes:
            say("\nSomething changed.")
            _said(once)
    return Status.OK


def _said(once: Callable[[], Status]) -> None:
    try:
        once()
    except UserError as error:
        for line in str(error).splitlines():
            say(f"error: {line}")
    say("Waiting for changes; Ctrl-C ends it.")
