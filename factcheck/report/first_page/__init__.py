"""The first page: what an editor must know in two minutes, within its length."""

from factcheck.models import Report
from factcheck.report.first_page.fitting import SHORTER, fit_page
from factcheck.report.first_page.lines import Contest, Line, Page, Stance
from factcheck.report.first_page.maker import Maker
from factcheck.report.first_page.plain import plain_text

__all__ = ["Contest", "Line", "Page", "Stance", "first_page", "plain_text"]


def first_page(report: Report) -> Page:
    """The first page of a report, within its length."""
    return fit_page(Maker(report).page, plain_text, SHORTER)
