"""What the stages write to the log: counts and ids; words of articles and answers at debug."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from factcheck.models import Comparison, Excluded, Extraction, FirstPage, NotAssessed, Remark

log = logging.getLogger(__name__)


def log_extraction(extraction: Extraction) -> None:
    """How many claims an article gave, which are flagged, and what was refused."""
    flagged = [claim for claim in extraction.claims if claim.flags]
    log.info(
        "extract %s: %d claims, %d of them flagged; %d items refused or passed over",
        extraction.article,
        len(extraction.claims),
        len(flagged),
        len(extraction.not_assessed),
    )
    for claim in flagged:
        log.debug("%s flagged: %s (%s)", claim.id, claim.text, join_texts(claim.flags))
    log_refused(extraction.not_assessed)


def log_comparison(comparison: Comparison) -> None:
    """How many groups the comparison gave, which are flagged, and what was refused."""
    flagged = [group for group in comparison.groups if group.flags]
    log.info(
        "compare: %d groups, %d of them flagged; %d items refused",
        len(comparison.groups),
        len(flagged),
        len(comparison.not_assessed),
    )
    for group in flagged:
        log.debug("group flagged: %s (%s)", group.text, join_texts(group.flags))
    log_refused(comparison.not_assessed)


def log_first_page(page: FirstPage) -> None:
    """Who ordered the first page, and how many of its words are doubted."""
    log.info("edit: ordered by %s, %d doubts flagged", page.made_by, len(page.flags))
    for flag in page.flags:
        log.debug("first page flagged: %s", flag.text)


def log_refused(items: Iterable[NotAssessed]) -> None:
    """Each item that the report does not rest on, with the reason."""
    for item in items:
        log.debug("%s %s refused: %s (%s)", item.stage, item.article, item.text, item.reason.text)


def log_left_out(items: Iterable[Excluded]) -> None:
    """Each article that is not part of the comparison; why in the endpoint's words at debug."""
    for item in items:
        log.warning("left out: %s (%s)", item.source, item.reason)
        log.debug("left out: %s", item.detail)


def join_texts(remarks: Iterable[Remark]) -> str:
    """What remarks say, in one line."""
    return "; ".join(remark.text for remark in remarks)
