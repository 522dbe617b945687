"""Where what was worked out before is kept, and what of it depends on this tool itself."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from ticketaudit import __version__

#: Within two seconds of its time stamp a file may change and keep it: that is how coarse file systems count.
TICK = 2_000_000_000


def default_folder() -> str | None:
    """Where this system keeps a user's caches; None for a user without a home."""
    if sys.platform == "linux":  # the rule is short, and the library takes as long to import as an unchanged check
        folder = os.environ.get("XDG_CACHE_HOME", "").strip() or os.path.expanduser("~/.cache")
        return None if folder.startswith("~") else os.path.join(folder, "ticketaudit")
    import platformdirs

    try:
        return platformdirs.user_cache_dir("ticketaudit", appauthor=False)
    except RuntimeError:
        return None


def tool() -> str:
    """What the answers depend on besides files and settings: this package, as it is right now, and what it uses."""
    # Whatever is installed or updated there changes such a folder; of the packages some read Markdown or YAML.
    packages = [_changed(folder) for folder in sys.path if folder.rstrip(os.sep).endswith("-packages")]
    return repr((__version__, sys.version, packages, sorted(_states(os.path.dirname(__file__), ""))))


def _changed(folder: str) -> int:
    try:
        return os.stat(folder).st_mtime_ns
    except OSError:
        return 0


def _states(folder: str, inside: str) -> Iterator[tuple[str, int, int]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _states(entry.path, f"{inside}{entry.name}/") if entry.name != "__pycache__" else ()
            else:
                status = entry.stat()
                yield f"{inside}{entry.name}", status.st_size, status.st_mtime_ns
