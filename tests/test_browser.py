"""The HTML in a real browser: it opens, holds every finding, and prints. Skips without Chromium."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from factcheck.report import write_report
from tests.samples import sample_report

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

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")


def browse(tmp_path: Path, *options: str) -> str:
    """Run the browser on the sample report and return what it prints."""
    (page,) = write_report(sample_report(), tmp_path, ["html"])
    command = [str(CHROMIUM), *QUIET, f"--user-data-dir={tmp_path / 'profile'}", *options]
    run = subprocess.run(  # noqa: S603 (the browser, on our own page)
        [*command, page.as_uri()], capture_output=True, text=True, check=True, timeout=60
    )
    return run.stdout


def test_the_page_opens_and_holds_every_finding(tmp_path: Path) -> None:
    seen = browse(tmp_path, "--dump-dom")
    assert all(f'id="{finding.id}"' in seen for finding in sample_report().findings)


def test_the_page_prints_to_pdf(tmp_path: Path) -> None:
    target = tmp_path / "report.pdf"
    browse(tmp_path, f"--print-to-pdf={target}")
    assert target.read_bytes().startswith(b"%PDF")
