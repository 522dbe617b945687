"""The same record out of tickets that look nothing alike: shapes of metadata, several tickets in a file, languages."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from ticketaudit.extract import extract
from ticketaudit.text import Source
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import Vocabulary

VOCABULARY = Vocabulary.builtin()
SHARED = Path(__file__).resolve().parents[2] / "shared"


def read(text: str, path: str = "ticket.md") -> tuple[Ticket, ...]:
    return extract(Source.from_text(path, dedent(text).lstrip("\n")), VOCABULARY)


def one(text: str, path: str = "ticket.md") -> Ticket:
    (ticket,) = read(text, path)
    return ticket


def facts(ticket: Ticket) -> tuple[str | None, ...]:
    return ticket.id, ticket.title, ticket.severity, ticket.status


BELL = ("B1-NAV-07", "Bell rings twice", "High", "Open")

SHAPES = {
    "bold keys set off by a dash": """
        # Bell rings twice

        **ID** - B1-NAV-07
        **Severity** – High
        **Status** — Open
        """,
    "a table of keys and values": """
        # Bell rings twice

        | Field | Value |
        |-------|-------|
        | ID | B1-NAV-07 |
        | Severity | High |
        | Status | Open |
        """,
    "one whose header is the first entry": """
        # Bell rings twice

        | ID | B1-NAV-07 |
        |----|-----------|
        | Severity | High |
        | Status | Open |
        """,
    "one with a remark behind each value": """
        # Bell rings twice

        | What | Value | Remark |
        |------|-------|--------|
        | ID | B1-NAV-07 | see the register |
        | Severity | High | the mate's word |
        | Status | Open | |
        """,
    "one with two entries in a row": """
        # Bell rings twice

        | ID | B1-NAV-07 | Severity | High |
        |----|-----------|----------|------|
        | Status | Open | Owner | Mate |
        """,
    "keys across, one row of values": """
        # Bell rings twice

        | ID | Severity | Status | Owner |
        |----|----------|--------|-------|
        | B1-NAV-07 | High | Open | Mate |
        """,
    "no outer pipes": """
        # Bell rings twice

        Field | Value
        --- | ---
        ID | B1-NAV-07
        Severity | High
        Status | Open
        """,
    "an HTML table": """
        # Bell rings twice

        <table>
          <tr><th>ID</th><td>B1-NAV-07</td></tr>

          <tr><th>Severity</th><td><b>High</b></td></tr>
          <tr><th>Status</th><td>Open
        </table>
        """,
    "bold labels": """
        # Bell rings twice

        **ID:** B1-NAV-07
        **Severity**: High
        **Status: Open**
        """,
    "bold labels on one line": """
        # Bell rings twice

        **ID:** B1-NAV-07 | **Severity:** High · **Status:** Open
        """,
    "bold labels with nothing between": """
        # Bell rings twice

        **ID:** B1-NAV-07 **Severity:** High **Status:** Open
        """,
    "plain labels": """
        # Bell rings twice

        ID: B1-NAV-07
        Severity: High
        Status: Open
        """,
    "plain labels on one line, in a quotation": """
        # Bell rings twice

        > ID: B1-NAV-07 | Severity: High | Status: Open
        """,
    "slanted labels behind symbols": """
        # Bell rings twice

        🔔 *ID*: B1-NAV-07
        ⚠️ *Severity*: High
        📌 *Status*: Open
        """,
    "a list": """
        # Bell rings twice

        - ID: B1-NAV-07
        - Severity: High
        - Status: Open
        """,
    "checked items": """
        # Bell rings twice

        **ID:** B1-NAV-07
        **Status:** Open
        **Severity:**

        - [ ] Critical
        - [x] High
        - [ ] Low
        """,
    "a section per field": """
        # B1-NAV-07: Bell rings twice

        ## Severity

        - [ ] Critical
        - [x] High

        ## Status

        **Open**
        """,
    "sections with the value in the heading": """
        # B1-NAV-07: Bell rings twice

        Rings.

        ## Severity: High

        ## Status: Open
        """,
    "YAML in front": """
        ---
        id: B1-NAV-07
        severity: High
        status: Open
        ---

        # Bell rings twice
        """,
    "nested YAML in front, the title in it": """
        ---
        title: Bell rings twice
        ticket:
          id: B1-NAV-07
          severity: High
          status: Open
        ---

        ## Description

        It does.
        """,
    "TOML in front": """
        +++
        id = "B1-NAV-07"
        [state]
        severity = "High"
        status = 'Open'
        +++

        # Bell rings twice
        """,
    "a fence of TOML": """
        ```toml
        [finding]
        "id" = "B1-NAV-07"
        severity = "High"
        status = "Open"
        ```

        # Bell rings twice
        """,
    "a fence of YAML": """
        # Bell rings twice

        ```yaml
        id: B1-NAV-07
        severity: High
        status: Open
        ```
        """,
    "a setext heading": """
        Bell rings twice
        ================

        ID: B1-NAV-07
        Severity: High
        Status: Open
        """,
    "id and severity in the heading": """
        # [B1-NAV-07] [High] Bell rings twice

        **Status:** Open
        """,
    "preformatted text": """
        # Bell rings twice

        <pre>ID: B1-NAV-07
        Severity: High
        Status: Open</pre>

        It does.
        """,
    "a fence without a name": """
        # Bell rings twice

        ```
        id: B1-NAV-07
        severity: High
        status: Open
        ```
        """,
    "bold keys without a colon in a list": """
        # Bell rings twice

        - **ID** B1-NAV-07
        - **Severity** High
        - **Status** Open
        """,
    "a field list": """
        # Bell rings twice

        :ID: B1-NAV-07
        :Severity: High
        :Status: Open
        """,
    "equals signs": """
        # Bell rings twice

        ID = B1-NAV-07
        Severity = High
        Status = Open
        """,
    "everything in the heading": """
        # Ticket B1-NAV-07: High - Bell rings twice (Open)

        It rings.
        """,
}


@pytest.mark.parametrize("text", SHAPES.values(), ids=SHAPES)
def test_every_shape_of_metadata_gives_the_same_record(text: str) -> None:
    assert facts(one(text)) == BELL


PAGE = Path(__file__).resolve().parents[1] / "docs" / "layouts.md"
SHOWN = re.findall(r"^~~~~markdown\n(.*?)^~~~~$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("text", SHOWN)
def test_the_page_on_layouts_shows_one_record_in_many_shapes(text: str) -> None:
    assert facts(one(text)) == ("NAV-7", "Bell rings twice", "High", "open")


def test_the_page_on_layouts_shows_examples() -> None:
    assert len(SHOWN) > 5


LANGUAGES = {
    "German": (
        """
        # Befund: Glocke läutet doppelt

        | Feld | Wert |
        |------|------|
        | Kennung | B1-NAV-07 |
        | Schweregrad | hoch |
        | Status | in Bearbeitung |
        | Gemeldet am | 4. März 2025 |
        | Zuständig | Maat |

        ## Überprüfung

        - [x] Einmal geläutet

        ## Lösungsvorschlag

        Den Klöppel festziehen.
        """,
        ("B1-NAV-07", "Glocke läutet doppelt", "hoch", "open", 1, "2025-03-04"),
    ),
    "French": (
        """
        # Anomalie : la cloche sonne deux fois

        - **Identifiant** : B1-NAV-07
        - **Gravité** : élevée
        - **Statut** : résolu
        - **Créé le** : 4 mars 2025

        ## Critères d'acceptation

        - [x] Elle sonne une fois

        ## Correctif

        Serrer le battant.
        """,
        ("B1-NAV-07", "la cloche sonne deux fois", "élevée", "closed", 1, "2025-03-04"),
    ),
    "Spanish": (
        """
        # Hallazgo: la campana suena dos veces

        **Identificador:** B1-NAV-07
        **Severidad:** alta
        **Estado:** abierto
        **Fecha:** 4 de marzo de 2025

        ## Verificación

        - [ ] Suena una vez

        ## Solución propuesta

        Apretar el badajo.
        """,
        ("B1-NAV-07", "la campana suena dos veces", "alta", "open", 1, "2025-03-04"),
    ),
    "Portuguese": (
        """
        ---
        código: B1-NAV-07
        título: O sino toca duas vezes
        gravidade: alta
        estado: concluído
        data de criação: 4 de março de 2025
        ---

        ## Verificação

        - [x] Toca uma vez

        ## Correção

        Apertar o badalo.
        """,
        ("B1-NAV-07", "O sino toca duas vezes", "alta", "closed", 1, "2025-03-04"),
    ),
    "Russian": (
        """
        # Дефект: колокол звонит дважды

        | Поле | Значение |
        |------|----------|
        | Номер | B1-NAV-07 |
        | Серьёзность | Высокая |
        | Статус | В работе |
        | Дата создания | 4 марта 2025 |

        ## Проверка

        - [ ] Звонит один раз

        ## Исправление

        Затянуть язык.
        """,
        ("B1-NAV-07", "колокол звонит дважды", "Высокая", "open", 1, "2025-03-04"),
    ),
    "Chinese": (
        """
        # 缺陷：船铃响两次

        **编号：** B1-NAV-07
        **严重程度：** 高（乘客惊慌）
        **状态：** 已修复
        **发现日期：** 2025年3月4日

        ## 验证

        - [x] 只响一次

        ## 修复建议

        拧紧铃锤。
        """,
        ("B1-NAV-07", "船铃响两次", "高（乘客惊慌）", "closed", 1, "2025-03-04"),
    ),
    "Japanese": (
        """
        # 不具合: 船の鐘が二度鳴る

        | 項目 | 内容 |
        |------|------|
        | 管理番号 | B1-NAV-07 |
        | 重大度 | 高 |
        | ステータス | 対応中 |
        | 発見日 | 2025年3月4日 |

        ## 検証

        - [ ] 一度だけ鳴る

        ## 対策

        舌を締める。
        """,
        ("B1-NAV-07", "船の鐘が二度鳴る", "高", "open", 1, "2025-03-04"),
    ),
}


@pytest.mark.parametrize(("text", "expected"), LANGUAGES.values(), ids=LANGUAGES)
def test_tickets_are_read_in_their_own_language(text: str, expected: tuple[object, ...]) -> None:
    ticket = one(text)
    boxes = sum(len(checklist.items) for checklist in ticket.checklists if checklist.role == "verification")
    assert (ticket.id, ticket.title, ticket.severity, ticket.state, boxes, ticket.created) == expected
    assert VOCABULARY.severity_rank(ticket.severity or "") == 1
    assert [section.role for section in ticket.sections][-2:] == ["verification", "fix"]


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("# 🔴 BUG-7: CRITICAL - Bell is gone", ("BUG-7", "Bell is gone", "CRITICAL")),
        ("# BUG #7: Bell is gone - **FIXED in 2.1**", ("BUG #7", "Bell is gone", None)),
        ("# FIX: BUG #7 - Bell is gone", ("BUG #7", "Bell is gone", None)),
        ("# Story NAV-1.10: Bell is gone", ("NAV-1.10", "Bell is gone", None)),
        ("# NAV-3.B.2: Bell is gone", ("NAV-3.B.2", "Bell is gone", None)),
        ("# [B1-NAV-07] Bell — is gone (again)", ("B1-NAV-07", "Bell — is gone (again)", None)),
        ("# Incident: the bell is gone", (None, "the bell is gone", None)),
        ("# Utf8-ness of the bell", (None, "Utf8-ness of the bell", None)),
        ("# [WIP] Bell is gone", (None, "[WIP] Bell is gone", None)),
        ("# NAV-12 Bell is gone", ("NAV-12", "Bell is gone", None)),
        ("# NAV-12 鐘が鳴らない", ("NAV-12", "鐘が鳴らない", None)),
        ("# NAV-12 bells are gone", (None, "NAV-12 bells are gone", None)),
        ("# UTF-8: bells are mangled", (None, "UTF-8: bells are mangled", None)),
        ("# HTTP 404: the bell is gone", (None, "HTTP 404: the bell is gone", None)),
        ("# Low: the bell is gone", (None, "Low: the bell is gone", None)),
        ("# BUG-7: Bell is gone 🟠 High", ("BUG-7", "Bell is gone", "🟠 High")),
        ("# BUG-7: Bell is gone ⚓ Harbour", ("BUG-7", "Bell is gone ⚓ Harbour", None)),
        ("# BUG-7: Bell is gone (again)", ("BUG-7", "Bell is gone (again)", None)),
        ("# BUG-7: Bell is gone (not a bug, closed)", ("BUG-7", "Bell is gone", None)),
        ("# BUG-7: Bell is gone — High", ("BUG-7", "Bell is gone — High", None)),
        ("# BUG-7: Bell is gone — HIGH", ("BUG-7", "Bell is gone", "HIGH")),
        ("# BUG-7: Bell is gone - **Open**", ("BUG-7", "Bell is gone", None)),
        ("# Finding 3: Bell is gone", ("Finding 3", "Bell is gone", None)),
        ("# Finding 3", ("Finding 3", None, None)),
        ("# BUG#7: Bell is gone", ("BUG#7", "Bell is gone", None)),
        ("# Problem with the bell", (None, "Problem with the bell", None)),
        ("# Ticket: Bug: the bell", (None, "Bug: the bell", None)),
        ("# [Bug] NAV-7: Bell is gone", ("NAV-7", "Bell is gone", None)),
        ("# 【Bug】 the bell", (None, "the bell", None)),
        ("# ID: NAV-7", ("NAV-7", None, None)),
        ("# Deck: [NAV-7] Bell is gone", ("NAV-7", "Bell is gone", None)),
        ("# Deck: bell is gone", (None, "Deck: bell is gone", None)),
        ("# Finding 3.2: Bell is gone", ("3.2", "Bell is gone", None)),
        ("# ⚠️ NAV-7: Bell is gone", ("NAV-7", "Bell is gone", None)),
        ("# 👷🏽‍♂️ NAV-7: Bell is gone", ("NAV-7", "Bell is gone", None)),
        ("# ⚓ Bell is gone", (None, "⚓ Bell is gone", None)),
        ("# Bug: [NAV-7] Bell is gone", ("NAV-7", "Bell is gone", None)),
        ("# 缺陷 ：船铃响两次", (None, "船铃响两次", None)),
        ("# [P1] Bell is gone", (None, "Bell is gone", "P1")),
        ("# [2025-01-02] Bell is gone", (None, "[2025-01-02] Bell is gone", None)),
    ],
)
def test_a_heading_gives_id_title_and_severity(heading: str, expected: tuple[str | None, ...]) -> None:
    ticket = one(f"{heading}\n\n**Status:** open\n**Reporter:** mate\n")
    assert (ticket.id, ticket.title, ticket.severity) == expected


def test_what_looks_like_an_id_is_part_of_the_title_where_the_ticket_has_another() -> None:
    ticket = one("# SHA-256: sum is wrong\n\n**ID:** B1-NAV-07\n**Status:** open\n")
    assert (ticket.id, ticket.title) == ("B1-NAV-07", "SHA-256: sum is wrong")
    ticket = one("# MK-3: engine is loud\n\n**ID:** B1-NAV-07\n**Status:** open\n")
    assert (ticket.id, ticket.title) == ("B1-NAV-07", "MK-3: engine is loud")


def test_what_looks_like_an_id_is_no_part_of_the_title_of_a_finding_among_others() -> None:
    entries = "**ID:** B1-NAV-0{0}\n**Severity:** High\n**Status:** open\n"
    first, second = read(f"# Round\n\n## 1. Bell\n\n{entries.format(1)}\n## F-2: Rope\n\n{entries.format(2)}")
    assert [(each.id, each.title) for each in (first, second)] == [("B1-NAV-01", "Bell"), ("B1-NAV-02", "Rope")]


@pytest.mark.parametrize(
    ("path", "ident"),
    [
        ("adr/ADR-11.md", "ADR-11"),
        ("rfcs/RFC0027-Bells.md", "RFC0027"),
        ("0042-bells.md", "0042"),
        ("a/NAV-3.A.5.bells.md", "NAV-3.A.5"),
        ("2024-03-01-bells.md", None),
        ("BELL-2024-03-01.md", None),
        ("bells.md", None),
    ],
)
def test_the_file_name_gives_the_id_where_nothing_else_does(path: str, ident: str | None) -> None:
    assert one("# Bell\n\n**Status:** open\n**Date:** 2025-01-02\n", path).id == ident


@pytest.mark.parametrize("ident", ["BELL-A", "7", "Bug in deck 3"])
def test_an_id_has_a_digit_or_a_hyphen_and_a_few_words_at_most(ident: str) -> None:
    assert one(f"# Bell\n\n**ID:** {ident}\n**Status:** open\n").id == ident


@pytest.mark.parametrize("ident", ["bell", "the bell of deck 3", "the bell-ringer"])
def test_other_words_are_none(ident: str) -> None:
    assert one(f"# Bell\n\n**ID:** {ident}\n**Status:** open\n").id is None


def test_an_id_in_brackets_behind_the_title_counts_where_the_file_has_it_too() -> None:
    text = "# Bell loops ({})\n\n**Status:** open\n"
    assert [(t.id, t.title) for t in read(text.format("#12"), "12.md")] == [("#12", "Bell loops")]
    assert [(t.id, t.title) for t in read(text.format("NAV-12"), "NAV-12.md")] == [("NAV-12", "Bell loops")]
    assert [(t.id, t.title) for t in read(text.format("#12"), "bells.md")] == [(None, "Bell loops (#12)")]
    again = "# Bell NAV-12 loops (NAV-12)\n\n**Status:** open\n"
    assert [(t.id, t.title) for t in read(again, "NAV-12.md")] == [("NAV-12", "Bell NAV-12 loops")]


@pytest.mark.parametrize(
    ("heading", "ident", "title", "severity"),
    [
        ("P1: Bell rings", None, "Bell rings", "P1"),
        ("SEV-1: Bell rings", None, "Bell rings", "SEV-1"),
        ("Low: Bell rings", None, "Low: Bell rings", None),
        ("🔔Low: Bell rings", None, "Bell rings", "🔔Low"),
        ("Note: H-1: Bell", "H-1", "Bell", "High"),
        ("Note: H-1", "H-1", None, "High"),
        ("Note: NAV-7: Bell", None, "Note: NAV-7: Bell", None),
        ("The bell of old: H-1: Bell", None, "The bell of old: H-1: Bell", None),
        ("Ticket ID: NAV-7", "NAV-7", None, None),
        ("Bell: it rings: NAV-7", None, "Bell: it rings: NAV-7", None),
    ],
)
def test_what_a_heading_tells(heading: str, ident: str | None, title: str | None, severity: str | None) -> None:
    ticket = one(f"# {heading}\n\n**Status:** open\n")
    assert (ticket.id, ticket.title, ticket.severity) == (ident, title, severity)


@pytest.mark.parametrize(
    ("heading", "path", "title"),
    [
        ("2. Use bells", "0002-use-bells.md", "Use bells"),
        ("02. Use bells", "0002-use-bells.md", "Use bells"),
        ("10. Use bells", "0010-use-bells.md", "Use bells"),
        ("3. Use bells", "0002-use-bells.md", "3. Use bells"),
    ],
)
def test_a_number_is_that_of_the_file_whatever_its_zeros(heading: str, path: str, title: str) -> None:
    (ticket,) = read(f"# {heading}\n\n**Status:** open\n", path)
    assert (ticket.id, ticket.title) == (path[:4], title)


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("Bug in deck 3: it rings", "it rings"),
        ("[Bug in deck 3] it rings", "it rings"),
        ("(Bug in deck 3) - it rings", "it rings"),
        ("Bug in deck 34 rings", "Bug in deck 34 rings"),
        ("X Bug in deck 3 rings", "X Bug in deck 3 rings"),
    ],
)
def test_the_id_of_the_metadata_is_no_part_of_the_title(heading: str, title: str) -> None:
    assert one(f"# {heading}\n\n**ID:** Bug in deck 3\n**Status:** open\n").title == title


def test_names_of_files_are_read_with_either_slash() -> None:
    for slash in "/\\":
        (named,) = read("# Bell\n\n**Status:** open\n", f"bugs{slash}NAV-12.md")
        (behind,) = read("# Bell (#12)\n\n**Status:** open\n", f"bugs{slash}12.md")
        (before,) = read("# 12. Bell\n\n**Status:** open\n", f"bugs{slash}0012-bell.md")
        assert [named.id, behind.id, behind.title, before.title] == ["NAV-12", "#12", "Bell", "Bell"]


def test_the_number_of_the_file_is_no_part_of_its_title_but_of_those_of_its_findings() -> None:
    one, two = read("# Round\n\n## [F-1] 12 bells are gone [High]\n\n## [F-2] 12 oars are [Low]\n", "12-bells.md")
    assert (one.title, two.title) == ("12 bells are gone", "12 oars are")
    (whole,) = read("# 12 Bells are gone\n\n**Status:** open\n", "12-bells.md")
    assert (whole.id, whole.title) == ("12", "Bells are gone")


def test_the_number_in_a_tracker_gives_way_to_the_id_in_the_heading() -> None:
    text = "# {}: Bell rings twice\n\n**Issue:** {}\n**Status:** open\n"
    assert one(text.format("NAV-7", "#12")).id == "NAV-7"
    assert one(text.format("NAV-7", "12")).id == "NAV-7"
    assert one(text.format("Bug #7", "12")).id == "12"
    assert one(text.format("NAV-7", "B1-NAV-07")).id == "B1-NAV-07"
    assert one(text.format("NAV-7", "X12")).id == "X12"


@pytest.mark.parametrize("value", ["<id>", "{id}", "B{n}-{team}-{nn}", "{id} (e.g. NAV-7)"])
def test_an_id_to_fill_in_makes_a_template(value: str) -> None:
    assert read(f"# Bell\n\n**ID:** `{value}`\n**Severity:** High\n**Status:** open\n") == ()


@pytest.mark.parametrize("value", ["<name>", "{name}", "YYYY-MM-DD", "yyyy-mm-dd"])
def test_a_value_to_fill_in_is_none(value: str) -> None:
    assert one(f"# NAV-7: Bell\n\n**Assignee:** {value}\n**Status:** open\n").assignee is None


def test_a_value_that_can_be_no_id_is_none() -> None:
    ticket = one("# Bell\n\n**Issue:** the bell rings twice a day\n**RFC:** RFC\n**Status:** open\n", "RFC0009.md")
    assert ticket.id == "RFC0009"


@pytest.mark.parametrize(
    "line",
    [
        "- **Status** quo is what we want here",
        "**Status** closed",
        "Status = open == closed and so on",
        "Status == open",
    ],
)
def test_prose_that_begins_with_the_name_of_a_field_is_none(line: str) -> None:
    assert one(f"# NAV-1: Bell\n\n**Severity:** High\n\n{line}\n").status is None


@pytest.mark.parametrize(
    "choice", ["[open|closed]", "Open / Closed", "open, closed", "(fresh | stale | rotten)"], ids=["|", "/", ",", "own"]
)
def test_a_status_to_choose_makes_a_template(choice: str) -> None:
    assert read(f"# Bell\n\n**Severity:** High\n**Status:** {choice}\n") == ()


@pytest.mark.parametrize("choice", ["Low, Medium, High", "Low / Medium / High", "P1|P2|P3"])
def test_and_so_does_a_severity(choice: str) -> None:
    assert read(f"# Bell\n\n**Severity:** {choice}\n**Status:** open\n") == ()


def test_two_names_of_one_severity_are_no_choice() -> None:
    assert one("# Bell\n\n**Severity:** High / P1\n**Status:** Open\n").severity == "High / P1"


def test_a_severity_alone_in_the_text_counts_where_it_is_the_only_one() -> None:
    text = "---\nid: B1-NAV-07\nstatus: open\n---\n# Bell\n\n## Impact\n\n- **Severity**: {}\n"
    assert one(text.format("Low")).severity == "Low"
    assert one(text.format("Low") + "- **Severity**: High\n").severity is None
    assert one(text.format("it depends")).severity is None


def test_what_a_reviewer_or_a_resolution_says_is_no_metadata() -> None:
    ticket = one("# B1-NAV-07: Bell\n\n**Status:** open\n\n## Resolution\n\n### Severity\n\nHigh\n\n- Severity: Low\n")
    assert (ticket.severity, ticket.status) == (None, "open")


def test_a_title_of_markup_is_a_title() -> None:
    assert one("# <script>alert(1)</script>\n\n**Status:** open\n").title == "<script>alert(1)</script>"


def test_a_severity_may_come_from_the_heading_around_or_from_the_letter_of_the_id() -> None:
    text = "# Audit\n\n## High Risk Findings\n\n### [F-01] Bell\n\nGone.\n\n## Others\n\n### [M-02] Rope\n\nShort.\n"
    assert [ticket.severity for ticket in read(text)] == ["High", "Medium"]


@pytest.mark.parametrize(
    ("value", "severity", "priority"), [("High / P2", "High", "P2"), ("P2", "P2", "P2"), ("P1 / P2 / P3", None, None)]
)
def test_one_key_may_name_two_fields(value: str, severity: str | None, priority: str | None) -> None:
    ticket = one(f"# NAV-1: Bell\n\n**Status:** open\n**Severity / Priority:** {value}\n")
    assert (ticket.severity, ticket.priority) == (severity, priority)


def test_words_around_the_one_that_counts_do_not_hide_it() -> None:
    ticket = one("# NAV-1: Bell\n\n**Current Status:** open\n**Severity Level (1-5):** High\n")
    assert (ticket.status, ticket.severity) == ("open", "High")


def test_the_number_of_the_file_is_the_id_and_not_the_title() -> None:
    ticket = one("# 2. Use bells\n\nDate: 2025-01-02\n\n## Status\n\nAccepted\n", "adr/0002-use-bells.md")
    assert (ticket.id, ticket.title, ticket.status, ticket.created) == ("0002", "Use bells", "Accepted", "2025-01-02")


def test_a_first_line_is_the_title_where_no_heading_is() -> None:
    rest = "\n\n**ID:** NAV-1\n**Status:** open\n\n## Background\n\nIt does.\n"
    assert one(f"Bell rings twice{rest}").title == "Bell rings twice"
    assert one(f"{'x' * 120}{rest}").title == "x" * 120
    for text in ("> Bell rings twice", "Bell rings\ntwice", "**Bell:** twice", "x" * 121):
        assert one(f"{text}{rest}").title is None


def test_a_part_that_can_be_folded_is_a_finding_too() -> None:
    text = "# Bugs\n"
    for number, severity in enumerate(("High", "Low"), 1):
        text += (
            f"\n<details>\n<summary><b>BUG-{number}</b> — Bell &nbsp; 🟠 {severity}</summary>\n\n| Field | Value |\n"
        )
        text += "|---|---|\n| Status | open |\n\n</details>\n"
    assert [facts(ticket)[:2] for ticket in read(text)] == [("BUG-1", "Bell"), ("BUG-2", "Bell")]


def test_a_change_log_tells_when_a_ticket_was_written_and_updated() -> None:
    head = "# NAV-1: Bell\n\n**Status:** open\n\n## Change Log\n\n| Date | Version | Change |\n|---|---|---|\n"
    rows = "| 2025-03-02 | 2 | Louder |\n| 2025-02-01 | 1 | Written |\n"
    ticket = one(head + rows)
    assert (ticket.created, ticket.updated) == ("2025-02-01", "2025-03-02")
    ticket = one(head + "| 2025-02-01 | 1 | Written |\n")
    assert (ticket.created, ticket.updated) == ("2025-02-01", None)
    dated = head.replace("**Status:** open", "**Status:** open\n**Date:** 2025-01-01")
    ticket = one(dated + "| 2025-02-01 | 1 | Louder |\n")
    assert (ticket.created, ticket.updated) == ("2025-01-01", "2025-02-01")


@pytest.mark.parametrize(
    ("header", "created"), [("Version | Date", "2025-01-02"), ("Watch | Date", None), ("Version | Watch", None)]
)
def test_a_table_of_versions_under_the_title_is_a_change_log(header: str, created: str | None) -> None:
    rows = "| 1.0 | 2025-01-02 |\n| 1.1 | 2025-02-03 |\n"
    table = f"| {header} |\n|---|---|\n{rows}"
    for above, expected in (("", created), ("## Watches\n\n", None)):
        assert one(f"# NAV-7: Bell\n\n**Status:** open\n\n{above}{table}").created == expected


def test_the_day_it_was_fixed_is_the_last_update_where_none_is_named() -> None:
    text = "# NAV-1: Bell\n\n**Status:** fixed\n**Fixed:** 2025-03-02\n"
    assert one(text).updated == "2025-03-02"
    assert one(text + "**Updated:** 2025-04-01\n").updated == "2025-04-01"
    assert one(text.replace("2025-03-02", "by the mate")).updated is None


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2025-03-04 12:30", "2025-03-04"),
        ("20250304", "2025-03-04"),
        ("March 4th, 2025", "2025-03-04"),
        ("4 Mar 2025", "2025-03-04"),
        ("04.03.2025", "2025-03-04"),
        ("3/31/2025", "2025-03-31"),
        ("31/3/2025", "2025-03-31"),
        ("3/4/2025", None),
        ("4/3/25", None),
        ("31 February 2025", None),
        ("Version 1.2.2025", "2025-02-01"),
        ("v1.2.2025", None),
        ("soon", None),
    ],
)
def test_dates_as_people_write_them(text: str, date: str | None) -> None:
    assert one(f"# NAV-1: Bell\n\n**Status:** open\n**Created:** {text}\n").created == date


def test_front_matter_that_is_no_yaml_gives_what_can_be_read_and_a_defect() -> None:
    ticket = one("---\nid: NAV-1\nassignee: @mate\nstatus: open\nlabels: [deck, 'bell']\n---\n\n# Bell\n")
    assert (ticket.id, ticket.assignee, ticket.status) == ("NAV-1", "@mate", "open")
    assert [field.value for field in ticket.fields if field.key == "labels"] == ["deck", "bell"]
    assert [(defect.line, defect.message.partition(":")[0]) for defect in ticket.defects] == [
        (3, "the front matter cannot be read as YAML")
    ]


def test_front_matter_that_is_no_toml_gives_what_can_be_read_and_a_defect() -> None:
    ticket = one('+++\nid = "NAV-1"\nstatus = open\n+++\n\n# Bell\n')
    assert (ticket.id, ticket.status) == ("NAV-1", "open")
    assert [defect.line for defect in ticket.defects] == [2]


def test_toml_that_is_nested_too_deeply_gives_what_can_be_read_and_a_defect() -> None:
    ticket = one(f'+++\nid = "NAV-1"\nstatus = "open"\nbells = {"[" * 2000}{"]" * 2000}\n+++\n\n# Bell\n')
    assert (ticket.id, ticket.status) == ("NAV-1", "open")
    assert [defect.message for defect in ticket.defects] == [
        "the front matter cannot be read as TOML: nested too deeply"
    ]


def test_what_stands_in_the_mapping_of_a_field_tells_of_that_field() -> None:
    fields = "status:\n  name: Open\n  id: 3\nid: B1-NAV-07\nassignee: {name: Mate, id: 9}\n"
    ticket = one(f"---\n{fields}---\n\n# Bell rings twice\n")
    assert facts(ticket) == ("B1-NAV-07", "Bell rings twice", None, "Open")
    assert ticket.assignee == "Mate"
    assert one('+++\n[bug]\nid = "N-1"\n[bug.priority]\nname = "High"\n+++\n\n# Bell\n').priority == "High"


def test_prose_between_rules_is_no_front_matter() -> None:
    assert read("---\nA note: the bell\nrings twice, and nobody knows why\n---\n\n# Bell\n") == ()


SECTIONS = """
# Review of the bells

