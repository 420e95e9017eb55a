"""Where each question and finding stands: a report in, its page out.

A question stands in the chapter of its kind, with the voices of each position. A finding
stands in full once: within its parent where both belong to one chapter, else in the
chapter of its verdict, so that nothing disputed stands under what is verified.
"""

from collections import Counter, defaultdict

from factcheck.models import Article, Finding, Issue, IssueKind, Report
from factcheck.render import audit, words
from factcheck.render.entries import Lookup, anchor, entry, lookup, question
from factcheck.render.view import Alarm, Cluster, Entry, Inquiry, Link, Page, Section

FOLD_ABOVE = 6
INQUIRIES: dict[IssueKind, tuple[str, str, str]] = {
    "change": (
        "changed",
        "Changed",
        "What has moved on, been corrected, taken back or settled: do not repeat what is replaced.",
    ),
    "conflict": (
        "contested",
        "Contested",
        "Positions side by side, each with those who take it. No winner is picked.",
    ),
    "slip": (
        "check",
        "Check before printing",
        "Outlets differ on a detail that can be looked up: one of them is probably wrong.",
    ),
    "detail": (
        "versions",
        "Versions that may be reconciled",
        "Different figures and wordings that need not contradict each other.",
    ),
}
SECTIONS = {
    "updated": (
        "Replaced or taken back",
        "A later account, a decision or a correction stands instead: do not repeat them.",
    ),
    "verified": ("Verified", "Two or more independent origins assert it; nobody firmly denies it."),
    "disputed": (
        "Disputed findings",
        "Another side firmly contradicts them; those of one question are one dispute.",
    ),
    "single-source": (
        "Single source",
        "One origin answers for it, however many outlets carry it. Most carried first.",
    ),
    "unconfirmed": (
        "Unconfirmed",
        "Hedged or unnamed accounts, and what sources say could not be verified.",
    ),
    "statements": ("Statements and views", "Who says what. Views carry no verdict."),
    "background": ("Background", "Earlier events and context, outside the event itself."),
}
ORDER = (
    *("changed", "updated", "verified", "contested", "disputed", "single-source", "unconfirmed"),
    *("check", "versions", "statements", "background"),
)
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


# --- findings -----------------------------------------------------------------------


def chapter_of(finding: Finding) -> str:
    """The section of a finding that stands within no other."""
    if finding.verdict in {"disputed", "verified", "updated"}:
        return finding.verdict
    if not finding.core:
        return "background"
    if finding.kind != "fact":
        return "statements"
    return finding.verdict if finding.verdict in SECTIONS else "statements"


def nested(found: Lookup) -> dict[str, list[Finding]]:
    """The findings that stand within each: those of its own chapter that belong to it."""
    children: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in found.report.findings:
        parent = found.findings.get(finding.parent)
        if parent and chapter_of(parent) == chapter_of(finding):
            children[parent.id].append(finding)
    return children


def titled(key: str, findings: list[Finding], report: Report) -> dict[str, list[Finding]]:
    """The subheadings of a section and what stands under each."""
    if key == "single-source":
        return {
            "Carried by several outlets": [one for one in findings if one.outlets > 1],
            "In one outlet only": [one for one in findings if one.outlets <= 1],
        }
    if key == "updated":
        back = [one for one in findings if any(r.code == "retracted" for r in one.reasons)]
        return {"Taken back": back, "Replaced": [one for one in findings if one not in back]}
    if key == "statements":
        return {
            title: [one for one in findings if one.kind == kind]
            for kind, title in KIND_TITLES.items()
        }
    if key == "disputed":
        asked = {issue.id: f"{issue.id}: {issue.question}" for issue in contests(report)}
        titles: dict[str, list[Finding]] = {title: [] for title in asked.values()}
        for one in findings:
            place = next((asked[issue] for issue in one.issues if issue in asked), "In no question")
            titles.setdefault(place, []).append(one)
        return titles
    return {"": findings}


def contests(report: Report) -> list[Issue]:
    """The questions in which somebody stands against somebody, and which are open."""
    return [issue for issue in report.issues if chapter_kind(issue) in {"conflict", "slip"}]


