"""Where each question and finding stands: a report in, its page out.

A chapter holds the questions of one kind, each with the voices of its positions, then the
findings of its verdict, each in full once: within its parent where both belong to one
chapter, so that nothing disputed stands under what is verified.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable

from factcheck.models import Article, Finding, Issue, IssueKind, Report
from factcheck.report import audit, words
from factcheck.report.diagram import who_told_whom
from factcheck.report.entries import Lookup, anchor, entry, lookup, question
from factcheck.report.first_page import first_page
from factcheck.report.view import (
    OWN_VOICE,
    Alarm,
    Chapter,
    Cluster,
    Column,
    Entry,
    Filters,
    Link,
    Page,
)

CHAPTERS = {
    "changed": (
        "Changed",
        "What has moved on, been corrected, taken back or settled: do not repeat what is replaced.",
    ),
    "verified": ("Verified", "Two or more independent origins assert it; nobody firmly denies it."),
    "contested": (
        "Contested",
        "Positions side by side, each with those who take it. No winner is picked.",
    ),
    "single-source": (
        "Single source",
        "One origin answers for it, however many outlets carry it. Most carried first.",
    ),
    "unconfirmed": (
        "Unconfirmed",
        "Hedged or unnamed accounts, and what sources say could not be verified.",
    ),
    "check": (
        "Check before printing",
        "Outlets differ on a detail that can be looked up: one of them is probably wrong.",
    ),
    "versions": (
        "Versions that may be reconciled",
        "Different figures and wordings that need not contradict each other.",
    ),
    "statements": ("Statements and views", "Who says what. Views carry no verdict."),
    "background": ("Background", "Earlier events and context, outside the event itself."),
}
"""Id to title and introduction, in the order of the document."""
ASKED: dict[IssueKind, str] = {
    "change": "changed",
    "conflict": "contested",
    "slip": "check",
    "detail": "versions",
}
QUESTIONS = {
    "changed": ("question changed or settled", "questions changed or settled"),
    "contested": ("contested question", "contested questions"),
    "check": ("detail to check before printing", "details to check before printing"),
    "versions": ("detail in several versions", "details in several versions"),
}
FINDINGS = {
    "changed": ("replaced or taken back", "replaced or taken back"),
    "verified": ("verified", "verified"),
    "contested": ("disputed in no question", "disputed in no question"),
    "single-source": ("from a single source", "from a single source"),
    "unconfirmed": ("unconfirmed", "unconfirmed"),
    "statements": ("statement or view", "statements and views"),
    "background": ("background", "background"),
}
KIND_TITLES = {
    "act": "Statements and acts of speech",
    "open": "Said to be unknown or unverified",
    "view": "Views, predictions and motives",
    "fact": "Facts",
}
PLANTED = (
    "This article contains text that addresses a machine or poses as another article; "
    "it was left out"
)


# --- chapters -------------------------------------------------------------------------


def chapter_asked(issue: Issue) -> str:
    """The chapter of a question: what is settled has changed, whatever it was."""
    return "changed" if issue.settled is not None else ASKED[issue.kind]


def chapter_of(found: Lookup, finding: Finding) -> str:
    """The chapter of a finding that stands within no other."""
    if finding.verdict == "disputed":
        asked = {chapter_asked(found.issues[issue]) for issue in finding.issues}
        return "check" if "check" in asked and "contested" not in asked else "contested"
    if finding.verdict == "updated":
        return "changed"
    if finding.verdict == "verified":
        return "verified"
    if not finding.core:
        return "background"
    known = finding.kind == "fact" and finding.verdict in CHAPTERS
    return finding.verdict if known else "statements"


def is_in_question(found: Lookup, finding: Finding) -> bool:
    """Whether a question of its own chapter holds a finding."""
    chapter = chapter_of(found, finding)
    return any(chapter_asked(found.issues[issue]) == chapter for issue in finding.issues)


def nested(found: Lookup) -> dict[str, list[Finding]]:
    """The findings that stand within each: those of its own chapter that belong to it."""
    children: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in found.report.findings:
        parent = found.findings.get(finding.parent)
        if parent and chapter_of(found, parent) == chapter_of(found, finding):
            children[parent.id].append(finding)
    return children


def titled(found: Lookup, key: str, findings: list[Finding]) -> dict[str, list[Finding]]:
    """The subheadings of a chapter and the findings under each."""
    titles: defaultdict[str, list[Finding]] = defaultdict(list)
    for one in findings:
        if key == "single-source":
            title = "Carried by several outlets" if one.outlets > 1 else "In one outlet only"
        elif key == "changed":
            back = any(reason.code == "retracted" for reason in one.reasons)
            title = "Taken back" if back else "Replaced"
        elif key in {"contested", "check"}:
            title = "The findings in full" if is_in_question(found, one) else "In no question"
        else:
            title = KIND_TITLES.get(one.kind, "") if key == "statements" else ""
        titles[title].append(one)
    return titles


def chapter(found: Lookup, key: str, children: dict[str, list[Finding]]) -> Chapter:
    """All that stands in a chapter; findings most carried first, else in the report's order."""
    within = {one.id for inside in children.values() for one in inside}
    inside = [
        one
        for one in sorted(found.report.findings, key=lambda one: -one.outlets)
        if chapter_of(found, one) == key and one.id not in within
    ]
    return Chapter(
        key,
        *CHAPTERS[key],
        questions=tuple(
            question(found, issue) for issue in found.report.issues if chapter_asked(issue) == key
        ),
        clusters=tuple(
            Cluster(
                title,
                tuple(entry(found, one, children) for one in some),
            )
            for title, some in titled(found, key, inside).items()
        ),
    )


