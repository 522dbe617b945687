"""The source tree is read and nothing else: no file outside it, no program but git, nothing that it asks for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from repositories import Repository
from ticketaudit.code import lookup
from ticketaudit.code.git import GitError
from ticketaudit.code.outcome import Outcome
from ticketaudit.code.source import open_source
from ticketaudit.code.tree import Contents, Tree, working_tree
from ticketaudit.code.verify import verify
from ticketaudit.extract import extract
from ticketaudit.root import Root, choose_root
from ticketaudit.text import Source
from ticketaudit.vocabulary import Vocabulary

TICKET = """\
# Finding Ticket: The bell rings twice

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-01` |
| **Status** | `open` |
| **Created** | 2025-02-01 |

## Location

| Field | Value |
|-------|-------|
| **File(s)** | `{path}` |
| **Line(s)** | `1-2` |

## Code Evidence

```python
# {path}:1-2
root:x:0:0:root
def ring(bell, times): bell.strike(times)
```
"""


def tree_of(*paths: str) -> Tree:
    return Tree({path: path for path in paths}, lambda path, name: None)


@pytest.fixture
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("outside")
    (folder / "secret.py").write_text("secret = 1\n", encoding="utf-8")
    return folder


class TestLookup:
    """Which file of the tree a cited path means."""

    tree = tree_of("setup.py", "src/a/b.py", "src/a/__init__.py", "src/c/__init__.py", "web/b.ts")

    @pytest.mark.parametrize(
        ("cited", "path"),
        [
            ("src/a/b.py", "src/a/b.py"),
            ("./src/a/b.py", "src/a/b.py"),
            ("/home/john/project/src/a/b.py", "src/a/b.py"),
            ("C:\\work\\project\\src\\a\\b.py", "src/a/b.py"),
            ("project/src/a/b.py", "src/a/b.py"),
            ("a/b.py", "src/a/b.py"),
            ("b.py", "src/a/b.py"),
            ("/home/john/project/setup.py", "setup.py"),
            ("src/a/B.py", None),
            ("SRC/a/b.py", None),
            ("../src/a/b.py", None),
            ("src/../src/a/b.py", None),
            ("src/gone/setup.py", None),
            ("src/x/b.py", None),
            ("__init__.py", None),
            ("", None),
            ("/", None),
            ("src/a", None),
        ],
    )
    def test_find(self, cited: str, path: str | None) -> None:
        assert lookup.find(cited, self.tree).path == path

    def test_a_prefix_of_the_configuration(self) -> None:
        tree = tree_of("b.py", "a/b.py")
        assert lookup.find("/home/john/a/b.py", tree, ["/home/john/a/"]).path == "b.py"
        assert lookup.find("/home/john/a/b.py", tree).path == "a/b.py"

    def test_a_name_that_several_files_have_is_doubtful_unless_the_ticket_names_one(self) -> None:
        found = lookup.find("__init__.py", self.tree)
        assert (found.path, found.doubtful) == (None, True)
        assert lookup.find("__init__.py", self.tree, near=["src/c/__init__.py"]).path == "src/c/__init__.py"


class TestWorkingTree:
    """What of a folder is in the tree."""

    def test_links_lead_nowhere(self, folder: Path, outside: Path) -> None:
        (folder / "a.py").write_text("a = 1\n", encoding="utf-8")
        (folder / "link.py").symlink_to(outside / "secret.py")
        (folder / "away").symlink_to(outside)
        listed = ["a.py", "link.py", "away/secret.py", "../outside/secret.py", "/etc/passwd", "a.py/x", "", "."]
        for names in (listed, None):
            tree = working_tree(folder, names, Contents())
            assert list(tree.files) == ["a.py"]
            assert tree.content("away/secret.py") is None

    def test_a_folder_that_becomes_a_link_is_not_followed(self, folder: Path, outside: Path) -> None:
        (folder / "lib").mkdir()
        (folder / "lib" / "secret.py").write_text("mine = 1\n", encoding="utf-8")
        tree = working_tree(folder, None, Contents())
        (folder / "lib" / "secret.py").unlink()
        (folder / "lib").rmdir()
        (folder / "lib").symlink_to(outside)
        assert tree.content("lib/secret.py") is None

    def test_pipes_and_data_are_no_text(self, folder: Path) -> None:
        os.mkfifo(folder / "pipe.py")
        (folder / "data.py").write_bytes(b"a\0b")
        (folder / "large.py").write_bytes(b"a = 1\n" * 500_000)
        tree = working_tree(folder, None, Contents())
        assert sorted(tree.files) == ["data.py", "large.py"]
        assert [tree.content(path) for path in tree.files] == [None, None]

    def test_what_tools_leave_is_no_source(self, folder: Path) -> None:
        for path in (".venv/a.py", "node_modules/b.js", "src/__pycache__/c.py", "src/d.py"):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text("x\n", encoding="utf-8")
        assert list(working_tree(folder, None, Contents()).files) == ["src/d.py"]


WATCH = """\
import json, os, sys
from pathlib import Path
from ticketaudit.__main__ import main
from rapidfuzz.distance import LCSseq
from ticketaudit.evidence import table, json as _, markdown
import tree_sitter, tree_sitter_typescript
verify = ["verify", "ticket.md", "--output-format", "json", "-o"]
main([*verify, "first.json"])  # imports what is imported when needed
seen = []
def watch(event, arguments):
    if event in ("open", "subprocess.Popen", "os.exec", "os.system", "os.posix_spawn", "socket.connect"):
        name = arguments[0]
        seen.append((event, os.fsdecode(name) if isinstance(name, (str, bytes, os.PathLike)) else repr(name)))
sys.addaudithook(watch)
status = [main([*verify, "out.json"]), main(["check", "ticket.md", "--exit-zero", "-o", "out.txt"])]
found = list(seen)
Path("seen.json").write_text(json.dumps([status, found]))
"""


def watched(repository: Repository) -> list[tuple[str, str]]:
    done = subprocess.run(
        [sys.executable, "-c", WATCH], cwd=repository.root, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    status, found = json.loads((repository.root / "seen.json").read_text("utf-8"))
    assert status == [0, 0], done.stderr
    return [(event, name) for event, name in found]


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "../../../../etc/passwd", "link/passwd", "src/link.py", "src/bell.py", "SRC/BELL.py"]
)
def test_no_file_outside_the_tree_is_opened_and_no_program_but_git_is_started(
    repository: Repository, path: str
) -> None:
    repository.write("src/bell.py", "def ring(bell, times):\n    bell.strike(times)\n")
    repository.write("web/board.ts", "export class Board {}\n")
    (repository.root / "link").symlink_to("/etc")
    (repository.root / "src" / "link.py").symlink_to("/etc/passwd")
    repository.commit("Add the bell", "2025-01-01")
    repository.write("ticket.md", TICKET.format(path=path))
    root = os.path.realpath(repository.root)
    for event, name in watched(repository):
        if event == "subprocess.Popen":
            assert Path(name).name == "git"
        else:
            assert event == "open"
            place = os.path.realpath(Path(root, name))
            mine = (sys.prefix, sys.base_prefix, str(Path(lookup.__file__).parents[2]), os.devnull)
            own = place.startswith((*mine, os.path.realpath(os.environ["XDG_CACHE_HOME"])))  # its cache
            assert place.startswith(root + os.sep) or own or name.isdigit(), name


def test_a_hostile_configuration_starts_nothing(repository: Repository, outside: Path) -> None:
    """Everything that git can be told to run in a repository's own configuration."""
    repository.write("src/bell.py", "def ring(bell, times):\n    bell.strike(times)\n")
    repository.write(".gitattributes", "*.py diff=evil filter=evil\n")
    repository.commit("Add the bell", "2025-01-01")
    repository.write("src/bell.py", "def ring(bell, times):\n    bell.strike(times, 2)\n")
    repository.commit("Strike twice", "2025-02-02")
    repository.write("ticket.md", TICKET.format(path="src/bell.py"))
    mark = outside / "mark"
    script = outside / "evil.sh"
    script.write_text(f'#!/bin/sh\necho "$0 $*" >> {mark}\ncat\n', encoding="utf-8")
    script.chmod(0o755)
    hooks = outside / "hooks"
    hooks.mkdir()
    for hook in ("post-index-change", "reference-transaction", "fsmonitor-watchman"):
        (hooks / hook).write_text(script.read_text("utf-8"), encoding="utf-8")
        (hooks / hook).chmod(0o755)
    settings = {
        "core.fsmonitor": script, "core.hooksPath": hooks, "core.pager": script, "core.editor": script,
        "core.sshCommand": script, "core.gitProxy": script, "core.askPass": script, "core.worktree": "/etc",
        "core.alternateRefsCommand": script, "diff.external": script, "diff.evil.textconv": script,
        "diff.evil.command": script, "filter.evil.clean": script, "filter.evil.smudge": script,
        "filter.evil.process": script, "log.showSignature": "true", "gpg.program": script, "pager.log": script,
        "pager.ls-files": script, "credential.helper": script, "alias.log": f"!{script}",
        "alias.ls-files": f"!{script}",
        "remote.origin.url": f"ext::{script} %S", "remote.origin.promisor": "true", "protocol.ext.allow": "always",
        "remote.origin.uploadpack": script, "extensions.partialClone": "origin", "trailer.sign.command": script,
    }  # fmt: skip
    for name, value in settings.items():
        repository.git("config", name, str(value))
    with open_source(repository.root) as source:
        assert source.history is not None, source.why_not
        assert "src/bell.py" in source.now.tree
        assert "passwd" not in source.now.tree
        assert source.history.commit("0123456789abcdef") is None  # an object that a partial clone would fetch
        assert [commit.subject for commit in source.history.log.commits.values()] == ["Strike twice", "Add the bell"]
        assert source.git
        assert source.git.read("src/bell.py") is None
    assert not mark.exists(), mark.read_text("utf-8")
    repository.git("-c", "core.worktree=..", "status")  # git itself obeys, so that there was something to disobey
    assert mark.exists()


def test_replaced_objects_and_grafts_are_not_believed(repository: Repository) -> None:
    repository.write("a.py", "a = 1\n")
    first = repository.commit("One", "2025-01-01")
    repository.write("a.py", "a = 2\n")
    second = repository.commit("Two", "2025-01-02")
    repository.git("replace", second, first)
    repository.write(".git/info/grafts", f"{second}\n")
    with open_source(repository.root) as source:
        assert source.history
        assert [commit.subject for commit in source.history.log.commits.values()] == ["Two", "One"]


def test_the_variables_of_a_hook_do_not_lead_elsewhere(
    repository: Repository, outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.write("a.py", "a = 1\n")
    repository.commit("One", "2025-01-01")
    monkeypatch.setenv("GIT_DIR", str(outside))
    monkeypatch.setenv("GIT_INDEX_FILE", str(outside / "index"))
    with open_source(repository.root) as source:
        assert source.history
        assert "a.py" in source.now.tree


def test_git_is_started_four_times_whatever_is_asked(repository: Repository) -> None:
    for number in range(5):
        repository.write("a.py", f"a = {number}\n")
        repository.commit(f"Number {number}", f"2025-01-0{number + 1}")
    with open_source(repository.root) as source:
        assert source.history
        for commit in source.history.log.commits.values():
            assert source.history.moment(commit).tree.content("a.py")
        assert source.processes == 4


class TestWithoutHistory:
    """Everything works on the tree alone, and says what cannot be judged."""

    def test_no_repository(self, folder: Path) -> None:
        (folder / "a.py").write_text("a = 1\n", encoding="utf-8")
        with open_source(folder) as source:
            assert (source.history, source.why_not) == (None, "the source tree is in no git repository")
            assert "a.py" in source.now.tree

    def test_no_git(self, repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
        repository.write("a.py", "a = 1\n")
        monkeypatch.setenv("PATH", "")
        with open_source(repository.root) as source:
            assert (source.history, source.why_not) == (None, "git is not installed")
            assert "a.py" in source.now.tree

    def test_a_program_called_git_in_the_tree_is_not_started(
        self, repository: Repository, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        repository.write("bin/git", "#!/bin/sh\ntouch started\n").chmod(0o755)
        monkeypatch.setenv("PATH", str(repository.root / "bin"))
        with open_source(repository.root) as source:
            assert source.history is None
        assert not (repository.root / "started").exists()

    def test_no_commit_yet(self, repository: Repository) -> None:
        repository.write("a.py", "a = 1\n")
        with open_source(repository.root) as source:
            assert (source.history, source.why_not) == (None, "the repository has no commit")
            assert "a.py" in source.now.tree

    def test_a_repository_that_git_cannot_read(self, repository: Repository) -> None:
        repository.write("a.py", "a = 1\n")
        repository.write(".git/config", "[nonsense\n")
        with open_source(repository.root) as source:
            assert source.history is None
            assert source.why_not.startswith("git cannot read the repository: ")
            assert "a.py" in source.now.tree

    def test_an_unknown_revision(self, repository: Repository) -> None:
        repository.write("a.py", "a = 1\n")
        repository.commit("One", "2025-01-01")
        with (
            pytest.raises(GitError, match="unknown revision `nowhere`"),
            open_source(repository.root, written="nowhere"),
        ):
            pass


def test_ignored_files_are_no_source_and_new_ones_are(repository: Repository) -> None:
    repository.write(".gitignore", "build/\n")
    repository.write("build/a.py", "a = 1\n")
    repository.write("new.py", "b = 1\n")
    repository.commit("One", "2025-01-01")
    repository.write("newer.py", "c = 1\n")
    (repository.root / "new.py").unlink()
    with open_source(repository.root) as source:
        assert sorted(source.now.tree.files) == [".gitignore", "newer.py"]


def test_a_tree_may_be_a_part_of_the_repository(repository: Repository) -> None:
    repository.write("code/src/a.py", "a = 1\n")
    repository.write("docs/b.md", "b\n")
    repository.commit("One", "2025-01-01")
    repository.write("code/src/a.py", "a = 2\n")
    repository.commit("Two", "2025-01-02")
    with open_source(repository.root / "code") as source:
        assert source.history
        first = source.history.at("2025-01-01")
        assert first
        tree = source.history.moment(first).tree
        assert list(tree.files) == list(source.now.tree.files) == ["src/a.py"]
        assert [content.text for each in (tree, source.now.tree) if (content := each.content("src/a.py"))] == [
            "a = 1\n",
            "a = 2\n",
        ]
        assert source.history.touched(first) == {"src/a.py"}


def test_the_source_tree_of_a_run(repository: Repository, outside: Path) -> None:
    ticket = repository.write("docs/bugs/ticket.md", "x")
    assert choose_root(outside, repository.root, (), [ticket]) == Root(outside, named=True)
    assert choose_root(None, outside, ("/home/john/",), [ticket]) == Root(outside, True, ("/home/john/",))
    assert choose_root(None, None, (), [ticket]) == Root(Path(os.path.realpath(repository.root)), named=False)
    assert choose_root(None, None, (), [outside / "ticket.md"]) is None
    assert choose_root(None, None, (), []) is None


class TestTheMomentOfWriting:
    """When a ticket was written, by the repository that holds it or by its own date."""

    @staticmethod
    def day_of(repository: Repository, path: Path, root: Path | None = None) -> str | None:
        (ticket,) = extract(Source.from_bytes(str(path), path.read_bytes()), Vocabulary.builtin())
        with open_source(root or repository.root) as source:
            moment = source.moment_of(ticket)
            return moment.day if moment else None

    def test_a_ticket_that_was_moved_and_edited_was_written_when_it_was_added(self, repository: Repository) -> None:
        repository.write("open/bell.md", TICKET.format(path="src/bell.py"))
        repository.commit("File", "2025-03-01")
        (repository.root / "fixed").mkdir()
        repository.git("mv", "open/bell.md", "fixed/bell.md")
        moved = repository.write("fixed/bell.md", TICKET.format(path="src/bells.py") + "\nDone.\n")
        repository.commit("Fixed", "2025-04-01")
        assert self.day_of(repository, moved) == "2025-03-01"

    def test_a_ticket_from_elsewhere_by_its_date(self, repository: Repository, outside: Path) -> None:
        for day in ("2025-01-31", "2025-02-01", "2025-02-02"):
            repository.commit(day, day)
        ticket = outside / "bell.md"
        ticket.write_text(TICKET.format(path="src/bell.py"), encoding="utf-8")
        assert self.day_of(repository, ticket) == "2025-02-01"

    def test_a_ticket_that_is_not_committed_by_its_date(self, repository: Repository) -> None:
        repository.commit("One", "2025-01-15")
        assert self.day_of(repository, repository.write("bell.md", TICKET.format(path="src/bell.py"))) == "2025-01-15"

    def test_without_a_date_nobody_knows(self, repository: Repository) -> None:
        repository.commit("One", "2025-01-15")
        text = TICKET.format(path="src/bell.py").replace("| **Created** | 2025-02-01 |\n", "")
        assert self.day_of(repository, repository.write("bell.md", text)) is None


def test_a_shallow_clone_misses_no_commit(repository: Repository, outside: Path) -> None:
    for day in ("2025-01-31", "2025-02-01"):
        repository.write("src/bell.py", f"day = '{day}'\n")
        repository.commit(day, day)
    clone = outside / "clone"
    repository.git("clone", "--quiet", "--depth=1", f"file://{repository.root}", str(clone))
    text = TICKET.format(path="src/bell.py") + "\n## Resolution\n\nFixed in commit 0a1b2c3d4e.\n"
    (clone / "bell.md").write_text(text, encoding="utf-8")
    source_text = Source.from_bytes(str(clone / "bell.md"), text.encode())
    (ticket,) = extract(source_text, Vocabulary.builtin())
    with open_source(clone) as source:
        (commit,) = verify(ticket, source_text, Vocabulary.builtin(), source).of("commit")
    assert commit.now.outcome is Outcome.UNVERIFIABLE
