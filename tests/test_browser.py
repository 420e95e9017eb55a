"""The HTML in a real browser: it opens, filters, prints, and holds WCAG 2.2 AA as far as axe tells.

Skips without Chromium; what asks axe skips without it (`.ci/run` installs both).
"""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from factcheck import fact_check
from factcheck.models import Report
from factcheck.report import render
from tests.samples import empty_report, sample_report

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "chrome"))), None)
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
TELL = """
const tell = (value) => {
  const out = document.createElement("pre");
  out.id = "told";
  out.textContent = JSON.stringify(value);
  document.body.replaceChildren(out);
};
const open = (root) => root.querySelectorAll("details").forEach((one) => { one.open = true; });
"""
AXE = """
open(document);
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
axe.run({ runOnly: { type: "tag", values: tags } }).then((found) => tell({
  passes: found.passes.length,
  violations: found.violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html}`)),
}));
"""
FILTERED = """
const filters = document.getElementById("filters");
const shown = () => document.querySelectorAll("#findings > ol > li:not([hidden])").length;
const put = (field, value) => {
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
};
const counts = { before: shown() };
put(filters.querySelector("select"), "disputed");
counts.disputed = shown();
put(filters.querySelector("select"), "");
put(filters.querySelector("input"), "brucke");
counts.plain = shown();
put(filters.querySelector("input"), "no finding has these words");
counts.none = shown();
counts.status = filters.querySelector("[role=status]").textContent;
filters.querySelector("button").click();
counts.after = shown();
// The same link twice, with the finding filtered away between.
const inside = (hash) => document.querySelector(`#findings ${hash}`);
const link = [...document.querySelectorAll("a.ref")].find((one) => inside(one.hash));
const leads = inside(link.hash).closest("li");
location.hash = link.hash;
put(filters.querySelector("input"), "no finding has these words");
counts.hidden = leads.hidden;
link.click();
counts.shown = !leads.hidden;
tell(counts);
"""
NARROW = """
const frame = document.querySelector("iframe");
frame.onload = () => {
  const inside = frame.contentDocument;
  open(inside);
  tell({ inner: inside.documentElement.clientWidth, scroll: inside.documentElement.scrollWidth });
};
frame.srcdoc = document.querySelector("template").content.textContent;
"""

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed"),
]


def axe_script() -> Path | None:
    """Where axe is installed, None where it is not."""
    package = find_spec("axe_playwright_python")
    places = package.submodule_search_locations if package else None
    return Path(places[0]) / "axe.min.js" if places else None


def seeds_report() -> Report:
    """The report on the five articles that come with the program, from the recorded run."""
    root = Path(__file__).parent.parent
    report = fact_check([root / "seeds"], replay=root / "cassettes" / "seeds.yaml")
    assert isinstance(report, Report)
    return report


def browse(page: str, tmp_path: Path, *options: str) -> str:
    """Run the browser on a page and return what it prints."""
    path = tmp_path / "page.html"
    path.write_text(page, encoding="utf-8")
    command = [str(CHROMIUM), *QUIET, f"--user-data-dir={tmp_path / 'profile'}", *options]
    run = subprocess.run(  # noqa: S603 (the browser, on our own page)
        [*command, path.as_uri()], capture_output=True, text=True, check=True, timeout=180
    )
    return run.stdout


def ask(page: str, tmp_path: Path, *scripts: str) -> dict[str, object]:
    """What scripts of the test, which the page without its policy lets run, find in it."""
    added = "".join(f"<script>{script}</script>" for script in (TELL, *scripts))
    tried = POLICY.sub("", page).replace("</body>", f"{added}</body>")
    options = (
        "--dump-dom",
        "--hide-scrollbars",
        "--virtual-time-budget=20000",
        "--window-size=1280,900",
    )
    seen = browse(tried, tmp_path, *options)
    [told] = re.findall(r'<pre id="told">(.*?)</pre>', seen, re.DOTALL)
    answer = json.loads(html.unescape(told))
    assert isinstance(answer, dict)
    return answer


def darkened(page: str) -> str:
    """The page as it is where the reader prefers dark colours."""
    assert page.count("@media (prefers-color-scheme: dark)") == 1
    return page.replace("@media (prefers-color-scheme: dark)", "@media all")


def test_the_page_opens_and_holds_every_finding(tmp_path: Path) -> None:
    seen = browse(render(sample_report(), "html"), tmp_path, "--dump-dom")
    assert all(f'id="{finding.id}"' in seen for finding in sample_report().findings)


def test_the_policy_of_the_page_lets_its_script_run(tmp_path: Path) -> None:
    page = render(sample_report(), "html")
    filters = re.compile(r'<div id="filters"[^>]* hidden')
    assert filters.search(page)
    assert not filters.search(browse(page, tmp_path, "--dump-dom"))


def test_the_list_is_filtered_and_shown_whole_again(tmp_path: Path) -> None:
    found = sample_report().findings
    page = render(sample_report(), "html").replace(found[0].text, f"Brücke: {found[0].text}")
    told = ask(page, tmp_path, FILTERED)
    disputed = sum(one.verdict == "disputed" for one in found)
    assert told == {
        "before": len(found),
        "disputed": disputed,
        "plain": 1,
        "none": 0,
        "status": f"0 of {len(found)} findings",
        "after": len(found),
        "hidden": True,
        "shown": True,
    }


@pytest.mark.skipif(axe_script() is None, reason="axe is not installed: see .ci/axe.lock")
@pytest.mark.parametrize(
    ("report", "dark"),
    [(sample_report, False), (sample_report, True), (empty_report, True)],
)
def test_axe_finds_no_violation_of_wcag_2_2_aa(
    report: Callable[[], Report], tmp_path: Path, *, dark: bool
) -> None:
    page = render(report(), "html")
    script = axe_script()
    assert script is not None
    axe = script.read_text(encoding="utf-8").replace("</script", "<\\/script")
    told = ask(darkened(page) if dark else page, tmp_path, axe, AXE)
    assert told["violations"] == []
    assert isinstance(told["passes"], int)
    assert told["passes"] > 10


@pytest.mark.parametrize("report", [sample_report, empty_report, seeds_report])
def test_nothing_runs_out_of_a_page_of_320_pixels(
    report: Callable[[], Report], tmp_path: Path
) -> None:
    page = html.escape(POLICY.sub("", render(report(), "html")))
    frame = '<iframe style="width: 320px; height: 800px; border: 0"></iframe>'
    holder = f"<!DOCTYPE html><body>{frame}<template id=page>{page}</template></body>"
    told = ask(holder, tmp_path, NARROW)
    assert told == {"inner": 320, "scroll": 320}


def printed(page: str, tmp_path: Path) -> int:
    """The number of sheets that a page prints on."""
    target = tmp_path / "report.pdf"
    browse(page, tmp_path, f"--print-to-pdf={target}")
    return len(re.findall(rb"/Type\s*/Page\b", target.read_bytes()))


def test_the_evidence_is_printed_though_it_is_folded_on_the_screen(tmp_path: Path) -> None:
    page = render(sample_report(), "html")
    folded = page.replace("::details-content", "::none")
    assert printed(page, tmp_path) > printed(folded, tmp_path)


def test_the_first_page_prints_on_one_sheet_and_the_rest_after_it(tmp_path: Path) -> None:
    page = render(seeds_report(), "html")
    first = re.sub(r'<ul class="tally".*</main>', "</header>", page, flags=re.DOTALL)
    assert "<main" not in first
    assert printed(first, tmp_path) == 1
    assert printed(first.replace("</header>", "</header><p>More.</p>"), tmp_path) == 2
