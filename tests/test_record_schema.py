"""The records that `parse` prints are what `schema record` says they are."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from ticketaudit.__main__ import main

ROOT = Path(__file__).parent.parent
FIXTURES = ROOT / "fixtures" / "tickets"
CORPUS = ROOT.parent / "shared" / "corpus" / "finding-tickets"

#: The keys of a record in the order in which they are printed.
KEYS = re.findall(
    r"\w+",
    """
    path line end_line id title severity priority status state batch agent assignee domain created updated fields
    summary categories locations sections checklists reviews claims relations citations code resolution premise
    defects
    """,
)


def printed(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    assert main(list(map(str, arguments))) == 0
    return capsys.readouterr().out


def records(capsys: pytest.CaptureFixture[str], *paths: Path) -> list[dict[str, Any]]:
    lines = printed(capsys, "parse", "--isolated", "--output-format", "jsonl", *paths).splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture
def validator(capsys: pytest.CaptureFixture[str]) -> jsonschema.Draft202012Validator:
    schema = json.loads(printed(capsys, "schema", "record"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_records_of_the_fixtures(
    validator: jsonschema.Draft202012Validator, capsys: pytest.CaptureFixture[str]
) -> None:
    found = records(capsys, FIXTURES)
    assert len(found) >= 12
    for record in found:
        validator.validate(record)
        assert list(record) == KEYS


def test_json_holds_the_same_records(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, "parse", "--isolated", "--output-format", "json", FIXTURES)
    assert json.loads(text) == records(capsys, FIXTURES)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real tickets is not beside this checkout")
def test_records_of_the_corpus(validator: jsonschema.Draft202012Validator, capsys: pytest.CaptureFixture[str]) -> None:
    found = records(capsys, *(CORPUS / folder for folder in ("fixed", "not-a-bug", "triaged", "wontfix")))
    assert len(found) == 201
    for record in found:
        validator.validate(record)


@pytest.mark.parametrize(
    ("key", "value"),
    [("line", "1"), ("premise", "unknown"), ("state", "closed?"), ("domain", "tides"), ("reviews", [{}])],
)
def test_a_wrong_value_is_refused(
    validator: jsonschema.Draft202012Validator, capsys: pytest.CaptureFixture[str], key: str, value: object
) -> None:
    record = records(capsys, FIXTURES)[0]
    assert not validator.is_valid({**record, key: value})


@pytest.mark.parametrize("key", KEYS)
def test_every_key_is_required(
    validator: jsonschema.Draft202012Validator, capsys: pytest.CaptureFixture[str], key: str
) -> None:
    record = records(capsys, FIXTURES / "wontfix")[0]
    del record[key]
    assert not validator.is_valid(record)
