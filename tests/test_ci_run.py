"""What CI runs: the browser tests, too, wherever there is a browser or one can be installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent.parent / ".ci" / "run"
#: Programs that stand in for the real ones; make fails at the target that FAIL names.
MAKE = '#!/bin/sh\necho "make $1"\n[ "$1" != "$FAIL" ]\n'
INSTALLS = '#!/bin/sh\n[ "$1" = update ] || { echo > chromium; echo > chromedriver; chmod +x chromium chromedriver; }\n'
PASSED_OVER = "Passed over: make test-browser. "


@pytest.fixture
def programs(folder: Path) -> Path:
    """A folder with all programs that the script finds, which is where it runs."""
    (folder / ".ci").mkdir()
    shutil.copy(SCRIPT, folder / ".ci" / "run")
    for name in ("bash", "chmod", "dirname", "sh", "timeout"):
        (folder / name).symlink_to(shutil.which(name) or pytest.skip(f"there is no {name}"))
    add(folder, "make", MAKE)
    return folder


def add(programs: Path, name: str, text: str = "#!/bin/sh\n") -> None:
    (programs / name).write_text(text, "utf-8")
    (programs / name).chmod(0o755)


def run(programs: Path, fail: str = "") -> tuple[int, list[str]]:
    found = subprocess.run(
        [programs / "bash", ".ci/run"],
        cwd=programs,
        env={"PATH": str(programs), "FAIL": fail},
        capture_output=True,
        text=True,
        check=False,
    )
    return found.returncode, found.stdout.splitlines()


@pytest.mark.parametrize("name", ["chromium", "chromium-browser", "google-chrome"])
def test_the_report_is_looked_at_where_there_is_a_browser(programs: Path, name: str) -> None:
    add(programs, name)
    add(programs, "chromedriver")
    assert run(programs) == (0, ["make check", "make test-browser"])
    assert run(programs, fail="test-browser") == (1, ["make check", "make test-browser"])


def test_a_failed_check_ends_it(programs: Path) -> None:
    assert run(programs, fail="check") == (1, ["make check"])


def test_root_installs_the_browser(programs: Path) -> None:
    add(programs, "id", "#!/bin/sh\necho 0\n")
    add(programs, "apt-get", INSTALLS)
    assert run(programs)[1][-1] == "make test-browser"


@pytest.mark.parametrize(("user", "apt"), [(1000, INSTALLS), (0, "#!/bin/sh\nexit 100\n"), (0, None)])
def test_where_there_is_no_way_to_a_browser_it_says_so(programs: Path, user: int, apt: str | None) -> None:
    add(programs, "id", f"#!/bin/sh\necho {user}\n")
    if apt:
        add(programs, "apt-get", apt)
    status, lines = run(programs)
    assert status == 0
    assert "make test-browser" not in lines
    assert lines[-1].startswith(PASSED_OVER)
