"""What the stages write to the log: counts and ids; words of articles and answers at debug."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable

from factcheck.models import Claim, Comparison, Excluded, Extraction, FirstPage, Group, NotAssessed

log = logging.getLogger(__name__)


def log_extraction(extraction: Extraction) -> None:
    """How many claims an article gave, which are flagged, and what was refused."""
    stage, claims = f"extract {extraction.article}", {one.id: one for one in extraction.claims}
    log_stage(stage, "claims", claims.items(), "refused or passed over", extraction.not_assessed)


def log_comparison(comparison: Comparison) -> None:
    """How many groups the comparison gave, which are flagged, and what was refused."""
    groups = [("group", group) for group in comparison.groups]
    log_stage("compare", "groups", groups, "refused", comparison.not_assessed)


def log_stage(
    stage: str,
    what: str,
    items: Collection[tuple[str, Claim | Group]],
    how: str,
    refused: Collection[NotAssessed],
) -> None:
    """How many items are flagged, how many the report does not rest on, and which, with reasons."""
    flagged = [(name, one) for name, one in items if one.flags]
    counts = len(items), what, len(flagged), len(refused), how
    log.info("%s: %d %s, %d of them flagged; %d items %s", stage, *counts)
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
