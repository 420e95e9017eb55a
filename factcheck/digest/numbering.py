"""Give the findings of a report numbers that last over editions.

A finding keeps its id over editions by its claims; where none is left, because its
article was edited, by its words, or by a sentence that the edit left as it was. New findings
get the next free number of the story.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from factcheck.language.similar import score_restated
from factcheck.models import Finding, Report
from factcheck.pipeline.edit import renumber_page


def number_findings(report: Report, earlier: Report | None, last: int) -> Report:
    """The report with the ids of the findings as they were, and `f{last + 1}`… for new ones."""
    before = earlier.findings if earlier else ()
    ids = match_by_claims(report.findings, before)
    ids |= match_by_words(
        [finding for finding in report.findings if finding.id not in ids],
        [finding for finding in before if finding.id not in ids.values()],
    )
    if earlier:
        ids |= match_by_sentence(
            find_spots([f for f in report.findings if f.id not in ids], report, earlier),
            find_spots([f for f in before if f.id not in ids.values()], earlier, report),
        )
    for finding in report.findings:
        if finding.id not in ids:
            last += 1
            ids[finding.id] = f"f{last}"
    return replace_ids(report, ids)


def match_by_claims(now: Sequence[Finding], before: Sequence[Finding]) -> dict[str, str]:
    """Ids of now to ids of before, the most shared claims first; each is used once."""
    pairs = sorted(
        (-len(shared), len({*new.claims} ^ {*old.claims}), n, m, new.id, old.id)
        for n, new in enumerate(now)
        for m, old in enumerate(before)
        if (shared := {*new.claims} & {*old.claims})
    )
    return _match_once([(new, old) for *_, new, old in pairs])


def match_by_words(now: Sequence[Finding], before: Sequence[Finding]) -> dict[str, str]:
    """Ids of now to ids of before where the sentences are nearly the same, likest first."""
    pairs = sorted(
        (
            (-likeness, n, m, new.id, old.id)
            for n, new in enumerate(now)
            for m, old in enumerate(before)
            if new.kind == old.kind and (likeness := score_restated(new.text, old.text))
        ),
    )
    return _match_once([(new, old) for *_, new, old in pairs])


Spot = tuple[str, str, str]
"""The outlet of an edited article, a sentence of it, and the kind of what it carries."""


def match_by_sentence(
    now: Mapping[Spot, list[str]], before: Mapping[Spot, list[str]]
) -> dict[str, str]:
    """Ids of now to ids of before where one sentence of an edited article carries just one."""
    alone = (spot for spot in now if len(now[spot]) == 1 == len(before.get(spot, ())))
    return _match_once([(now[spot][0], before[spot][0]) for spot in alone])


def find_spots(findings: Iterable[Finding], mine: Report, other: Report) -> dict[Spot, list[str]]:
    """The places of findings in articles that the other report lacks, or has in another text."""
    outlets = {article.id: article.label for article in mine.articles}
    known = {article.id for article in other.articles}
    found: dict[Spot, list[str]] = defaultdict(list)
    for finding in findings:
        spots = [
            (outlets[voice.article], " ".join(voice.quotes[0].split()), finding.kind)
            for voice in finding.voices
            if voice.relation == "same" and voice.article not in known and voice.quotes
        ]
        for spot in dict.fromkeys(spots):
            found[spot].append(finding.id)
    return found


def _match_once(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for new, old in pairs:
        if new not in found and old not in found.values():
            found[new] = old
    return found


def replace_ids(report: Report, ids: Mapping[str, str]) -> Report:
    """Replace the ids of findings throughout a report."""

    def renamed(many: Sequence[str]) -> tuple[str, ...]:
        return tuple(ids[one] for one in many)

    findings = tuple(
        finding.model_copy(update={"id": ids[finding.id], "parent": ids.get(finding.parent, "")})
        for finding in report.findings
    )
    issues = []
    for issue in report.issues:
        positions = tuple(
            position.model_copy(update={"findings": renamed(position.findings)})
            for position in issue.positions
        )
        issues.append(
            issue.model_copy(
                update={
                    "open": renamed(issue.open),
                    "near": renamed(issue.near),
                    "positions": positions,
                }
            )
        )
    page = renumber_page(report.first_page, ids)
    return report.model_copy(
        update={"findings": findings, "issues": tuple(issues), "first_page": page}
    )
