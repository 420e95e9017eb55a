"""The time zone in which an edition is read, and reports with their times in it."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tzlocal import get_localzone_name

from factcheck.digest.models import Edition
from factcheck.models import Report
from factcheck.settings.schedule import ScheduleSettings
from factcheck.sidebyside.models import SideBySide

Document = TypeVar("Document", Report, SideBySide, Report | SideBySide)


def zone_name(settings: ScheduleSettings) -> str:
    """The name of the time zone that people read times in."""
    name = settings.timezone or get_localzone_name() or "UTC"
    return name.removeprefix("Etc/") if name == "Etc/UTC" else name


def warn_of_zone(settings: ScheduleSettings) -> str:
    """What is wrong where the machine's own zone is none that has a name; "" for nothing."""
    name = zone_name(settings)
    days = (datetime(2026, month, 1, tzinfo=UTC) for month in (1, 7))
    offsets = ((day.astimezone(), day.astimezone(zone_named(name))) for day in days)
    if settings.timezone or all(one.utcoffset() == other.utcoffset() for one, other in offsets):
        return ""
    told = f"this machine's time zone has no IANA name, so times are told in {name}"
    return f"{told}: set schedule.timezone to one such as Europe/Berlin"


def zone_of(edition: Edition) -> tzinfo:
    """The time zone that the edition is read in."""
    return zone_named(edition.timezone)


def zone_named(name: str) -> tzinfo:
    """A time zone by its name, UTC where that is not known."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def convert_zone(report: Document, zone: tzinfo) -> Document:
    """A report or reading with its times in a zone; a day, or a clock without one, stays."""
    manifest = report.manifest
    made = manifest.model_copy(update={"created": manifest.created.astimezone(zone)})
    articles = tuple(
        article.model_copy(update={"published": article.published.astimezone(zone)})
        if article.published and article.zone_known and article.published_precision != "day"
        else article
        for article in report.articles
    )
    return report.model_copy(update={"articles": articles, "manifest": made})
