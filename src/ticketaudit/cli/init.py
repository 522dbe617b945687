"""``ticketaudit init``: write a first configuration from a template or from the tickets that there are."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Annotated

from ticketaudit.cli import options
from ticketaudit.cli.failure import say_failure
from ticketaudit.cli.output import write_text
from ticketaudit.cli.status import Status
from ticketaudit.config import FILE_NAME
from ticketaudit.discover import discover
from ticketaudit.draft import draft
from ticketaudit.errors import UserError
from ticketaudit.load import Loaded, load
from ticketaudit.paths import printed
from ticketaudit.patterns import escaped
from ticketaudit.seen import seen_in
from ticketaudit.template import template_in
from ticketaudit.terminal import say
from ticketaudit.vocabulary import Vocabulary
from ticketaudit.wording import number


def init(
    path: Annotated[
        Path, options.Argument(metavar="[PATH]", help="A ticket template, or a folder of tickets.")
    ] = Path(),
    force: Annotated[bool, options.Option("--force", help=f"Replace the {FILE_NAME} that is there.")] = False,
) -> Status:
    """Write a first ticketaudit.yaml from a template or tickets."""
    target = Path(FILE_NAME)
    if target.exists() and not force:
        raise UserError(f"{FILE_NAME}: exists; --force replaces it")
    folder = path.parent if path.is_file() else path
    discovery = discover([str(folder)])
    if discovery.problems:
        raise UserError("\n".join(discovery.problems))
    loaded = load(discovery.files, Vocabulary.builtin())
    refused = (f"{path}: {why}" for path, why in loaded.refused.items())
    for problem in (*loaded.problems, *refused):
        say(f"warning: {problem}")
    for failure in loaded.failures:
        say_failure(failure.error, failure.path)
    if loaded.failures:
        return Status.FAILED
    seen = seen_in(loaded.corpus.without_listings())
    place = printed(folder)
    origin = f"{number(seen.tickets, 'ticket')} {'here' if place == '.' else f'in {place}'}"
    template = path if path.is_file() else _find_template(loaded)
    said = template_in(template, Vocabulary.builtin()) if template else None
    if template:
        origin = printed(template) + (f" and {origin}" if seen.tickets else "")
    elif not seen.tickets:
        raise UserError(f"{printed(path)}: neither a ticket template nor tickets in it; name one of them")
    glob = _glob(folder) if seen.tickets else "**/*.md"
    write_text(draft(glob, origin, seen, said, printed(template) if template else None), target)
    say(f"Wrote {FILE_NAME} from {origin}.")
    return Status.OK


def _find_template(loaded: Loaded) -> Path | None:
    """The first file without a ticket that offers severities or statuses to choose from."""
    for path in (file.location for file in loaded.without_ticket if file.location):
        with suppress(UserError):
            found = template_in(path, Vocabulary.builtin())
            if found.severities or found.statuses:
                return path
    return None


def _glob(folder: Path) -> str:
    """The glob of the tickets in a folder, relative to where the configuration is written."""
    place = printed(folder)
    return "**/*.md" if place == "." else f"{escaped(place)}/**/*.md"
