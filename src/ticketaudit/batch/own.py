"""The batch report by a template of the user's own, in a sandbox: it can compute and print, and nothing else.

It gets what the JSON format prints, as ``report`` (`ticketaudit schema report` says what is in it), and
a filter ``markdown`` that makes text of tickets harmless where Markdown is expected. In a template for
HTML or XML, by its file's name, everything is escaped. It cannot reach Python, other files or other templates.
"""

from __future__ import annotations

import traceback
from pathlib import Path

from jinja2 import StrictUndefined, select_autoescape
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ticketaudit.batch import json
from ticketaudit.errors import UserError, reason
from ticketaudit.gfm import escape
from ticketaudit.statistics import Statistics
from ticketaudit.terminal import clean


def render(file: Path, statistics: Statistics, title: str) -> str:
    """What the template makes of the batch; raises `UserError`, with the line, for every mistake in it."""
    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = reason(error) if isinstance(error, OSError) else "it is no UTF-8"
        raise UserError(f"{file}: cannot be read: {why}") from None
    escapes = select_autoescape(("html", "htm", "xhtml", "xml", "svg"))(file.name.removesuffix(".j2"))
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, autoescape=escapes, keep_trailing_newline=True
    )
    environment.filters["markdown"] = lambda value: escape(str(value))
    environment.filters["clean"] = lambda value: clean(str(value))
    try:
        return environment.from_string(text).render(report=json.as_object(statistics, title))
    except Exception as error:  # whatever a template raises is its author's mistake
        raise UserError(f"{file}{_line(error)}: {error or type(error).__name__}") from None


def _line(error: Exception) -> str:
    """The line of the template that an error comes from, where it is known."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "<template>"]
    number = getattr(error, "lineno", None) or (lines[-1] if lines else None)
    return f":{number}" if number else ""