def chapters(found: Lookup) -> tuple[Chapter, ...]:
    """All chapters in which something stands."""
    children = nested(found)
    made = (chapter(found, key, children) for key in CHAPTERS)
    return tuple(one for one in made if one.questions or one.clusters)


# --- the head of the document --------------------------------------------------------


def tally(found: Lookup) -> tuple[Link, ...]:
    """What there is, in words: each dispute and each change once, as a question.

    A count of questions leads to their chapter, one of findings to the first of them.
    """
    asked = Counter(map(chapter_asked, found.report.issues))
    told: defaultdict[str, list[str]] = defaultdict(list)
    for one in found.report.findings:
        if not is_in_question(found, one):
            told[chapter_of(found, one)].append(one.id)
    lines = []
    for key in CHAPTERS:
        if asked[key]:
            lines.append(Link(words.many(asked[key], *QUESTIONS[key]), f"#{key}"))
        if told[key]:
            lines.append(Link(words.many(len(told[key]), *FINDINGS[key]), f"#{told[key][0]}"))
    return tuple(lines)


def alarms(found: Lookup) -> tuple[Alarm, ...]:
    """What in the articles may mislead a reader or a machine, quoted in full."""
    lines = []
    for skipped in found.report.skipped:
        if skipped.reason == "planted":
            article, numbers = found.articles[skipped.article], skipped.sentences
            places = tuple(Link(f"sentence {n}", f"#{article.id}-{n}") for n in numbers)
            quotes = [article.sentence(n).text for n in numbers]
            lines.append(
                alarm(found, article, places, PLANTED, words.joined(article, numbers, quotes))
            )
    for article in found.report.articles:
        kinds = Counter(one.kind for one in article.warnings if one.kind != "planted-text")
        lines += [hint(found, article, kind, count) for kind, count in kinds.items()]
    return tuple(lines)


def hint(found: Lookup, article: Article, kind: str, count: int) -> Alarm:
    """One line on what the reading of an article warns of, which is shown with the article."""
    place = Link(words.many(count, "place", "places"), anchor(article.id).href)
    what = f"{words.spell(kind)}, left out and shown with the article"
    if kind == "language":
        what = next(one.text for one in article.warnings if one.kind == kind)
    return alarm(found, article, (place,), what, "")


def alarm(
    found: Lookup, article: Article, places: tuple[Link, ...], what: str, quote: str
) -> Alarm:
    """One warning, with a link to the article."""
    link = Link(found.names[article.id], anchor(article.id).href)
    return Alarm(link, places, what, quote, article.language)


