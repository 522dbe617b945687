"""Every rule says exactly what its manual and its edge cases (fixtures/rules) show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import msgspec
import pytest
import yaml

from repositories import Repository
from ticketaudit import rules
from ticketaudit.corpus import Corpus
from ticketaudit.engine import audit, diagnostic
from ticketaudit.extract import extract
from ticketaudit.load import match_reports, without_findings_of_reports
from ticketaudit.reporters.concise import line
from ticketaudit.root import Root
from ticketaudit.rule import Rule, by_engine
from ticketaudit.rules import ALL, summary_mismatch
from ticketaudit.settings import ActiveRule
from ticketaudit.shape import is_shape
from ticketaudit.statistics import summarise
from ticketaudit.summaries import compare_summary
from ticketaudit.text import Source
from ticketaudit.verification import with_code
from ticketaudit.vocabulary import Vocabulary

ROOT = Path(__file__).parent.parent
EDGE_CASES = ROOT / "fixtures" / "rules"
FENCE = re.compile(
    r"^~~~~(markdown|yaml|text|subjects|python) ?([^\n]*)\n(.*?)^~~~~$|^#+ ([^\n]+)$", re.MULTILINE | re.DOTALL
)
#: Sorted behind all days.
NOT_COMMITTED = "no day"


@dataclass
class Case:
    """A ticket, the files beside it, the options it is checked with, and what is said about it.

    ``subjects`` are those of the problems, in their order; None where the case does not care.
    """

    rule: Rule
    heading: str
    path: str
    ticket: str
    others: dict[str, str] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)
    expected: str = ""
    code: dict[str, dict[str, str]] = field(default_factory=dict)
    subjects: list[str] | None = None


def cases(rule: Rule, text: str) -> Iterator[Case]:
    """The ``markdown`` fences of a text, each with the ``yaml`` (options) and ``text`` (output) fences after it.

    ``markdown and a/path.md`` is another file of the same case: a ticket, or a report. ``python and
    a/path.py`` is a file of its source tree, ``python and a/path.py on 2025-04-01`` what was committed that
    day, ``on no day`` what was not; a case with code has a repository. A ``subjects`` fence has a line for
    each problem: what tells it from the others of its rule and ticket in a baseline.
    """
    heading, case = "", None
    for match in FENCE.finditer(text):
        kind, path, content, title = match.groups()
        heading = title or heading
        if case and kind == "markdown" and path.startswith("and "):
            case.others[path.removeprefix("and ")] = content
        elif kind == "markdown":
            if case:
                yield case
            case = Case(rule, heading, path or "ticket.md", content)
        elif case and kind == "python":
            name, _, day = path.removeprefix("and ").partition(" on ")
            case.code.setdefault(day or "2025-01-01", {})[name] = content
        elif case and kind == "yaml":
            case.options = yaml.safe_load(content)
        elif case and kind == "text":
            case.expected = content
        elif case and kind == "subjects":
            case.subjects = content.splitlines()
    if case:
        yield case


def output(case: Case) -> str:
    """What the case's rule says, in the concise format and in the order of the places."""
    corpus = read(case)
    if case.rule is summary_mismatch.RULE:  # it speaks of the files that are no tickets
        statistics = summarise(audit(corpus.only(corpus.sources.keys() - {"SUMMARY.md"}), []))
        active = ActiveRule(case.rule, None, case.rule.options())
        found = (
            diagnostic(corpus, active, problem, "SUMMARY.md")
            for problem in compare_summary(corpus.sources["SUMMARY.md"], statistics, corpus.vocabulary).problems
        )
        return "".join(f"{line(each)}\n" for each in found)
    if case.rule.check is by_engine:  # what it says depends on what the others said
        report = audit(corpus, [ActiveRule(rule, None, rule.options()) for rule in ALL])
        said = (found for found in report.diagnostics if found.name == case.rule.name)
        return "".join(f"{line(each)}\n" for each in said)
    return "".join(text for text, _ in problems(case, corpus))


def problems(case: Case, corpus: Corpus) -> list[tuple[str, str]]:
    """The problems that the case's rule sees, each as a line of output and its subject."""
    found = []
    for ticket, problem in case.rule.check(corpus, case.rule.options(**case.options)):
        span = corpus.sources[ticket.path].locate(problem.line, problem.mark)
        level = problem.level or case.rule.level
        text = f"{ticket.path}:{span.line}:{span.column}: {level}: {problem.message} [{case.rule.name}]\n"
        found.append((ticket.path, span.line, span.column, text, problem.subject))
    return [(text, subject) for *_, text, subject in sorted(found)]


def read(case: Case) -> Corpus:
    vocabulary = Vocabulary.builtin()
    sources = {path: Source.from_text(path, text) for path, text in {case.path: case.ticket, **case.others}.items()}
    tickets = without_findings_of_reports(
        ticket for source in sources.values() for ticket in extract(source, vocabulary)
    )
    paths = {ticket.path for ticket in tickets}
    others = {path: source for path, source in sources.items() if path not in paths}
    corpus = Corpus(tuple(tickets), vocabulary, sources, match_reports(tickets, others, vocabulary))
    return with_repository(corpus, case) if case.code else corpus


def with_repository(corpus: Corpus, case: Case) -> Corpus:
    """The corpus beside a repository that has the case's code in it."""
    with TemporaryDirectory() as folder:
        repository = Repository.begun(Path(folder))
        for day, files in sorted(case.code.items()):
            for path, text in files.items():
                repository.write(path, text)
            if day != NOT_COMMITTED:
                repository.commit(f"Change {', '.join(sorted(files))}", day)
        return with_code(corpus, corpus.tickets, Root(repository.root, named=True))


