"""How rules about the code say where something stands, and when there is anything to say."""

from __future__ import annotations

from ticketaudit.code.outcome import Judgement, Outcome
from ticketaudit.code.verified import Checked, Verified
from ticketaudit.code.wording import spans


def where(found: Judgement) -> str:
    """A place in the code: `path:lines`."""
    return f"`{found.path}:{spans(found.lines)}`"


def has_file(checked: Checked, verified: Verified) -> bool:
    """Whether the tree has a file that a citation names; that it has not is the business of `missing-file`."""
    paths = [each for each in verified.of("path", "lines") if set(each.cited.paths) & set(checked.cited.paths)]
    return not paths or any(each.decisive.outcome is not Outcome.MISSING or each.decisive.path for each in paths)


def with_note(message: str, found: Judgement) -> str:
    """A message with what is known besides."""
    return f"{message}: {found.note}" if found.note else message
