"""The figures of a real batch are those that its hand-made labels add up to, computed here from the labels alone."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from nltk.metrics.agreement import AnnotationTask

from ticketaudit.__main__ import main

SHARED = Path(__file__).parent.parent.parent / "shared"
TICKETS = SHARED / "corpus" / "finding-tickets"
GOLD = SHARED / "score" / "gold.jsonl"

pytestmark = pytest.mark.skipif(not GOLD.exists(), reason="the labelled corpus is not here")


@pytest.fixture(scope="module")
def gold() -> list[dict[str, Any]]:
    return [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def report(gold: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The report of the labelled tickets; the template beside them is no ticket of the batch."""
    file = tmp_path_factory.mktemp("report") / "report.json"
    paths = [str(TICKETS / ticket["file"]) for ticket in gold]
    assert main(["report", "--isolated", "--output-format", "json", "-o", str(file), *paths]) == 0
    found: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return found


def counted(report: dict[str, Any], attribute: str) -> dict[str | None, int]:
    (entry,) = (entry for entry in report["counts"] if entry["by"] == attribute)
    return {count["value"]: count["tickets"] for count in entry["counts"]}


@pytest.mark.parametrize("attribute", ["severity", "status", "batch", "agent", "disposition"])
def test_counts(report: dict[str, Any], gold: list[dict[str, Any]], attribute: str) -> None:
    assert report["summary"]["tickets"] == len(gold) == 201
    assert counted(report, attribute) == Counter(ticket[attribute] for ticket in gold)


def test_severity_by_disposition(report: dict[str, Any], gold: list[dict[str, Any]]) -> None:
    (table,) = (table for table in report["cross_tables"] if table["rows"] == "disposition")
    cells = {(cell["row"], cell["column"]): cell["tickets"] for cell in table["cells"]}
    assert cells == Counter((ticket["disposition"], ticket["severity"]) for ticket in gold)


def test_verdicts(report: dict[str, Any], gold: list[dict[str, Any]]) -> None:
    tally = Counter(review["verdict"] for ticket in gold for review in ticket["reviews"])
    assert report["verdicts"] == tally
    by_file = {ticket["file"]: Counter(review["verdict"] for review in ticket["reviews"]) for ticket in gold}
    for row in report["tickets"]:
        assert row["verdicts"] == by_file["/".join(row["path"].split("/")[-2:])]


def test_concluded_severities(report: dict[str, Any], gold: list[dict[str, Any]]) -> None:
    labelled = [ticket["severity_revised"] for ticket in gold if ticket["severity_revised"]]
    concluded = Counter(row["final_severity"] for row in report["tickets"] if row["concluded"])
    assert concluded == Counter(min(each) if isinstance(each, list) else each for each in labelled)


def test_refuted_premises_within_the_error_of_the_parser(report: dict[str, Any], gold: list[dict[str, Any]]) -> None:
    """What refutes a premise is said in free text: the parser may miss or take for one a few."""
    labelled = sum(ticket["premise_refuted"] for ticket in gold)
    assert counted(report, "premise")["refuted"] == pytest.approx(labelled, abs=3)


def discipline(reviewer: str) -> str:
    name = reviewer.casefold().replace("-", "").replace(" ", "")
    return next((word for word in ("drl", "pytorch", "code", "cross") if word in name), name)


def test_agreement(report: dict[str, Any], gold: list[dict[str, Any]]) -> None:
    """Alpha of the labels' verdicts, by nltk, over the last review of each discipline."""
    ratings = {
        (discipline(review["reviewer"]), ticket["file"]): review["verdict"]
        for ticket in gold
        for review in ticket["reviews"]
        if review["reviewer"] and review["verdict"] != "other"
    }
    several = Counter(file for _, file in ratings)
    task = AnnotationTask([(who, file, word) for (who, file), word in ratings.items() if several[file] > 1])
    (alpha,) = (found for found in report["agreement"][0]["coefficients"] if found["name"] == "Krippendorff's alpha")
    assert alpha["n"] == sum(count > 1 for count in several.values())
    assert alpha["value"] == pytest.approx(task.alpha(), abs=1e-6)
