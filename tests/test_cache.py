"""The cache: what it trusts, what it survives, and that nobody can tell from the output whether there is one."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import platformdirs
import pytest

from conftest import TICKET, Run, WriteTicket
from ticketaudit import cache as cache_module
from ticketaudit import cachefolder
from ticketaudit.cache import Cache, Stamp, caches_in, digest

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX files")
OUTLINE = b"\xa7outline"
SURE = Stamp(1, 2, 3, True)
UNSURE = Stamp(1, 2, 3, False)


def status(size: int = 1, modified: int = 2, changed: int = 3) -> os.stat_result:
    """A file's status with times in nanoseconds."""
    seconds = (0o100644, 1, 1, 1, 0, 0, size, 0, modified // 10**9, changed // 10**9)
    times = {"st_atime_ns": 0, "st_mtime_ns": modified, "st_ctime_ns": changed}
    return os.stat_result(seconds, times)


def kept(folder: Path, *, stamp: Stamp = SURE, records: bytes = b"records") -> Cache:
    """A cache that knows one file."""
    cache = Cache(folder, b"key")
    cache.put("a.md", digest(b"text"), stamp, OUTLINE, b"said", records)
    cache.save()
    return Cache(folder, b"key")


def outline(cache: Cache, found: os.stat_result | None = None) -> bytes | None:
    raw = cache.find("a.md", found or status())
    return None if raw is None else bytes(raw)


def test_what_was_kept_is_found_again(tmp_path: Path) -> None:
    cache = kept(tmp_path)
    assert outline(cache) == OUTLINE
    assert (cache.said("a.md"), cache.records("a.md")) == (b"said", b"records")
    assert cache.find("b.md", status()) is None
    assert Cache(tmp_path, b"another key").find("a.md", status()) is None


@pytest.mark.parametrize("found", [status(size=9), status(modified=9), status(changed=9)])
def test_another_size_or_time_is_another_file_unless_it_has_the_same_contents(
    tmp_path: Path, found: os.stat_result
) -> None:
    cache = kept(tmp_path)
    assert outline(cache, found) is None
    assert cache.find_same("a.md", digest(b"other")) is None
    assert bytes(cache.find_same("a.md", digest(b"text")) or b"") == OUTLINE
    cache.restamp("a.md", Stamp(found.st_size, found.st_mtime_ns, found.st_ctime_ns, True))
    cache.save()
    again = Cache(tmp_path, b"key")
    assert outline(again, found) == OUTLINE
    assert again.records("a.md") == b"records"


def test_a_stamp_says_nothing_before_the_clock_of_the_coarsest_file_system_has_moved_on(tmp_path: Path) -> None:
    moment = 5 * 10**18
    found = status(modified=moment - 10**9, changed=moment - 10**9)
    assert not Stamp.of(found, moment).fits(found)
    assert Stamp.of(found, moment + 10**9 + 1).fits(found)
    assert not Stamp.of(status(changed=moment), moment).sure, "what changed is not only the text"
    assert outline(kept(tmp_path, stamp=UNSURE)) is None


def damaged(file: Path, change: Callable[[bytes], bytes]) -> None:
    file.write_bytes(change(file.read_bytes()))


@pytest.mark.parametrize(
    "change",
    [
        lambda data: b"",
        lambda data: data[:-1],
        lambda data: data[: len(data) // 2],
        lambda data: data + b"x",
        lambda data: b"x" * 1000,
        lambda data: b"T" + data[1:],
        lambda data: data[:-3] + bytes([data[-3] ^ 1]) + data[-2:],
        lambda data: data.replace(OUTLINE, b"\xa7OUTLINE"),
        lambda data: data[:-20] + b"\xff" * 20,
    ],
)
def test_a_damaged_file_is_as_good_as_none(tmp_path: Path, change: Callable[[bytes], bytes]) -> None:
    kept(tmp_path)
    damaged(caches_in(tmp_path)[0], change)
    cache = Cache(tmp_path, b"key")
    assert outline(cache) is None
    assert outline(kept(tmp_path)) == OUTLINE, "and is replaced"


def test_what_is_damaged_of_a_file_is_none(tmp_path: Path) -> None:
    kept(tmp_path)
    damaged(caches_in(tmp_path)[0], lambda data: data.replace(b"records", b"recodrs").replace(b"said", b"siad"))
    cache = Cache(tmp_path, b"key")
    assert outline(cache) == OUTLINE
    assert (cache.said("a.md"), cache.records("a.md")) == (None, None)


@pytest.mark.parametrize("text", [b"recommends P3", b"Ferry bell"])
def test_what_is_damaged_is_worked_out_again(run: Run, write_ticket: WriteTicket, folder: Path, text: bytes) -> None:
    write_ticket()
    run("parse", "--cache-dir", "kept")
    (file,) = caches_in(folder / "kept")
    assert text in file.read_bytes()
    damaged(file, lambda data: data.replace(text, text.swapcase()))
    for command in (("check",), ("check", "--output-format", "json"), ("parse",)):
        assert run(*command, "--cache-dir", "kept") == run(*command, "--no-cache")


@POSIX
def test_nothing_that_somebody_planted_is_read_or_written(tmp_path: Path) -> None:
    kept(tmp_path / "mine")
    (file,) = caches_in(tmp_path / "mine")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    file.chmod(0o666)
    assert outline(Cache(file.parent, b"key")) is None, "anybody may have written it"
    file.chmod(0o600)
    shutil.move(file, tmp_path / "victim")
    file.symlink_to(tmp_path / "victim")
    before = (tmp_path / "victim").read_bytes()
    assert outline(Cache(file.parent, b"key")) is None
    kept(file.parent, records=b"others")
    assert (tmp_path / "victim").read_bytes() == before
    assert not file.is_symlink()


def test_the_last_of_two_runs_at_once_wins_and_both_go_on(tmp_path: Path) -> None:
    one, other = Cache(tmp_path, b"key"), Cache(tmp_path, b"key")
    for cache, name in ((one, "a.md"), (other, "b.md")):
        cache.put(name, digest(b"text"), SURE, OUTLINE, b"said", name.encode())
    one.save()
    other.save()
    assert (one.records("a.md"), other.records("b.md")) == (b"a.md", b"b.md")
    assert len(caches_in(tmp_path)) == 1
    assert Cache(tmp_path, b"key").records("b.md") == b"b.md"


def test_a_run_that_ends_in_the_middle_leaves_the_cache_as_it_was(tmp_path: Path) -> None:
    kept(tmp_path)
    cut = Cache(tmp_path, b"key")
    cut.put("a.md", digest(b"new"), SURE, b"\xa3new", b"said", b"new")
    again = Cache(tmp_path, b"key")
    assert (outline(again), again.records("a.md")) == (OUTLINE, b"records")
    cut.abandon()
    assert len(list(tmp_path.iterdir())) == 1
    assert cut.records("a.md") == b"new", "the run itself goes on"


def test_a_full_disk_costs_the_cache_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = kept(tmp_path)
    cache.put("b.md", digest(b"b"), SURE, b"\xa1b", b"said", b"before")

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ticketaudit.cachefile._write", full)
    cache.put("c.md", digest(b"c"), SURE, b"\xa1c", b"said", b"after")
    cache.put("d.md", digest(b"d"), SURE, b"\xa1d", b"said", b"later")
    cache.save()
    found = [cache.records(name) for name in ("a.md", "b.md", "c.md", "d.md")]
    assert found == [b"records", b"before", b"after", b"later"]
    assert len(list(tmp_path.iterdir())) == 1, "nothing unfinished stays"
    assert outline(Cache(tmp_path, b"key")) == OUTLINE


def test_records_that_nobody_refers_to_are_dropped_in_time(tmp_path: Path) -> None:
    for turn in range(20):
        cache = Cache(tmp_path, b"key")
        cache.put("a.md", digest(b"%d" % turn), SURE, OUTLINE, b"said", b"%d" % turn * 1000)
        cache.put("b.md" if turn == 0 else "a.md", digest(b"%d" % turn), SURE, OUTLINE, b"said", b"b" * 1000)
        cache.find("a.md", status())
        cache.find("b.md", status())
        cache.save()
    (file,) = caches_in(tmp_path)
    assert file.stat().st_size < 10_000
    cache = Cache(tmp_path, b"key")
    assert (cache.records("a.md"), cache.records("b.md")) == (b"b" * 1000, b"b" * 1000)


def test_files_that_are_gone_are_forgotten(folder: Path) -> None:
    cache = Cache(folder / "cache", b"key")
    (folder / "here.md").touch()
    (folder / "gone.md").touch()
    for name in ("here.md", "gone.md"):
        cache.put(name, digest(b"text"), SURE, OUTLINE, b"said", b"")
    cache.save()
    (folder / "gone.md").unlink()
    cache = Cache(folder / "cache", b"key")
    cache.put("new.md", digest(b"text"), SURE, OUTLINE, b"said", b"")
    cache.find("new.md", status())
    cache.save()
    cache = Cache(folder / "cache", b"key")
    assert [cache.find(name, status()) is not None for name in ("here.md", "gone.md", "new.md")] == [True, False, True]


def test_old_caches_are_removed_and_what_is_not_ours_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache_module, "_KEPT", 3)
    (tmp_path / "notes.cache").write_text("mine", encoding="utf-8")
    old = time.time() - 40 * 24 * 60 * 60
    for number in range(5):
        Cache(tmp_path, b"%d" % number).save()
        cache = Cache(tmp_path, b"%d" % number)
        cache.put("a.md", digest(b"text"), SURE, OUTLINE, b"said", b"")
        cache.save()
    assert len(caches_in(tmp_path)) == 3
    os.utime(caches_in(tmp_path)[-1], (old, old))
    kept(tmp_path)
    assert len(caches_in(tmp_path)) == 3
    assert (tmp_path / "notes.cache").exists()


@POSIX
def test_many_records_wait_in_a_file_without_a_name_where_nothing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(cache_module, "_IN_MEMORY", 0)
    cache = Cache()
    records = {f"{number}.md": b"records of %d" % number for number in range(5)}
    for path, data in records.items():
        cache.put(path, digest(b"text"), SURE, OUTLINE, b"said", data)
    assert cache._loose == {}
    assert {path: cache.records(path) for path in records} == records
    assert list(tmp_path.iterdir()) == []


def test_two_keys_with_one_name_do_not_mix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache_module, "crc32", lambda data: 7)
    kept(tmp_path)
    other = Cache(tmp_path, b"another key")
    assert outline(other) is None
    other.put("a.md", digest(b"text"), SURE, b"\xa5other", b"said", b"other records")
    other.save()
    again = Cache(tmp_path, b"another key")
    assert (outline(again), again.records("a.md")) == (b"\xa5other", b"other records")
    assert outline(Cache(tmp_path, b"key")) is None


