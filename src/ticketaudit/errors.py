"""What goes wrong outside the tool: the one exception that ends a run with a message for the user."""

from __future__ import annotations


class UserError(Exception):
    """Usage, configuration or input that the user can put right; the message may have several lines.

    The command line prints it as it stands and exits with status 2.
    """


def reason(error: Exception) -> str:
    """What an operating system's error says, for the end of a message: ``permission denied``."""
    text = getattr(error, "strerror", None) or str(error)
    return text[:1].lower() + text[1:]
