"""Where each finding stands: a report in, its page out.

Each finding has one home. Order of the rules: under the first conflict that it
belongs to; else disputed or verified; else background; else by kind; else by verdict.
"""

from collections import Counter

from factcheck.models import Finding, Issue, Report
from factcheck.render import audit, words
from factcheck.render.entries import Lookup, anchor, entry, lookup, question
from factcheck.render.view import Cluster, Entry, Link, Page, Question, Section

FOLD_ABOVE = 6
UNITED = {"single-source": "single", "updated": "unresolved", "unconfirmed": "unresolved"}
FACTS = {
    "verified": ("Verified", "Two or more independent origins assert it; nobody firmly denies it."),
    "single": (
        "Single source",
        "One origin answers for it, however many outlets carry it. Most carried first.",
    ),
    "unresolved": (
        "Unconfirmed and updated",
        "Hedged or unverified accounts, and values that a later account replaced.",
    ),
}
DISPUTED = {"disputed": ("Disputed", "Another side firmly contradicts it.")}
ALSO_DISPUTED = {"disputed": ("Also disputed", "Another side firmly contradicts it.")}
REST = {
    "statements": ("Statements and views", "Who says what. Views carry no verdict."),
    "background": ("Background", "Earlier events and context, outside the event itself."),
}
KIND_TITLES = {
    "act": "Statements and acts of speech",
    "open": "Said to be unknown or unverified",
    "retract": "Taken back",
    "view": "Views, predictions and motives",
    "fact": "Facts",
}
TALLY = {
    "verified": "verified",
    "disputed": "disputed",
    "single": "from a single source",
    "unconfirmed": "unconfirmed",
    "updated": "updated",
    "as-said": "statements verified as said",
    "statements": "other statements and views",
    "background": "background",
}


def natural(finding: Finding) -> str:
    """The section of a finding that belongs to no conflict."""
    if finding.verdict in {"disputed", "verified"}:
        return finding.verdict
    if not finding.core:
        return "background"
    if finding.kind != "fact":
        return "statements"
    return UNITED.get(finding.verdict, "statements")


def members(issue: Issue) -> list[str]:
    """All findings of an issue, in its order."""
    return [ident for position in issue.positions for ident in position.findings] + list(issue.open)


def homes(report: Report) -> dict[str, str]:
    """Finding id to the id of the question, section or parent where it stands in full."""
    places: dict[str, str] = {}
    for issue in report.issues:
        if issue.kind == "conflict":
            for ident in members(issue):
                places.setdefault(ident, issue.id)
    return {
        finding.id: places.get(finding.id, finding.parent or natural(finding))
        for finding in report.findings
    }


def by_carriers(findings: list[Finding]) -> list[Finding]:
    """Most carried first, else in the report's order."""
    return sorted(findings, key=lambda finding: -finding.outlets)


def clusters(found: Lookup, key: str, findings: list[Finding]) -> tuple[Cluster, ...]:
    """The subheadings of a section and what stands under each."""
    if key == "single":
        titles = {
            "Carried by several outlets": [one for one in findings if one.outlets > 1],
            "In one outlet only": [one for one in findings if one.outlets <= 1],
        }
    elif key == "unresolved":
        titles = {
            words.VERDICTS[verdict]: [one for one in findings if one.verdict == verdict]
            for verdict in ("unconfirmed", "updated")
        }
    elif key == "statements":
        titles = {
            title: [one for one in findings if one.kind == kind]
            for kind, title in KIND_TITLES.items()
        }
    else:
        titles = {"": findings}
    return tuple(
        Cluster(
            title,
            tuple(entry(found, one) for one in by_carriers(inside)),
            folded=title == "In one outlet only" and len(inside) > FOLD_ABOVE,
        )
        for title, inside in titles.items()
        if inside
    )


def section(
    found: Lookup, key: str, heading: tuple[str, str], places: dict[str, str]
) -> tuple[Section, ...]:
    """A section as a tuple of one, or of none where nothing stands in it."""
    inside = [one for one in found.report.findings if places[one.id] == key]
    away = [
        one.id
        for one in found.report.findings
        if natural(one) == key != "disputed" and places[one.id] not in {key, one.parent}
    ]
    if not inside and not (away and key in FACTS):
        return ()
    title, intro = heading
    elsewhere = tuple(map(anchor, away)) if key in FACTS else ()
    return (Section(key, title, intro, clusters(found, key, inside), elsewhere),)