Three findings.

## Findings

### [H-01] Bell is gone

**Severity:** High
**File:** `deck/bell.py:10-12`

- [ ] Bell is back

### [M-02] Rope is short

**Severity:** Medium

#### Recommended fix

A longer one.

## Appendix

Nothing.
"""


def test_a_section_for_each_finding_is_a_ticket_for_each() -> None:
    first, second = read(SECTIONS)
    assert facts(first) == ("H-01", "Bell is gone", "High", None)
    assert facts(second) == ("M-02", "Rope is short", "Medium", None)
    assert (first.line, first.end_line, second.line, second.end_line) == (7, 13, 14, 21)
    assert [location.lines for location in first.locations] == [((10, 12),)]
    assert [len(ticket.checklists) for ticket in (first, second)] == [1, 0]
    assert [section.role for section in second.sections] == [None, "fix"]


def test_sections_may_be_numbered_and_have_their_fields_as_sections() -> None:
    first, second = read(
        """
        # Audit

        ## 1. Bell is gone

        ### Severity

        High

        ## 2.1 P2 – Rope is short

        It is.
        """
    )
    assert facts(first) == ("1", "Bell is gone", "High", None)
    assert facts(second) == ("2.1", "Rope is short", "P2", None)


def test_the_letter_of_an_id_numbers_findings() -> None:
    first, second = read("# Audit\n\n### H-1: Bell is gone\n\nIt is.\n\n### L-1: Rope is short\n\nIt is.\n")
    assert facts(first) == ("H-1", "Bell is gone", "High", None)
    assert facts(second) == ("L-1", "Rope is short", "Low", None)


def test_a_severity_in_brackets_makes_a_section_a_finding() -> None:
    first, second = read("# Audit\n\n## [P1] Bell is gone\n\nIt is.\n\n## 【P3】 Rope is short\n\nIt is.\n")
    assert facts(first) == (None, "Bell is gone", "P1", None)
    assert facts(second) == (None, "Rope is short", "P3", None)
    assert not read("# Plan\n\n## P1: Cast a bell\n\nIn May.\n\n## P3: Buy a rope\n\nIn June.\n")


def test_an_id_that_is_called_one_makes_a_section_a_finding() -> None:
    first, second = read("# Round\n\n## Ticket ID: B-01\n\nNo bell.\n\n## Ticket ID: B-02\n\nNo rope.\n")
    assert (first.id, second.id) == ("B-01", "B-02")
    assert not read("# Round\n\n## B-01: Bell\n\nNo bell.\n\n## B-02: Rope\n\nNo rope.\n")


def test_a_form_below_an_id_is_a_finding_though_nothing_in_it_is_known() -> None:
    form = "**Wache:** eins\n**Wetter:** Nebel\n**Kurs:** Nord\n\n"
    first, second = read(f"# Round\n\n## B-01: Bell\n\n{form}## B-02: Rope\n\n{form}## Crew\n\n{form}")
    assert [ticket.id for ticket in (first, second)] == ["B-01", "B-02"]
    assert not read(f"# Round\n\n## B-01: Bell\n\nGone.\n\n## B-02: Rope\n\nShort.\n\n## Crew\n\n{form}")


def test_a_heading_that_names_a_severity_has_findings_below_it() -> None:
    text = "# Audit\n\n## High Severity (1)\n\n### Bell is gone\n\n#### Impact\n\nSilence.\n\n"
    text += "## Low Severity (1)\n\n### Rope is short\n\nIt is.\n\n## Remarks\n\n### Crew\n\nFine.\n"
    first, second = read(text)
    assert facts(first) == (None, "Bell is gone", "High", None)
    assert facts(second) == (None, "Rope is short", "Low", None)


def test_a_ticket_that_has_findings_in_it_stays_one() -> None:
    text = "# B1-NAV-07: Bells\n\n**Severity:** High\n**Status:** open\n" + SECTIONS.partition("Three findings.")[2]
    assert facts(one(text)) == ("B1-NAV-07", "Bells", "High", "open")


ROWS = """
# Bells

