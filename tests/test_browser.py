"""The HTML report in a real browser: it works, it asks the network for nothing, and no ticket makes it do anything.

`make test-browser` runs these; they need Chromium and its driver (on Debian: apt install chromium-driver).
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

webdriver = pytest.importorskip("selenium.webdriver")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
DRIVER = shutil.which("chromedriver")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="there is no Chromium, or no driver for it"),
]

FIXTURES = Path(__file__).parent.parent / "fixtures" / "tickets"
HOSTILE = """\
# <script>alert(1)</script>

| Field | Value |
|-------|-------|
| **Ticket ID** | `B9-OPS-01` |
| **Severity** | =cmd() |
| **Status** | open" autofocus onfocus="alert(4) |
| **Agent** | `${alert(5)}{{ 7 * 7 }}` |
| **Domain** | "><img src=x onerror=alert(2)> |

## Cross-Review

| Reviewer | Verdict | Evaluation |
|----------|---------|------------|
| <b onclick=alert(6)>ops</b> | **OBJECT** | </script><script>alert(3)</script> <img src=http://example.invalid/a.png> |
| <i>nav</i> | **ENDORSE** | `</style><style>*{display:none}` |
"""

#: The texts of charts that do not lie whole in what shows them.
CUT_LABELS = """
return [...document.querySelectorAll("figure > svg text")].filter((text) => {
  const chart = text.closest("svg");
  const frame = getComputedStyle(chart).overflow === "visible" ? chart.closest("figure") : chart;
  const [inner, outer] = [text.getBoundingClientRect(), frame.getBoundingClientRect()];
  return inner.top < outer.top || inner.left < outer.left || inner.right > outer.right || inner.bottom > outer.bottom;
}).map((text) => text.textContent);
"""
Run = Callable[..., Any]
Open = Callable[..., Any]


@pytest.fixture(scope="module")
def driver() -> Iterator[Any]:
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1280,1000"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    found = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield found
    found.quit()


@pytest.fixture
def page(driver: Any, run: Run, folder: Path) -> Iterator[Open]:
    """Opens the report of some tickets, and afterwards makes sure that nothing was complained of, nor asked for."""

    def show(*paths: str) -> Any:
        file = folder / "report.html"
        assert run("report", "--isolated", "--output-format", "html", "-o", str(file), *paths).status == 0
        driver.get(file.as_uri())
        driver.execute_async_script(
            "const done = arguments[0]; const wait = () => document.querySelector('.tools').hidden"
            " ? setTimeout(wait, 20) : done(); wait();"
        )
        return driver

    yield show
    assert driver.get_log("browser") == []
    events = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
    asked = [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]
    assert {url.split(":")[0] for url in asked} <= {"file", "data"}
    assert len({url for url in asked if url.startswith("file:")}) <= 1


def shown(driver: Any) -> list[str]:
    found: list[str] = driver.execute_script(
        "return [...document.querySelectorAll('#list tbody tr:not(.detail)')].filter((row) => !row.hidden)"
        ".map((row) => row.cells[0].textContent)"
    )
    return found


def choose(driver: Any, label: str, value: str) -> None:
    driver.execute_script(
        "const labels = [...document.querySelectorAll('.tools label')];"
        "const label = labels.find((each) => each.firstChild.data === arguments[0]);"
        "const select = label.querySelector('select'); select.value = arguments[1];"
        "select.dispatchEvent(new Event('input', {bubbles: true}));",
        label,
        value,
    )


def test_search(page: Open) -> None:
    driver = page(str(FIXTURES))
    assert len(shown(driver)) == 14
    driver.find_element("id", "search").send_keys("depth eider")
    assert shown(driver) == ["B2-NAV-01"]
    assert driver.find_element("id", "count").text == "1 of 14 tickets"
    driver.execute_script("document.querySelector('.tools button').click()")
    driver.execute_async_script("setTimeout(arguments[0], 50)")
    assert driver.find_element("id", "count").text == "14 tickets"


def test_search_finds_what_reviewers_say(page: Open) -> None:
    driver = page(str(FIXTURES))
    driver.find_element("id", "search").send_keys("sorts by arrival")
    assert shown(driver) == ["B3-OPS-07"]


def test_filters(page: Open) -> None:
    driver = page(str(FIXTURES))
    choose(driver, "Severity", "P1")
    assert shown(driver) == ["B1-PAY-03", "B2-NAV-01"]
    choose(driver, "Disposition", "wont-fix")
    assert shown(driver) == ["B2-NAV-01"]


def test_sort(page: Open) -> None:
    driver = page(str(FIXTURES))
    by_name = driver.find_element("css selector", "#list th:first-child button")
    driver.execute_script("arguments[0].click()", by_name)
    assert shown(driver)[:2] == ["B1-NAV-04", "B1-OPS-02"]
    head = driver.find_element("css selector", "#list th:first-child")
    assert head.get_attribute("aria-sort") == "ascending"
    driver.execute_script("arguments[0].click()", by_name)
    assert shown(driver)[0] == "B3-PAY-04"
    found = driver.find_element("css selector", "#list th:last-child button")
    driver.execute_script("arguments[0].click()", found)
    driver.execute_script("arguments[0].click()", found)
    assert shown(driver)[0] == "B2-NAV-01"  # twelve diagnostics: numbers sort as numbers


def test_a_row_opens_by_keyboard(page: Open) -> None:
    driver = page(str(FIXTURES))
    button = driver.find_element("xpath", "//table[@id='list']//button[text()='B2-NAV-01']")
    driver.execute_script("arguments[0].focus()", button)
    button.send_keys("\ue007")  # Enter
    assert button.get_attribute("aria-expanded") == "true"
    detail = driver.find_element("id", button.get_attribute("aria-controls"))
    assert "navigation endorses what line 104 refutes" in detail.text.replace("`", "")
    assert len(detail.find_elements("css selector", ".badge.endorse")) == 2
    link = detail.find_element("css selector", "a").get_attribute("href")
    assert link.endswith("/fixtures/tickets/not-a-bug/B2-NAV-01.md")
    button.send_keys(" ")
    assert button.get_attribute("aria-expanded") == "false"
    assert driver.find_elements("css selector", "tr.detail") == []


def test_everything_is_reached_by_the_tab_key(page: Open) -> None:
    driver = page(str(FIXTURES))
    reached = driver.execute_script(
        "return [...document.querySelectorAll('a, button, input, select, .scroll')].every((each) => each.tabIndex >= 0)"
    )
    assert reached


def test_a_ticket_named_in_the_summary_opens_its_row(page: Open) -> None:
    driver = page(str(FIXTURES))
    driver.find_element("id", "search").send_keys("nothing has these words")
    assert shown(driver) == []
    link = driver.find_element("css selector", "#summary li a")
    driver.execute_script("arguments[0].click()", link)
    driver.execute_async_script("setTimeout(arguments[0], 100)")
    assert link.text in shown(driver)
    assert driver.find_element("css selector", "tr.detail").is_displayed()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [400, 1280])
def test_nothing_sticks_out(page: Open, width: int, scheme: str) -> None:
    driver = page(str(FIXTURES))
    media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    assert driver.execute_script("return innerWidth") == width
    assert driver.execute_script("return document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    paper = driver.execute_script("return getComputedStyle(document.body).backgroundColor")
    assert (paper == "rgb(20, 24, 27)") == (scheme == "dark")
    if folder := os.environ.get("SCREENSHOTS"):
        driver.save_screenshot(f"{folder}/{width}-{scheme}.png")
    driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_no_label_of_a_chart_is_cut(page: Open, folder: Path) -> None:
    """On a narrow screen letters grow in comparison: the first of a flow may stand out above it."""
    for number, severity in enumerate(["P0", "Very serious", *["P3"] * 60]):
        text = f"---\nid: X-{number}\nseverity: {severity}\nstatus: open\n---\n# Gate\n"
        (folder / f"{number}.md").write_text(text, "utf-8")
    driver = page(".")
    metrics = {"width": 400, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    assert driver.execute_script("return document.querySelectorAll('figure > svg text').length") > 6
    assert driver.execute_script(CUT_LABELS) == []
    driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_what_a_ticket_says_stays_text(page: Open, folder: Path) -> None:
    (folder / "hostile.md").write_text(HOSTILE, encoding="utf-8")
    driver = page("hostile.md")
    driver.execute_script("arguments[0].click()", driver.find_element("css selector", "#list td button"))
    text = driver.find_element("tag name", "body").text
    for said in ("<script>alert(1)</script>", "=cmd()", '"><img src=x onerror=alert(2)>', "${alert(5)}{{ 7 * 7 }}"):
        assert said in text
    assert "</script><script>alert(3)</script> <img src=http://example.invalid/a.png>" in text
    assert driver.execute_script("return document.querySelectorAll('img, #list i, [onclick], [onfocus]').length") == 0
    assert driver.execute_script("return document.scripts.length") == 2
    assert driver.execute_script("return document.querySelectorAll('style').length") == 1


def test_the_page_forbids_itself_everything_else(page: Open, driver: Any) -> None:
    page(str(FIXTURES))
    refused = driver.execute_async_script(
        """
        const done = arguments[0];
        const refused = [];
        document.addEventListener("securitypolicyviolation", (event) => {
          refused.push(event.effectiveDirective);
          if (refused.length === 3) done(refused.sort());
        });
        const script = document.createElement("script");
        script.textContent = "document.title = 'ran'";
        document.body.append(script);
        const image = document.createElement("img");
        image.src = "https://example.invalid/a.png";
        document.body.append(image);
        document.body.setAttribute("style", "color: red");
        """
    )
    assert refused == ["img-src", "script-src-elem", "style-src-attr"]
    assert driver.title == "Batch report"
    for log in ("browser", "performance"):  # which hold what this test did, and not the page
        driver.get_log(log)
