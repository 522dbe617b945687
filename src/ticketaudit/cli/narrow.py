"""Which of the files that were found are reported on, where somebody asks for some of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from ticketaudit.errors import UserError


def under(paths: Sequence[str] | None) -> Callable[[Path], bool]:
    """Whether a file is one of the paths, or lies under one; raises `UserError` where there is none."""
    if not paths:
        raise UserError("`--as-found` needs a PATH")
    places = [Path(os.path.realpath(path)) for path in paths]
    return lambda file: any(Path(os.path.realpath(file)).is_relative_to(place) for place in places)