# --- what users see of it


def settled(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the files be old enough to be trusted."""
    monkeypatch.setattr(cachefolder, "TICK", -(10**9))


def read_anew(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files whose text is read from now on."""
    from ticketaudit import read

    seen: list[str] = []
    extract = read.extract

    def watched(source: object, vocabulary: object) -> object:
        seen.append(source.path)  # type: ignore[attr-defined]
        return extract(source, vocabulary)  # type: ignore[arg-type]

    monkeypatch.setattr(read, "extract", watched)
    return seen


#: Of this format no part can be renewed, so that it is the cache that tells what to read.
CHECK = ("check", "--output-format", "json", "--jobs", "1")


def test_only_what_changed_is_read_again(
    run: Run, write_ticket: WriteTicket, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled(folder, monkeypatch)
    for number in range(3):
        write_ticket(f"{number}.md", f"B1-OPS-0{number}")
    first = run(*CHECK)
    seen = read_anew(monkeypatch)
    assert run(*CHECK) == first
    assert seen == []
    os.utime(folder / "0.md")  # another stamp, the same contents
    write_ticket("1.md", "B1-OPS-11")
    changed = run(*CHECK)
    assert seen == ["1.md"]
    assert changed == run(*CHECK, "--no-cache")
    (folder / "ticketaudit.yaml").write_text("rules: {verdict-split: {level: error}}\n", encoding="utf-8")
    seen.clear()
    assert run(*CHECK) == run(*CHECK, "--no-cache")
    assert len(seen) == 6


def test_one_file_beside_many_reads_one(
    run: Run, write_ticket: WriteTicket, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled(folder, monkeypatch)
    (folder / "ticketaudit.yaml").write_text('include: ["*.md"]\n', encoding="utf-8")
    for number in range(3):
        write_ticket(f"{number}.md", "B1-OPS-01")
    run("check")
    write_ticket("1.md", "B1-OPS-02")
    seen = read_anew(monkeypatch)
    ran = run("check", "1.md")
    assert seen == ["1.md"]
    assert ran == run("check", "--no-cache", "1.md")


def test_a_report_that_is_named_is_read_though_the_search_passed_it_over(
    run: Run, write_ticket: WriteTicket, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    settled(folder, monkeypatch)
    write_ticket()
    run("report", "-o", "report.md")
    for _ in range(2):
        for arguments in (("check",), ("check", "report.md"), ("check", "--show-files")):
            assert run(*arguments) == run(*arguments, "--no-cache")


def test_where_the_cache_is_and_how_to_be_rid_of_it(run: Run, write_ticket: WriteTicket, folder: Path) -> None:
    write_ticket()
    assert run("cache", "dir").out == f"{os.environ['XDG_CACHE_HOME']}{os.sep}ticketaudit\n"
    assert run("cache", "dir", "--cache-dir", "x").out == "x\n"
    run("check", "--cache-dir", "x")
    assert len(caches_in(folder / "x")) == 1
    (folder / "x" / "notes.txt").touch()
    cleared = run("cache", "clear", "--cache-dir", "x")
    assert (cleared.status, cleared.out) == (0, "")
    assert cleared.err.startswith("Removed 1 cache of ")
    assert [file.name for file in (folder / "x").iterdir()] == ["notes.txt"]
    assert run("cache", "clear").err.startswith("Removed 0 caches of 0.0 MiB")


@pytest.mark.parametrize("home", ["/somewhere/else", "", None])
def test_the_folder_is_where_the_system_wants_it(monkeypatch: pytest.MonkeyPatch, home: str | None) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME")
    if home is not None:
        monkeypatch.setenv("XDG_CACHE_HOME", home)
    assert cachefolder.default_folder() == platformdirs.user_cache_dir("ticketaudit", appauthor=False)


IMPORTED = """
import sys
from ticketaudit import cachefolder
from ticketaudit.__main__ import main
cachefolder.TICK = -10**9  # however young the file is
status = main(["check", "--exit-zero", "--cache-dir", "kept"])
print(*sorted(set(sys.modules) & set(sys.argv[1:])), file=sys.stderr)
"""


def test_a_run_that_finds_nothing_changed_imports_nothing_that_reads_markdown(
    write_ticket: WriteTicket, folder: Path
) -> None:
    write_ticket()
    slow = ("markdown_it", "rich", "rapidfuzz", "jinja2", "typer", "tempfile", "pathspec", "platformdirs")
    modules = (*slow, "ticketaudit.markdown", "ticketaudit.extract.record", "ticketaudit.code.git")
    ran = [
        subprocess.run([sys.executable, "-c", IMPORTED, *modules], capture_output=True, text=True, check=True).stderr
        for _ in range(2)
    ]
    assert "ticketaudit.extract.record" in ran[0].splitlines()[-1]
    assert ran[1].splitlines()[-1] == ""


@POSIX
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_no_failure(run: Run, write_ticket: WriteTicket, folder: Path) -> None:
    write_ticket()
    (folder / "x").mkdir(mode=0o500)
    assert run("check", "--cache-dir", "x/y") == run("check", "--no-cache")


def test_a_file_in_the_place_of_the_folder_is_no_failure(run: Run, write_ticket: WriteTicket, folder: Path) -> None:
    write_ticket()
    (folder / "x").touch()
    assert run("check", "--cache-dir", "x") == run("check", "--no-cache")
    assert run("check", "--cache-dir", "x/y") == run("check", "--no-cache")


def test_each_working_folder_has_a_cache_of_its_own(
    run: Run, write_ticket: WriteTicket, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in ("one", "two", ".git"):
        write_ticket(f"{place}/bell.md")
    (folder / "ticketaudit.yaml").write_text('per-path: {"one/**": {ignore: [all]}}\n', encoding="utf-8")
    kept = str(folder / "kept")
    for place in ("one", "two"):
        monkeypatch.chdir(folder / place)
        assert run("check", "bell.md", "--cache-dir", kept) == run("check", "bell.md", "--no-cache")
    assert run("check", "bell.md", "--cache-dir", kept).status == 1
    assert len(caches_in(Path(kept))) == 2


def test_a_user_without_a_home_has_no_cache(
    run: Run, write_ticket: WriteTicket, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_ticket()
    expected = run("check", "--no-cache")

    def homeless(*arguments: object, **options: object) -> Path:
        raise RuntimeError("could not determine the home directory")

    monkeypatch.setattr("platformdirs.user_cache_dir", homeless)
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr("os.path.expanduser", lambda path: path)
    assert run("check") == expected
    ran = run("cache", "dir")
    assert (ran.status, ran.out) == (2, "")
    assert "`--cache-dir`" in ran.err


def test_what_makes_no_sense_is_refused(run: Run, folder: Path) -> None:
    for arguments, message in (
        (("--no-cache", "--cache-dir", "x"), "`--cache-dir` and `--no-cache` exclude each other"),
        (("--jobs", "0"), "`--jobs 0`: at least one process has to read"),
    ):
        ran = run("check", *arguments)
        assert (ran.status, ran.out, ran.err) == (2, "", f"error: {message}\n")


def test_no_cache_keeps_nothing(run: Run, write_ticket: WriteTicket) -> None:
    write_ticket()
    run("check", "--no-cache")
    run("check", stdin=TICKET.encode())
    run("check", "--no-cache", "-", stdin=TICKET.encode())
    assert len(caches_in(Path(os.environ["XDG_CACHE_HOME"]) / "ticketaudit")) == 1
