"""What the stages write to the log: counts and ids; words of articles and answers at debug."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from factcheck.models import (
    Claim,
    Comparison,
    Excluded,
    Extraction,
    FirstPage,
    Group,
    NotAssessed,
)

log = logging.getLogger(__name__)


def log_extraction(extraction: Extraction) -> None:
    """How many claims an article gave, which are flagged, and what was refused."""
    flagged = {claim.id: claim for claim in extraction.claims if claim.flags}
    log.info(
        "extract %s: %d claims, %d of them flagged; %d items refused or passed over",
        extraction.article,
        len(extraction.claims),
        len(flagged),
        len(extraction.not_assessed),
    )
    log_doubted(flagged.items(), extraction.not_assessed)


def log_comparison(comparison: Comparison) -> None:
    """How many groups the comparison gave, which are flagged, and what was refused."""
    flagged = [("group", group) for group in comparison.groups if group.flags]
    log.info(
        "compare: %d groups, %d of them flagged; %d items refused",
        len(comparison.groups),
        len(flagged),
        len(comparison.not_assessed),
    )
    log_doubted(flagged, comparison.not_assessed)


def log_doubted(
    flagged: Iterable[tuple[str, Claim | Group]], refused: Iterable[NotAssessed]
) -> None:
    """Each item that is flagged, and each that the report does not rest on, with the reasons."""
    for name, one in flagged:
        doubts = "; ".join(flag.text for flag in one.flags)
        log.debug("%s flagged: %s (%s)", name, one.text, doubts)
    for item in refused:
        log.debug("%s %s refused: %s (%s)", item.stage, item.article, item.text, item.reason.text)


def log_first_page(page: FirstPage) -> None:
    """Who ordered the first page, and how many of its words are doubted."""
    log.info("edit: ordered by %s, %d doubts flagged", page.made_by, len(page.flags))
    for flag in page.flags:
        log.debug("first page flagged: %s", flag.text)


def log_left_out(items: Iterable[Excluded]) -> None:
    """Each article that is not part of the comparison; why in the endpoint's words at debug."""
    for item in items:
        log.warning("left out: %s (%s)", item.source, item.reason)
        log.debug("left out: %s", item.detail)
