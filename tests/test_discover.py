"""Which files a run takes: the ones asked for, in one order, and nothing that git or the configuration leaves out."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from ticketaudit.discover import Discovery, File, PassedOver, discover, find

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX files")


def touch(folder: Path, *names: str) -> None:
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("# A\n", encoding="utf-8")


def paths(found: Discovery) -> list[str]:
    return [file.path for file in found.files]


def test_a_folder_is_searched_for_markdown_in_the_order_of_paths(folder: Path) -> None:
    touch(folder, "b/z.md", "a.md", "b/a.MD", "b/code.py", "c.txt", "B.md")
    found = discover(["."])
    assert paths(found) == ["B.md", "a.md", "b/a.MD", "b/z.md"]
    assert not found.problems
    assert not any(file.named for file in found.files)


def test_a_file_named_outright_is_always_taken(folder: Path) -> None:
    touch(folder, "notes.txt", ".git/config.md", "drafts/a.md")
    (folder / ".gitignore").write_text("*.txt\n", encoding="utf-8")
    found = discover(["notes.txt", ".git/config.md", "drafts/a.md"], exclude=["drafts"])
    assert paths(found) == [".git/config.md", "drafts/a.md", "notes.txt"]
    assert all(file.named for file in found.files)


def test_the_same_file_is_taken_once_and_stays_named(folder: Path) -> None:
    touch(folder, "docs/a.md")
    for asked in (["docs", "docs/a.md"], ["docs/a.md", "docs"], ["docs/../docs/a.md", str(folder / "docs/a.md")]):
        found = discover(asked)
        assert [(file.path, file.named) for file in found.files] == [("docs/a.md", True)]


def test_paths_are_relative_to_the_working_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touch(folder, "docs/a.md")
    (folder / "work").mkdir()
    monkeypatch.chdir(folder / "work")
    assert paths(discover([str(folder / "docs")])) == ["../docs/a.md"]


@posix_only
def test_a_file_name_that_is_no_text_can_be_printed(folder: Path) -> None:
    try:
        Path(os.fsdecode(b"caf\xe9.md")).write_text("x", encoding="utf-8")
    except OSError:
        pytest.skip("the file system wants Unicode names")
    (file,) = discover(["."]).files
    assert file.path == "caf\\xe9.md"
    assert file.location is not None
    assert file.location.read_text(encoding="utf-8") == "x"


@pytest.mark.parametrize("name", [".git", ".venv", "node_modules", "__pycache__"])
def test_folders_that_belong_to_tools_are_passed_over(folder: Path, name: str) -> None:
    touch(folder, f"{name}/a.md", ".github/b.md")
    found = discover(["."])
    assert paths(found) == [".github/b.md"]
    assert found.passed_over == (PassedOver(f"{name}/", "a folder that belongs to a tool"),)


def test_every_gitignore_from_the_root_of_the_repository_down_counts(folder: Path) -> None:
    (folder / ".git").mkdir()
    touch(folder, "docs/keep.md", "docs/draft.md", "docs/sub/draft.md", "docs/sub/own.md", "build/a.md", "top.md")
    (folder / ".gitignore").write_text("build/\ndraft.md\n/docs/top.md\n", encoding="utf-8")
    (folder / "docs/sub/.gitignore").write_text("# ours\n\n!draft.md\r\nown.md\n", encoding="utf-8")
    found = discover(["."])
    assert paths(found) == ["docs/keep.md", "docs/sub/draft.md", "top.md"]
    assert [item.path for item in found.passed_over] == [".git/", "build/", "docs/draft.md", "docs/sub/own.md"]
    assert paths(discover(["docs"])) == ["docs/keep.md", "docs/sub/draft.md"]


def test_a_gitignore_above_the_repository_does_not_count(folder: Path) -> None:
    touch(folder, "repository/a.md")
    (folder / "repository/.git").mkdir()
    (folder / ".gitignore").write_text("*.md\n", encoding="utf-8")
    assert paths(discover(["repository"])) == ["repository/a.md"]


def test_an_ignored_folder_that_is_asked_for_is_searched(folder: Path) -> None:
    (folder / ".git").mkdir()
    touch(folder, "build/reports/a.md")
    (folder / ".gitignore").write_text("build/\n", encoding="utf-8")
    assert paths(discover(["build"])) == ["build/reports/a.md"]
    assert paths(discover(["build/reports"])) == ["build/reports/a.md"]


@pytest.mark.parametrize("line", ["!", "\\", "[z-a].md"])
def test_a_gitignore_line_that_means_nothing_does_not_take_the_others_with_it(folder: Path, line: str) -> None:
    touch(folder, "a.md", "b.md")
    (folder / ".gitignore").write_text(f"{line}\nb.md\n", encoding="utf-8")
    assert paths(discover(["."])) == ["a.md"]


def test_a_gitignore_that_is_a_folder_is_none(folder: Path) -> None:
    touch(folder, "a.md", ".gitignore/b.md")
    assert paths(discover(["."])) == [".gitignore/b.md", "a.md"]


def test_excluded_files_and_folders_are_passed_over(folder: Path) -> None:
    touch(folder, "docs/a.md", "docs/archive/b.md", "old.md")
    found = discover(["."], exclude=["docs/archive/**", "/old.md"])
    assert paths(found) == ["docs/a.md"]
    assert set(found.passed_over) == {
        PassedOver("docs/archive/", "excluded by the configuration"),
        PassedOver("old.md", "excluded by the configuration"),
    }


def test_globs_are_relative_to_their_root(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touch(folder, "docs/bugs/a.md", "docs/bugs/fixed/b.md", "docs/bugs/fixed/c.txt", "docs/guide.md", "d.md")
    (folder / "work").mkdir()
    monkeypatch.chdir(folder / "work")

    def include(*globs: str) -> list[str]:
        return paths(discover([], include=globs, exclude=["c.*"], root=folder))

    assert include("docs/bugs/**/*.md") == ["../docs/bugs/a.md", "../docs/bugs/fixed/b.md"]
    assert include("docs/*.md", "d.md") == ["../d.md", "../docs/guide.md"]
    assert include("docs/bugs/fixed/*") == ["../docs/bugs/fixed/b.md"]
    assert include("*.md") == ["../d.md"]
    assert include("docs/bugs/fixed") == ["../docs/bugs/fixed/b.md"]


def test_what_is_missing_is_a_problem_and_stops_nothing(folder: Path) -> None:
    touch(folder, "docs/bell.md")
    found = discover(["docs/bel.md", "docs/bell.md", "nowhere/x.md", "docs/bel.md"])
    assert paths(found) == ["docs/bell.md"]
    assert found.problems == (
        "docs/bel.md: no such file or folder; did you mean `docs/bell.md`?",
        "nowhere/x.md: no such file or folder",
    )


def test_a_name_that_no_file_can_have_is_a_problem(folder: Path) -> None:
    touch(folder, "a.md")
    found = discover(["x" * 300 + ".md", "a.md"])
    assert paths(found) == ["a.md"]
    assert "name too long" in found.problems[0]


@posix_only
def test_links_to_folders_are_not_followed_so_that_no_search_goes_in_circles(folder: Path) -> None:
    touch(folder, "docs/a.md")
    (folder / "docs/again").symlink_to(folder / "docs")
    (folder / "docs/self.md").symlink_to(folder / "docs/self.md")
    (folder / "docs/gone.md").symlink_to(folder / "docs/missing.md")
    found = discover(["docs"])
    assert paths(found) == ["docs/a.md"]
    assert {(item.path, item.reason) for item in found.passed_over} == {
        ("docs/again/", "a link to a folder"),
        ("docs/gone.md", "no regular file"),
        ("docs/self.md", "no regular file"),
    }


@posix_only
def test_a_link_to_a_file_is_the_file(folder: Path) -> None:
    touch(folder, "docs/a.md")
    (folder / "docs/b.md").symlink_to(folder / "docs/a.md")
    assert paths(discover(["docs"])) == ["docs/a.md"]


@posix_only
def test_only_regular_files_are_taken(folder: Path) -> None:
    os.mkfifo(folder / "pipe.md")
    assert discover(["."]).passed_over == (PassedOver("pipe.md", "no regular file"),)
    assert discover(["pipe.md"]).problems == ("pipe.md: no regular file; give `-` to read from standard input",)


@posix_only
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_cannot_be_searched_is_a_problem(folder: Path) -> None:
    touch(folder, "a.md", "shut/b.md")
    (folder / "shut").chmod(0)
    try:
        found = discover(["."])
    finally:
        (folder / "shut").chmod(0o700)
    assert paths(found) == ["a.md"]
    assert found.problems == ("shut/: cannot be searched: permission denied",)


def test_standard_input_stands_for_the_file_that_it_is_called(folder: Path) -> None:
    touch(folder, "a.md")
    assert discover(["-"]).files == (File("-", None, True),)
    for asked in (["-", "a.md"], [".", "-"]):
        assert discover(asked, stdin_name="./a.md").files == (File("a.md", None, True),)


def test_find_takes_files_by_their_names_wherever_they_are(folder: Path) -> None:
    for path in ("a/1.md", "a/b/1.md", "a/b/2.md", ".venv/1.md", "c/1.txt"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text("words", encoding="utf-8")
    (folder / "a/b/.gitignore").write_text("2.md\n", encoding="utf-8")
    assert [file.path for file in find(folder, {"1.md", "2.md", "1.txt"}).files] == ["a/1.md", "a/b/1.md", "c/1.txt"]
    assert find(folder, set()).files == ()