def section(found: Lookup, key: str, children: dict[str, list[Finding]]) -> tuple[Section, ...]:
    """A section as a tuple of one, or of none where nothing stands in it."""
    within = {one.id for inside in children.values() for one in inside}
    inside = [
        one for one in found.report.findings if chapter_of(one) == key and one.id not in within
    ]
    title, intro = SECTIONS[key]
    clusters = tuple(
        Cluster(
            name,
            # Most carried first, else in the report's order.
            tuple(entry(found, one, children) for one in sorted(some, key=lambda f: -f.outlets)),
            folded=key == "background" or (name.startswith("In one") and len(some) > FOLD_ABOVE),
        )
        for name, some in titled(key, inside, found.report).items()
        if some
    )
    return (Section(key, title, intro, clusters),) if clusters else ()


# --- questions ----------------------------------------------------------------------


def chapter_kind(issue: Issue) -> IssueKind:
    """The kind of chapter that a question stands in: what is settled has changed."""
    return issue.kind if issue.settled is None else "change"


def inquiry(found: Lookup, kind: IssueKind) -> tuple[Inquiry, ...]:
    """A chapter of questions as a tuple of one, or of none where nobody asks."""
    asked = tuple(
        question(found, issue) for issue in found.report.issues if chapter_kind(issue) == kind
    )
    return (Inquiry(*INQUIRIES[kind], asked),) if asked else ()


def chapters(found: Lookup) -> tuple[Inquiry | Section, ...]:
    """All questions and findings, in the order of the document."""
    children = nested(found)
    parts: list[Inquiry | Section] = []
    for kind in INQUIRIES:
        parts += inquiry(found, kind)
    for key in SECTIONS:
        parts += section(found, key, children)
    return tuple(sorted(parts, key=lambda part: ORDER.index(part.id)))


# --- the head of the document --------------------------------------------------------


def tally(report: Report, parts: tuple[Inquiry | Section, ...]) -> tuple[Link, ...]:
    """What there is, in words: each dispute and each change once, as a question."""
    there = {part.id for part in parts}
    asked = Counter(INQUIRIES[chapter_kind(issue)][0] for issue in report.issues)
    told = {issue.id for issue in report.issues if chapter_kind(issue) != "detail"}
    counts = Counter(
        "as-said" if one.verdict == "as-said" else chapter_of(one)
        for one in report.findings
        if not (one.verdict in {"disputed", "updated"} and told & {*one.issues})
    )
    lines = (
        ("changed", "question changed or settled", "questions changed or settled"),
        ("updated", "replaced or taken back", "replaced or taken back"),
        ("verified", "verified", "verified"),
        ("contested", "contested question", "contested questions"),
        ("disputed", "disputed beside these", "disputed beside these"),
        ("single-source", "from a single source", "from a single source"),
        ("unconfirmed", "unconfirmed", "unconfirmed"),
        ("check", "detail to check before printing", "details to check before printing"),
        ("versions", "detail in several versions", "details in several versions"),
        ("as-said", "statement by two or more outlets", "statements by two or more outlets"),
        ("statements", "other statement or view", "other statements and views"),
        ("background", "background", "background"),
    )
    counts += asked
    links = []
    for key, one, several in lines:
        home = "statements" if key == "as-said" and key not in there else key
        number = counts[key]
        if number:
            links.append(
                Link(words.many(number, one, several), f"#{home}" if home in there else "")
            )
    return tuple(links)


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
        lines += [
            alarm(found, article, (Link(one.place),), one.kind, one.text)
            for one in getattr(article, "warnings", ())
        ]
    return tuple(lines)


def alarm(
    found: Lookup, article: Article, places: tuple[Link, ...], what: str, quote: str
) -> Alarm:
    """One warning, with a link to the article."""
    link = Link(found.names[article.id], anchor(article.id).href)
    return Alarm(link, places, what, quote, article.language)


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


def with_children(entries: tuple[Entry, ...]) -> list[str]:
    """The ids of entries, each followed by those of its children."""
    return [ident for one in entries for ident in (one.id, *with_children(one.children))]


def page(report: Report) -> Page:
    """The whole document; raises KeyError where a report refers to what it does not hold."""
    found = lookup(report)
    parts = chapters(found)
    clusters = [one for part in parts if isinstance(part, Section) for one in part.clusters]
    order = [ident for cluster in clusters for ident in with_children(cluster.entries)]
    return Page(
        title=report.title,
        lead=lead(report),
        alarms=alarms(found),
        notices=notices(report),
        tally=tally(report, parts),
        independence=independence(found),
        texts=audit.texts(found),
        chapters=parts,
        matrix=audit.matrix(found, order),
        people=audit.people(found),
        not_assessed=audit.not_assessed(found),
        excluded=audit.excluded(report.excluded),
        method=audit.method(report),
    )
