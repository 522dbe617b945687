"""Write the files that are generated from the rules and the fixtures, or check that they are current.

``docs.py`` writes them; ``docs.py --check`` names those that differ from what would be written and
exits with status 1 if there are any.
"""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

import story
from ticketaudit.batch import FORMATS, Batch
from ticketaudit.cli.run import choose_settings, read_corpus
from ticketaudit.manual import page, table
from ticketaudit.reference import configuration_page
from ticketaudit.report import Report
from ticketaudit.reporters import full
from ticketaudit.rules import ALL
from ticketaudit.statistics import summarise
from ticketaudit.terminal import Output

ROOT = Path(__file__).resolve().parent.parent
BATCH = "fixtures/tickets"
REPORT = "tests/golden/report.md"
#: The ticket that the README's picture shows.
PICTURED = f"{BATCH}/not-a-bug/B2-NAV-01.md"
PICTURE_WIDTH = 104
RULE_TABLE = re.compile(r"(?<=<!-- rules -->\n).*?(?=<!-- /rules -->)", re.DOTALL)


def picture() -> str:
    """What ``check`` shows on a terminal for one ticket, as an SVG."""
    screen = io.StringIO()
    full.write(_audited(PICTURED), Output(screen, color=True, width=PICTURE_WIDTH))
    console = Console(record=True, width=PICTURE_WIDTH, file=io.StringIO(), force_terminal=True)
    console.print(Text(f"$ ticketaudit check {PICTURED}\n", style="bold"))
    console.print(Text.from_ansi(screen.getvalue()))
    return console.export_svg(title="ticketaudit", theme=MONOKAI, unique_id="ticketaudit")


def readme() -> str:
    """The README with its table of rules."""
    text = (ROOT / "README.md").read_text("utf-8")
    return RULE_TABLE.sub(lambda _: table(ALL, "docs/rules/"), text)


def batch_report() -> str:
    """The batch report of the fixtures."""
    text = io.StringIO()
    FORMATS["markdown"](Batch(summarise(_audited(BATCH)), folder=str(Path(REPORT).parent)), Output(text))
    return text.getvalue()


#: What writes each file, by its path.
GENERATED: Mapping[str, Callable[[], str]] = {
    "README.md": readme,
    "docs/configuration.md": configuration_page,
    "docs/picture.svg": picture,
    REPORT: batch_report,
    "docs/verify.md": story.page,
    **{f"docs/rules/{rule.name}.md": partial(page, rule) for rule in ALL},
}


def _audited(path: str) -> Report:
    return read_corpus([path], choose_settings(config=None, isolated=False)).audit()


def _stale() -> dict[Path, str]:
    """The files that are not as they would be written, with the text that belongs there."""
    texts = ((Path(name), generate()) for name, generate in GENERATED.items())
    return {file: text for file, text in texts if not file.exists() or file.read_text("utf-8") != text}


def main(arguments: list[str]) -> int:
    """Write the files or check them; the exit status."""
    os.chdir(ROOT)
    stale = _stale()
    if arguments == ["--check"]:
        for file in stale:
            print(f"{file} is out of date: run `make docs`")
        return int(bool(stale))
    for file, text in stale.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        print(f"{file} written")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