MANUALS = [case for rule in ALL for case in cases(rule, rule.manual)]
FIXTURES = [
    case
    for rule in ALL
    if (EDGE_CASES / f"{rule.name}.md").exists()
    for case in cases(rule, (EDGE_CASES / f"{rule.name}.md").read_text(encoding="utf-8"))
]


def name(case: Case) -> str:
    return f"{case.rule.name}: {case.heading}"


@pytest.mark.parametrize("case", MANUALS, ids=name)
def test_manual(case: Case) -> None:
    assert output(case) == case.expected


@pytest.mark.parametrize("case", FIXTURES, ids=name)
def test_edge_case(case: Case) -> None:
    assert output(case) == case.expected


@pytest.mark.parametrize("case", [case for case in FIXTURES if case.subjects is not None], ids=name)
def test_a_baseline_goes_on_knowing_a_problem(case: Case) -> None:
    """The subject is part of the fingerprint: whoever changes one brings accepted problems back."""
    assert [subject for _, subject in problems(case, read(case))] == case.subjects


@pytest.mark.parametrize("case", MANUALS + FIXTURES, ids=name)
def test_every_example_is_a_ticket(case: Case) -> None:
    assert extract(Source.from_text(case.path, case.ticket), Vocabulary.builtin())


@pytest.mark.parametrize("case", MANUALS + FIXTURES, ids=name)
def test_different_problems_of_a_ticket_have_different_subjects(case: Case) -> None:
    """Fixing one and adding another must not look as though nothing had changed."""
    said = list(case.rule.check(read(case), case.rule.options(**case.options)))
    messages = {(ticket.path, problem.message) for ticket, problem in said}
    assert len({(ticket.path, problem.subject) for ticket, problem in said}) >= len(messages)


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.name)
def test_manual_shows_bad_and_good(rule: Rule) -> None:
    examples = list(cases(rule, rule.manual))
    assert {example.heading for example in examples} == {"Bad", "Good"}
    assert all(bool(example.expected) == (example.heading == "Bad") for example in examples)
    assert rule.summary.endswith(".")


def test_all_rules_are_listed_and_sorted() -> None:
    folder = Path(str(rules.__file__)).parent
    modules = {path.stem.replace("_", "-") for path in folder.glob("*.py") if not path.name.startswith("_")}
    names = [rule.name for rule in ALL]
    assert names == sorted(modules)


def test_every_rule_has_edge_cases() -> None:
    assert {path.stem for path in EDGE_CASES.glob("*.md")} == {rule.name for rule in ALL}
    assert {case.rule.name for case in FIXTURES} == {rule.name for rule in ALL}


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.name)
def test_every_option_says_what_it_is_and_has_a_default(rule: Rule) -> None:
    assert is_shape(rule.options)
    hints = get_type_hints(rule.options, include_extras=True)
    for option in msgspec.structs.fields(rule.options):
        assert get_origin(hints[option.name]) is Annotated
        assert str(get_args(hints[option.name])[1]).endswith(".")
    rule.options()


def test_a_refuted_ticket_without_refuting_words_is_reported_at_its_heading() -> None:
    """A library user may judge the premise by other means than the parser's."""
    rule = next(rule for rule in ALL if rule.name == "refuted-premise")
    vocabulary = Vocabulary.builtin()
    text = "---\nid: B1-OPS-05\nstatus: open\n---\n# Gull alarm rings at noon\n"
    (ticket,) = extract(Source.from_text("ticket.md", text), vocabulary)
    refuted = msgspec.structs.replace(ticket, premise="refuted")
    ((_, problem),) = rule.check(Corpus((refuted,), vocabulary), rule.options())
    assert (problem.line, problem.message) == (5, "the premise is refuted")


def test_a_conclusion_may_name_several_severities() -> None:
    """The record has a list of them, though the parser finds one."""
    rule = next(rule for rule in ALL if rule.name == "severity-disagreement")
    vocabulary = Vocabulary.builtin()
    text = "---\nid: B1-OPS-05\nseverity: P1\n---\n# Gull alarm rings at noon\n\n## Resolution\n\nRevised: P3 or P4.\n"
    (ticket,) = extract(Source.from_text("ticket.md", text), vocabulary)
    assert ticket.resolution
    resolution = msgspec.structs.replace(ticket.resolution, severity=("P3", "P4"))
    several = msgspec.structs.replace(ticket, resolution=resolution)
    ((_, problem),) = rule.check(Corpus((several,), vocabulary), rule.options())
    assert problem.message == "the resolution concludes P3 or P4, the ticket says P1"


@pytest.mark.parametrize(
    ("path", "filed"),
    [("ticket.md", True), ("2024/ticket.md", False), ("-", False)],
    ids=["in it", "deeper", "standard input"],
)
def test_the_working_folder_is_the_folder_of_what_lies_right_in_it(
    path: str, filed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Paths are relative to the working folder: who stands in ``fixed/`` checks ``ticket.md``."""
    (tmp_path / "fixed").mkdir()
    monkeypatch.chdir(tmp_path / "fixed")
    rule = next(rule for rule in ALL if rule.name == "status-conflict")
    said = output(Case(rule, "", path, "---\nid: B1-OPS-05\nstatus: open\n---\n# Gull alarm rings at noon\n"))
    assert ("the ticket is filed as fixed" in said) == filed