def notices(report: Report) -> tuple[str, ...]:
    """What the reader must know before the first finding: what is missing, and why."""
    lines = []
    failed = [one for one in report.excluded if one.reason == "model-failed"]
    beyond = words.listed(o.source for o in report.excluded if o.reason == "limit-reached")
    unread = [one for one in report.excluded if one.reason in {"empty", "unreadable", "failed"}]
    if failed:
        names = words.listed(one.source for one in failed)
        lines.append(f"Incomplete: the model gave no usable answer for {names}.")
    if beyond:
        lines.append(f"Incomplete: not assessed, for the limit was reached: {beyond}.")
    if unread:
        lines.append(f"Could not be read: {words.listed(one.source for one in unread)}.")
    if len(report.articles) == 1:
        lines.append("Only one article was compared, so nothing can be corroborated.")
    if not report.findings:
        lines.append("There are no findings: nothing that the articles say could be set out.")
    if report.manifest.replayed:
        lines.append("The model's answers come from a recording.")
    return (*lines, *words.texts(report.manifest.notes))


def independence(found: Lookup) -> tuple[str, ...]:
    """How many outlets are independent, which do not count, which count as one, and why."""
    articles = words.many(len(found.report.articles), "article")
    aside = [
        f"{words.listed(found.names[article] for article in group.articles)} ({group.note})"
        for group in found.report.groups
        if not group.counts
    ]
    head = f"{articles} from {words.many(found.outlets, 'independent outlet')}"
    lines = [f"{head}; not counted: {'; '.join(aside)}." if aside else f"{head}."]
    for group in found.report.groups:
        names = words.listed(found.names[article] for article in group.articles)
        if len(group.articles) > 1:
            why = f": {group.reason}" if group.reason else ""
            lines.append(f"{names} count as one{why}.")
        if group.counts and group.note:
            lines.append(f"Among {names}: {group.note}.")
    return tuple(lines)


def lead(report: Report) -> str:
    """What this is, in one line."""
    number = len(report.articles)
    return (
        f"Compares what {words.many(number, 'article')} {'says' if number == 1 else 'say'} "
        "about one event. It measures corroboration, not truth."
    )


def with_children(entries: Iterable[Entry]) -> list[str]:
    """The ids of entries, each followed by those of its children."""
    return [one.id for top in entries for one in top.flat()]


def columns(found: Lookup) -> tuple[Column, ...]:
    """The articles as columns of a matrix, those that count as one under one title."""
    places = {ident: place for place, ident in enumerate(found.articles)}
    grouped = [group.articles for group in found.report.groups]
    titles = [
        group.label if group.counts else f"{group.label}: not counted"
        for group in found.report.groups
    ]
    alone = [ident for ident in places if not any(ident in some for some in grouped)]
    return tuple(
        Column(title, tuple(places[i] for i in some), tuple(found.names[i] for i in some))
        for title, some in zip(
            (*titles, *(found.names[ident] for ident in alone)),
            (*grouped, *((ident,) for ident in alone)),
            strict=True,
        )
    )


def filters(found: Lookup) -> Filters:
    """What the findings can be narrowed to: only what one of them has, in the usual order."""
    findings = found.report.findings
    verdicts = {one.verdict for one in findings}
    kinds = {one.kind for one in findings}
    voices = [voice for one in findings for voice in one.voices]
    outlets, speakers = {one.article for one in voices}, {one.source for one in voices}
    own = ((OWN_VOICE, "an outlet in its own voice"),) if None in speakers else ()
    people = sorted(
        ((one.id, one.name) for one in found.report.sources if one.id in speakers),
        key=lambda one: one[1].casefold(),
    )
    return Filters(
        verdicts=tuple((key, name) for key, name in words.VERDICTS.items() if key in verdicts),
        kinds=tuple((key, name) for key, name in words.KIND_NAMES.items() if key in kinds),
        outlets=tuple((key, name) for key, name in found.names.items() if key in outlets),
        speakers=(*own, *people),
    )


def page(report: Report) -> Page:
    """The whole document; raises KeyError where a report refers to what it does not hold."""
    found = lookup(report)
    parts, heads = chapters(found), columns(found)
    order = [i for part in parts for one in part.clusters for i in with_children(one.entries)]
    return Page(
        title=report.title,
        lead=lead(report),
        first=first_page(report),
        alarms=alarms(found),
        notices=notices(report),
        tally=tally(found),
        independence=independence(found),
        texts=audit.texts(found),
        chapters=parts,
        matrix=audit.matrix(found, order),
        columns=heads,
        filters=filters(found),
        people=audit.people(found),
        told=who_told_whom(found, [tuple(found.articles)[i] for one in heads for i in one.places]),
        not_assessed=audit.not_assessed(found),
        excluded=audit.excluded(report.excluded),
        method=audit.method(report),
    )
