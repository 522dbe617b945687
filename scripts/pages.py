"""Copy what the docs site shows to build/docs: the README as its first page, and what stands in docs/.

Links that lead from the README into docs/, and out of docs/ to files that the site has elsewhere, are turned.
Exits with 1 where a link of a page leads nowhere.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "build" / "docs"
LINK = re.compile(r"(?<=\]\()(?!https?:|#)([^)#\s]+)(?=[)#])")
#: Pages that stand elsewhere in the site than in the repository.
MOVED = {"README.md": "index.md", "CHANGELOG.md": "changelog.md", "LICENSE": "license.md"}


def main() -> int:
    """Copy the pages; the exit status."""
    shutil.rmtree(SITE, ignore_errors=True)
    shutil.copytree(ROOT / "docs", SITE)
    for source, target in MOVED.items():
        shutil.copy(ROOT / source, SITE / target)
    broken = [f"{page.relative_to(SITE)}: {link}" for page in sorted(SITE.rglob("*.md")) for link in _turned(page)]
    for each in broken:
        print(f"{each} leads nowhere")
    return int(bool(broken))


def _turned(page: Path) -> list[str]:
    """Turn the links of a page; those that lead nowhere."""
    origin = {target: source for source, target in MOVED.items()}.get(page.name) if page.parent == SITE else None
    here = ROOT / origin if origin else ROOT / "docs" / page.relative_to(SITE)
    broken = []

    def turn(match: re.Match[str]) -> str:
        target = (here.parent / match[1]).resolve()
        name = target.relative_to(ROOT).as_posix() if target.is_relative_to(ROOT) else ""
        place = SITE / MOVED[name] if name in MOVED else SITE / name.removeprefix("docs/")
        if not target.exists() or not (name in MOVED or name.startswith("docs/")):
            broken.append(match[1])
            return match[1]
        return "../" * len(page.parent.relative_to(SITE).parts) + place.relative_to(SITE).as_posix()

    page.write_text(LINK.sub(turn, page.read_text("utf-8")), "utf-8")
    return broken


if __name__ == "__main__":
    sys.exit(main())
