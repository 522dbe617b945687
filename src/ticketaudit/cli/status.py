"""How the program exits, the same for every command and format."""

from __future__ import annotations

from enum import IntEnum


class Status(IntEnum):
    """Exit statuses: a promise to scripts."""

    OK = 0
    FOUND = 1
    UNUSABLE = 2
    FAILED = 3
    INTERRUPTED = 130