def tally(report: Report, chapters: set[str]) -> tuple[Link, ...]:
    """Counts of findings in words: each is counted once, those under a question by verdict."""
    counts: Counter[str] = Counter()
    for finding in report.findings:
        key = natural(finding)
        own = key == "unresolved" or finding.verdict == "as-said"
        counts[finding.verdict if own else key] += 1
    always = {"verified", "disputed"} if report.findings else set()
    wanted = [key for key in TALLY if counts[key] or key in always]
    return tuple(
        Link(
            f"{counts[key] or 'none'} {TALLY[key]}",
            f"#{chapter(key, chapters)}" if counts[key] else "",
        )
        for key in wanted
    )


def chapter(key: str, chapters: set[str]) -> str:
    """Where findings counted under a key stand: their own chapter, else the questions."""
    sections_of = {"unconfirmed": "unresolved", "updated": "unresolved", "as-said": "statements"}
    own = sections_of.get(key, key)
    asked = key == "disputed" and "questions" in chapters
    return own if own in chapters and not asked else "questions"


def notices(report: Report) -> tuple[str, ...]:
    """What the reader must know before the first finding: what is missing, and why."""
    lines = []
    failed = [one for one in report.excluded if one.reason == "model failed"]
    unread = [one for one in report.excluded if one.reason in {"empty", "unreadable"}]
    if failed:
        names = words.listed(one.source for one in failed)
        lines.append(f"Incomplete: the model gave no usable answer for {names}.")
    if unread:
        lines.append(f"Could not be read: {words.listed(one.source for one in unread)}.")
    if len(report.articles) == 1:
        lines.append("Only one article was compared, so nothing can be corroborated.")
    if not report.findings:
        lines.append("There are no findings: nothing that the articles say could be set out.")
    if report.manifest.replayed:
        lines.append("The model's answers come from a recording.")
    return (*lines, *report.manifest.notes)


def independence(found: Lookup) -> tuple[str, ...]:
    """How many outlets are independent, and which count as one and why."""
    shared = [group for group in found.report.groups if len(group.articles) > 1]
    articles = words.many(len(found.report.articles), "article")
    lines = [f"{articles} from {words.many(found.outlets, 'independent outlet')}."]
    for group in shared:
        names = words.listed(found.names[article] for article in group.articles)
        why = f": {group.reason}" if group.reason else ""
        lines.append(f"{names} count as one{why}.")
    return tuple(lines)


def ordered(questions: tuple[Question, ...], sections: tuple[Section, ...]) -> list[str]:
    """Finding ids in the order in which the document shows them in full."""
    idents = []
    for one in questions:
        for place in one.stands:
            idents += with_children(place.entries)
        idents += with_children(one.open_entries)
    for part in sections:
        idents += [ident for cluster in part.clusters for ident in with_children(cluster.entries)]
    return idents


def with_children(entries: tuple[Entry, ...]) -> list[str]:
    """The ids of entries, each followed by those of its children."""
    return [ident for one in entries for ident in (one.id, *with_children(one.children))]


def sections(
    found: Lookup, headings: dict[str, tuple[str, str]], places: dict[str, str]
) -> tuple[Section, ...]:
    """The sections under these headings in which something stands."""
    return tuple(
        part for key, heading in headings.items() for part in section(found, key, heading, places)
    )


def lead(report: Report) -> str:
    """What this is, in one line."""
    number = len(report.articles)
    return (
        f"Compares what {words.many(number, 'article')} {'says' if number == 1 else 'say'} "
        "about one event. It measures corroboration, not truth."
    )


def page(report: Report) -> Page:
    """The whole document; raises KeyError where a report refers to what it does not hold."""
    found = lookup(report)
    places = homes(report)
    issues = [question(found, issue, places) for issue in report.issues]
    conflicts = {issue.id for issue in report.issues if issue.kind == "conflict"}
    questions = tuple(one for one in issues if one.id in conflicts)
    disputed = sections(found, ALSO_DISPUTED if questions else DISPUTED, places)
    facts = sections(found, FACTS, places)
    rest = sections(found, REST, places)
    chapters = disputed + facts + rest
    names = {part.id for part in chapters} | ({"questions"} if questions else set())
    return Page(
        title=report.title,
        lead=lead(report),
        notices=notices(report),
        tally=tally(report, names),
        independence=independence(found),
        texts=audit.texts(found),
        questions=questions,
        disputed=disputed,
        facts=facts,
        details=tuple(one for one in issues if one.id not in conflicts),
        rest=rest,
        matrix=audit.matrix(found, ordered(questions, chapters)),
        people=audit.people(found),
        not_assessed=audit.not_assessed(found),
        excluded=audit.excluded(report.excluded),
        method=audit.method(report),
    )
