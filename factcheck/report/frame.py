"""Show a report or reading in a notebook: its page in a frame that is closed to the notebook."""

from __future__ import annotations

from html import escape

from factcheck.models import Report
from factcheck.report import render
from factcheck.sidebyside.models import SideBySide

SANDBOX = "allow-popups allow-popups-to-escape-sandbox"
"""Links can be opened in a tab; no script runs, and nothing reaches the notebook around it."""


def to_frame(document: Report | SideBySide) -> str:
    """The HTML page as one `iframe` element, which a cell of a notebook can hold."""
    page = escape(render(document, "html"))
    return (
        f'<iframe title="{escape(document.title)}" sandbox="{SANDBOX}" srcdoc="{page}" '
        'style="width: 100%; height: 45em; border: 1px solid #8888"></iframe>'
    )
