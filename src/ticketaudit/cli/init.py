"""``ticketaudit init``: write a first configuration from a template or from the tickets that there are."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
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
from ticketaudit.template import Conventions, conventions_of, template_in
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
    for problem in loaded.problems:
        say(f"warning: {problem}")
    for failure in loaded.failures:
        say_failure(failure.error, failure.path)
    if loaded.failures:
        return Status.FAILED
    tickets = len(loaded.corpus.tickets)
    found = conventions_of(loaded.corpus) if tickets else Conventions()
    place = printed(folder)
    origin = f"{number(tickets, 'ticket')} {'here' if place == '.' else f'in {place}'}"
    template = path if path.is_file() else _find_template(loaded)
    if template:
        found = _completed(template_in(template, Vocabulary.builtin()), found)
        origin = printed(template)
    elif not tickets:
        raise UserError(f"{printed(path)}: neither a ticket template nor tickets in it; name one of them")
    glob = _glob(folder) if tickets else "**/*.md"
    write_text(draft(found, glob, origin, printed(template) if template else None), target)
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


def _completed(template: Conventions, tickets: Conventions) -> Conventions:
    """What a template says, and from the tickets what it cannot: how people sign, and what they really fill in."""
    return replace(
        template,
        severities=template.severities or tickets.severities,
        statuses=template.statuses or tickets.statuses,
        unclear=template.unclear if template.statuses else tickets.unclear,
        reviewers=tickets.reviewers or template.reviewers,
        expected=tickets.expected or template.expected,
        fields=_in_both(template.fields, tickets.fields),
        sections=_in_both(template.sections, tickets.sections),
        folders=tickets.folders,
    )


def _in_both(template: tuple[str, ...], tickets: tuple[str, ...]) -> tuple[str, ...]:
    """What the template has and the tickets keep, else what either has."""
    return tuple(name for name in template if name in tickets) or template or tickets


def _glob(folder: Path) -> str:
    """The glob of the tickets in a folder, relative to where the configuration is written."""
    place = printed(folder)
    return "**/*.md" if place == "." else f"{escaped(place)}/**/*.md"