| Bug ID | Severity | Component | Status | What |
|--------|----------|-----------|--------|------|
| **BUG-1** | 🔴 **CRITICAL** | Deck | ✅ FIXED | Bell is gone |
| BUG-2 | 🟢 low | Mast | ⏳ | Rope is short |
"""


def test_a_row_for_each_finding_is_a_ticket_for_each() -> None:
    first, second = read(ROWS)
    assert facts(first) == ("BUG-1", "Bell is gone", "🔴 CRITICAL", "✅ FIXED")
    assert facts(second) == ("BUG-2", "Rope is short", "🟢 low", "⏳")
    assert [ticket.state for ticket in (first, second)] == ["closed", "open"]
    assert [VOCABULARY.severity_rank(ticket.severity or "") for ticket in (first, second)] == [0, 3]
    assert [(ticket.line, ticket.end_line, ticket.is_row) for ticket in (first, second)] == [(5, 5, True), (6, 6, True)]


def test_a_table_of_severities_lists_findings_that_stand_nowhere_else() -> None:
    rows = "| N-1 | P1 | bell.c | It is cracked all along |\n| N-2 | P3 | rope.c | It is worn at the end |\n"
    table = f"# Round 1\n\n| ID | Severity | Location | Evidence |\n|-|-|-|-|\n{rows}"
    assert [(each.id, each.severity) for each in read(table, "round.md")] == [("N-1", "P1"), ("N-2", "P3")]
    sections = "## N-2: Rope\n\n**Severity:** P2\n\n## N-3: Mast\n\n**Severity:** P3\n"
    assert [each.id for each in read(f"{table}\n{sections}", "round.md")] == ["N-2", "N-3"]


ITEMS = """
# Survey of the harbour

