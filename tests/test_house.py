"""What the project promises about itself: its commands, its changelog, its generated files."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ticketaudit import __version__
from ticketaudit.__main__ import main
from ticketaudit.rules import ALL

ROOT = Path(__file__).parent.parent


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)


def test_make_alone_explains_itself() -> None:
    done = run("make")
    listed = re.findall(r"^  make ([a-z-]+) ", done.stdout, re.MULTILINE)
    assert done.returncode == 0
    assert {"demo", "test", "check", "fix", "docs", "clean"} <= set(listed)


def test_make_says_what_is_missing_where_there_is_no_python() -> None:
    done = run("make", "PYTHON=", "READY=build/never/.ready", "test")
    assert done.returncode != 0
    assert "needs Python 3.11 or later" in done.stderr


def test_ci_runs_make_check() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert "\nmake check\n" in script.read_text(encoding="utf-8")


def test_the_version_is_in_the_changelog() -> None:
    assert f"\n## {__version__}" in read("CHANGELOG.md")


def test_generated_files_are_current() -> None:
    done = run(sys.executable, "scripts/docs.py", "--check")
    assert (done.returncode, done.stdout) == (0, "")


def test_the_lexicon_is_made_of_the_vocabulary() -> None:
    done = run(sys.executable, "scripts/vocabulary.py", "--check")
    assert (done.returncode, done.stdout) == (0, "")


def test_a_generated_file_that_is_out_of_date_is_named(tmp_path: Path) -> None:
    for folder in ("scripts", "fixtures", "docs"):
        (tmp_path / folder).mkdir()
    for name in ("docs.py", "story.py"):
        (tmp_path / "scripts" / name).write_text(read(f"scripts/{name}"), encoding="utf-8")
    script = tmp_path / "scripts" / "docs.py"
    (tmp_path / "fixtures" / "tickets").symlink_to(ROOT / "fixtures" / "tickets")
    (tmp_path / "README.md").write_text("<!-- rules -->\nold\n<!-- /rules -->\n", encoding="utf-8")
    done = run(sys.executable, str(script), "--check")
    assert done.returncode == 1
    assert "README.md is out of date" in done.stdout


def test_every_page_of_a_rule_has_a_rule() -> None:
    assert {path.stem for path in (ROOT / "docs" / "rules").glob("*.md")} == {rule.name for rule in ALL}


def test_the_golden_report_is_what_report_prints(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert main(["report", "--output-format", "markdown", "fixtures/tickets"]) == 0
    printed = capsys.readouterr().out  # the golden one stands in a folder
    for place in ("](fixtures/", "[fixtures/"):
        printed = printed.replace(place, place.replace("fixtures/", "../../fixtures/"))
    assert printed == read("tests/golden/report.md")


def test_no_type_stands_on_the_wrong_floor() -> None:
    modules = (ROOT / "src").rglob("*.py")
    assert [module for module in modules if "TYPE_CHECKING" in module.read_text(encoding="utf-8")] == []


@pytest.mark.parametrize("page", ["docs/design.md", "docs/contributing.md"])
def test_pages_name_modules_that_exist(page: str) -> None:
    named = re.findall(r"`((?:[a-z_]+/)*[a-z_]+(?:\.py|/))`", read(page))
    places = (ROOT, ROOT / "src" / "ticketaudit", ROOT / "src" / "ticketaudit" / "rules")
    missing = [name for name in named if not any((place / name).exists() for place in places)]
    assert missing == []