## Findings

- **NAV-04 (High):** The chart is mirrored
  - File: `src/chart.c:12`

  Seen on the bridge.
- NAV-05 — The lamp flickers
  - **Severity:** Low
  - **Status:** open
- The rope was not looked at.

### On deck

1. [Medium] DECK-1: The rail is loose

Nothing else was seen.
"""


def test_list_items_with_an_id_and_a_severity_are_a_ticket_each() -> None:
    found = read(ITEMS)
    assert [facts(ticket) for ticket in found] == [
        ("NAV-04", "The chart is mirrored", "High", None),
        ("NAV-05", "The lamp flickers", "Low", "open"),
        ("DECK-1", "The rail is loose", "Medium", None),
    ]
    assert [(ticket.line, ticket.end_line) for ticket in found] == [(5, 8), (9, 11), (16, 16)]
    assert [(place.path, place.lines) for place in found[0].locations] == [("src/chart.c", ((12, 12),))]
    assert all(ticket.is_row for ticket in found)


def test_items_stand_in_groups_and_go_on_over_several_lines() -> None:
    first = "  - **NAV-04 (High):** The chart\n    is mirrored. Somebody saw it.\n"
    second = "  - NAV-05: lamp flickers\n    Severity: Low\n"
    found = read(f"# Survey\n\n## Findings\n\n- Deck\n{first}{second}")
    assert [facts(ticket)[:3] for ticket in found] == [
        ("NAV-04", "The chart is mirrored.", "High"),
        ("NAV-05", "lamp flickers", "Low"),
    ]


def test_a_ticket_whose_metadata_follow_its_findings_stays_one() -> None:
    metadata = "## Metadata\n\n- **ID:** B1-NAV-07\n- **Severity:** High\n- **Status:** open\n"
    assert facts(one(f"{ITEMS}\n{metadata}")) == ("B1-NAV-07", "Survey of the harbour", "High", "open")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("survey.md", ITEMS.replace("## Findings", "## What is new")),
        ("CHANGELOG.md", ITEMS),
        ("survey.md", "# Survey\n\n## Findings\n\n- **NAV-04 (High):** The chart\n- and NAV-05, which is not bad\n"),
        ("survey.md", "# Survey\n\n## Findings\n\n> - **NAV-04 (High):** The chart\n> - **NAV-05 (Low):** The lamp\n"),
        (
            "survey.md",
            "# Survey\n\n## Findings\n\n- NAV-04: chart\n  - Severity: odd\n- NAV-05: lamp\n  - Severity: even\n",
        ),
    ],
    ids=["another heading", "a changelog", "only one", "quoted", "no severity that is one"],
)
def test_other_list_items_are_no_tickets(path: str, text: str) -> None:
    assert "NAV-04" not in [ticket.id for ticket in read(text, path)]


def test_a_file_called_so_lists_findings_under_any_heading() -> None:
    text = "# Harbour\n\n- **NAV-04 (High):** The chart\n- **NAV-05 (Low):** The lamp\n"
    assert [ticket.id for ticket in read(text, "BUGS.md")] == ["NAV-04", "NAV-05"]


def test_a_ticket_that_lists_findings_stays_one() -> None:
    text = ITEMS.replace("# Survey of the harbour", "# B1-NAV-07: Survey\n\n**Severity:** High\n**Status:** open")
    assert facts(one(text)) == ("B1-NAV-07", "Survey", "High", "open")


def test_the_row_and_the_section_of_an_id_are_one_ticket() -> None:
    tickets = read(
        ROWS + "\n## BUG-1: The bell is gone\n\n### Description\n\nSince May.\n\n### Status\n\nFixed, I think\n"
    )
    assert [facts(ticket) for ticket in tickets] == [
        ("BUG-2", "Rope is short", "🟢 low", "⏳"),
        ("BUG-1", "The bell is gone", "🔴 CRITICAL", "✅ FIXED"),
    ]
    assert not tickets[1].is_row


def test_numbers_of_rows_and_of_sections_are_the_same_ids() -> None:
    (ticket,) = read(
        """
        # Bells

        | Bug # | Severity | Status |
        |-------|----------|--------|
        | #17 | Low | open |

        ## BUG #17: Bell is gone

        ### Status

        Open
        """
    )
    assert facts(ticket) == ("#17", "Bell is gone", "Low", "open")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("README.md", "# Bells\n\n**Status:** active\n**Author:** mate\n"),
        (
            "guide.md",
            "# Bells\n\n## Severity levels\n\n| Severity | Meaning |\n|---|---|\n| High | now |\n| Low | later |\n",
        ),
        (
            "summary.md",
            "# Round 1\n\n| ID | Severity | Finding |\n|---|---|---|\n| N-1 | P1 | Bell |\n| N-2 | P2 | Rope |\n",
        ),
        ("ticket-template.md", "# Ticket\n\n| Field | Value |\n|---|---|\n| ID | `{id}` |\n| Status | `open` |\n"),
        ("faults.md", "# Help\n\n## Problem 1: the bell is silent\n\nPull.\n\n## Problem 2: it is loud\n\nRun.\n"),
        ("CHANGELOG.md", "# Changes\n\n## [1.2.0] - 2025-01-01\n\n### Fixed\n\n- Bell\n\n## [1.1.0] - 2024-01-01\n"),
        ("page.md", "---\ntitle: Bells\ndate: 2025-01-01\ntags: [a]\n---\n\n# Bells\n\nText.\n"),
        ("bells.md", "# [Bell]\n\n**Severity:** Low / Medium / High\n**Status:** [Open|Closed]\n"),
        (
            "api.md",
            "# Bell\n\n| Field | Type |\n|---|---|\n| status | string |\n| priority | int |\n| created | date |\n",
        ),
        ("trials.md", "# Trials\n\n| ID | Status |\n|---|---|\n| TC-1 | pass |\n| TC-2 | fail |\n"),
        ("bell.md", "# Bell\n\n## Related\n\n| ID | Status |\n|---|---|\n| NAV-1 | open |\n| NAV-2 | open |\n"),
        ("plan.md", "# Plan\n\n| # | Task | Status |\n|---|---|---|\n| 1 | Bell | done |\n| 2 | Rope | open |\n"),
    ],
)
def test_other_documents_are_no_tickets(path: str, text: str) -> None:
    assert read(text, path) == ()


@pytest.mark.skipif(not SHARED.exists(), reason="the corpus of other formats is not here")
def test_the_families_of_other_formats_are_read() -> None:
    corpus, score = SHARED / "corpus" / "other-formats", SHARED / "score" / "score.py"
    parse = [sys.executable, "-m", "ticketaudit", "parse", "--output-format", "jsonl", str(corpus)]
    records = subprocess.run(parse, capture_output=True, text=True, check=True).stdout
    scored = subprocess.run(
        [sys.executable, str(score), "formats", str(corpus), "/dev/stdin"],
        input=records,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    figures = [float(line.partition("F1")[2].split()[0]) for line in scored.splitlines() if " F1 " in line]
    assert len(figures) == 13
    assert figures[-1] >= 0.92
    assert min(figures) >= 0.80
