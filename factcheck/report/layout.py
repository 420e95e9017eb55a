"""Where each question and finding stands: a report in, its page out.

A chapter holds the questions of one kind, each with the voices of its positions, then the
findings of its verdict, each in full once: within its parent where both belong to one
chapter, so that nothing disputed stands under what is verified.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property

from factcheck.language.excerpt import excerpt
from factcheck.models import Finding, Issue, IssueKind, OutletGroup, Report
from factcheck.report import audit, words
from factcheck.report.diagram import who_told_whom
from factcheck.report.entries import Lookup, entry, question
from factcheck.report.first_page import first_page
from factcheck.report.first_page.paper import Paper, make_paper
from factcheck.report.view import OWN_VOICE, Alarm, Chapter, Column, Entry, Fact, Link, Row

CHAPTERS = {
    "verified": ("Verified", "Two or more independent origins assert it; nobody firmly denies it."),
    "contested": (
        "Contested",
        "Positions side by side, each with those who take it. No winner is picked.",
    ),
    "changed": (
        "Changed",
        "What has moved on, been corrected, taken back or settled: do not repeat what is replaced.",
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
    "unconfirmed": ("answer called open", "answers called open"),
}
KIND_TITLES = {
    "act": "Statements and acts of speech",
    "open": "Said to be unknown or unverified",
    "view": "Views, predictions and motives",
    "fact": "Facts",
}
MOST_HIDDEN_WORDS = 24  # of a hidden text, for the reader to know what it wanted
PLANTED = (
    "This article contains text that addresses a machine or poses as another article; "
    "it was left out"
)


# --- chapters -------------------------------------------------------------------------


def chapter_asked(issue: Issue) -> str:
    """The chapter of a question: what is settled has changed, whatever it was.

    With one answer, which somebody calls open, it is no dispute.
    """
    if issue.settled is not None:
        return "changed"
    one_sided = issue.kind == "conflict" and len(issue.positions) == 1
    return "unconfirmed" if one_sided else ASKED[issue.kind]


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


def nested(found: Lookup) -> Mapping[str, list[Finding]]:
    """The findings that stand within each: those of its own chapter that belong to it."""
    children: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in found.report.findings:
        parent = found.findings.get(finding.parent)
        if parent and chapter_of(found, parent) == chapter_of(found, finding):
            children[parent.id].append(finding)
    return children


def subheading(found: Lookup, key: str, one: Finding) -> str:
    """The subheading that a finding stands under in its chapter."""
    if key == "single-source":
        return "Carried by several outlets" if one.outlets > 1 else "In one outlet only"
    if key == "changed":
        back = any(reason.code == "retracted" for reason in one.reasons)
        return "Taken back" if back else "Replaced"
    if key in {"contested", "check"}:
        return "The findings in full" if is_in_question(found, one) else "In no question"
    return KIND_TITLES.get(one.kind, "") if key == "statements" else ""


def chapters(found: Lookup) -> Iterator[Chapter]:
    """All chapters in which something stands; findings most carried first."""
    children = nested(found)
    within = {one.id for inside in children.values() for one in inside}
    report = found.report
    top = sorted(report.findings, key=lambda one: -one.outlets)
    for key, (title, intro) in CHAPTERS.items():
        clusters: defaultdict[str, list[Entry]] = defaultdict(list)
        for one in top:
            if chapter_of(found, one) == key and one.id not in within:
                clusters[subheading(found, key, one)].append(entry(found, one, children))
        asked = tuple(question(found, one) for one in report.issues if chapter_asked(one) == key)
        if asked or clusters:
            yield Chapter(key, title, intro, asked, clusters)


# --- the head of the document --------------------------------------------------------


def tally(found: Lookup) -> tuple[Link, ...]:
    """What there is: each dispute and each change once, as a question; findings by verdict.

    A count of questions leads to their chapter, one of findings to their list, whose filter has
    the same name and gives the same number.
    """
    asked = Counter(map(chapter_asked, found.report.issues))
    given = Counter(one.verdict for one in found.report.findings)
    return (
        *(Link(words.many(asked[k], *QUESTIONS[k]), f"#{k}") for k in CHAPTERS if asked[k]),
        *(Link(f"{v}: {given[k]}", "#findings") for k, v in words.VERDICTS.items() if given[k]),
    )


def alarms(found: Lookup) -> Iterator[Alarm]:
    """What in the articles may mislead a reader or a machine, quoted in full."""
    for skipped in found.report.skipped:
        if skipped.reason == "planted":
            article, numbers = found.articles[skipped.article], skipped.sentences
            places = tuple(Link(f"sentence {n}", f"#{article.id}-{n}") for n in numbers)
            quotes = [article.sentence(n).text for n in numbers]
            quote = words.join_quotes(article, numbers, quotes)
            yield Alarm(article, found.names[article.id], places, PLANTED, quote)
    for article in found.report.articles:
        warnings = [one for one in article.warnings if one.kind != "planted-text"]
        for kind, count in Counter(one.kind for one in warnings).items():
            what = f"{words.spell(kind)}, left out, not to be used"
            if kind == "language":
                what = next(one.text for one in article.warnings if one.kind == kind)
            place = Link(words.many(count, "place", "places"), f"#{article.id}")
            hidden = (one.text for one in warnings if kind == one.kind == "hidden-text")
            quote = excerpt(next(hidden, ""), MOST_HIDDEN_WORDS)
            yield Alarm(article, found.names[article.id], (place,), what, quote)


def notices(report: Report) -> tuple[str, ...]:
    """What the reader must know before the first finding: what is missing, and why."""
    lines = []
    failed = [one for one in report.excluded if one.reason == "model-failed"]
    beyond = words.join_items(o.source for o in report.excluded if o.reason == "limit-reached")
    if failed:
        names = words.join_items(one.source for one in failed)
        lines.append(f"Incomplete: the model gave no usable answer for {names}.")
    if beyond:
        lines.append(f"Incomplete: not assessed, for the limit was reached: {beyond}.")
    lines += words.tell_unread(report.excluded)
    if len(report.articles) == 1:
        lines.append("Only one article was compared, so nothing can be corroborated.")
    if not report.findings:
        lines.append("There are no findings: nothing that the articles say could be set out.")
    if report.manifest.replayed:
        lines.append("Made from the recorded answers of an earlier run.")
    return (*lines, *words.texts(report.manifest.notes))


def independence(found: Lookup) -> tuple[str, ...]:
    """How many outlets are independent, which do not count, which count as one, and why."""
    articles = words.many(len(found.report.articles), "article")
    aside = [
        f"{names_of(group, found.names)} ({words.join_texts(group.notes)})"
        for group in found.report.groups
        if not group.counts
    ]
    head = f"{articles} from {words.many(found.outlets, 'independent outlet')}"
    lines = [f"{head}; not counted: {'; '.join(aside)}." if aside else f"{head}."]
    for group in found.report.groups:
        if len(group.articles) > 1:
            lines.append(tell_grouped(group, found.names, "count as one"))
        if group.counts and group.notes:
            lines.append(f"Among {names_of(group, found.names)}: {words.join_texts(group.notes)}.")
    return tuple(lines)


def names_of(group: OutletGroup, names: Mapping[str, str]) -> str:
    """The articles of an outlet group, as people list them."""
    return words.join_items(names[article] for article in group.articles)


def tell_grouped(group: OutletGroup, names: Mapping[str, str], how: str) -> str:
    """That the articles of a group belong together, and why."""
    why = f": {words.join_texts(group.reasons)}" if group.reasons else ""
    return f"{names_of(group, names)} {how}{why}."


def lead(report: Report) -> str:
    """What this is, in one line."""
    said = words.articles_say(len(report.articles))
    return f"Compares what {said} about one event. It measures corroboration, not truth."


def columns(found: Lookup) -> tuple[Column, ...]:
    """The articles as columns of a matrix, those that count as one under one title."""
    places = {ident: place for place, ident in enumerate(found.articles)}
    groups = [
        (group.label if group.counts else f"{group.label}: not counted", group.articles)
        for group in found.report.groups
    ]
    grouped = {ident for _, some in groups for ident in some}
    groups += [(found.names[ident], (ident,)) for ident in places if ident not in grouped]
    return tuple(
        Column(title, tuple(places[i] for i in some), tuple(found.names[i] for i in some))
        for title, some in groups
    )


def filters(found: Lookup) -> dict[str, list[Fact]]:
    """What the findings can be narrowed to: only what one of them has, in the usual order."""
    findings = found.report.findings
    verdicts, kinds = {one.verdict for one in findings}, {one.kind for one in findings}
    voices = [voice for one in findings for voice in one.voices]
    outlets, speakers = {one.article for one in voices}, {one.source for one in voices}
    people = [(one.id, one.name) for one in found.report.sources if one.id in speakers]
    own = [(OWN_VOICE, "an outlet in its own voice")] if None in speakers else []
    return {
        "Verdict": [one for one in words.VERDICTS.items() if one[0] in verdicts],
        "Kind": [one for one in words.KIND_NAMES.items() if one[0] in kinds],
        "Outlet": [one for one in found.names.items() if one[0] in outlets],
        "Speaker": own + sorted(people, key=lambda one: one[1].casefold()),
    }


class Page:
    """The whole document, its chapters in order.

    Raises KeyError where a report refers to what it does not hold.
    """

    def __init__(self, report: Report) -> None:
        found = Lookup(report)
        self.report, self.names, self.found = report, found.names, found
        self.lead = lead(report)
        self.first = first_page(report)
        self.alarms = tuple(alarms(found))
        self.notices = notices(report)
        self.tally = tally(found)
        self.independence = independence(found)
        self.texts = tuple(audit.texts(found))
        self.chapters = tuple(chapters(found))
        self.columns = columns(found)
        self.filters = filters(found)
        self.people = tuple(audit.people(found))
        order = [tuple(found.articles)[i] for one in self.columns for i in one.places]
        self.told = who_told_whom(found, order)
        manifest = report.manifest
        self.facts = (*audit.made(manifest, report.schema_), *audit.asked(manifest))
        self.stages = audit.stages(manifest)

    @cached_property
    def paper(self) -> Paper:
        """The Markdown document."""
        above = (
            *self.notices,
            *(f"{a.outlet} {a.what} {a.quote[: words.MOST_PLANTED]}" for a in self.alarms),
        )
        return make_paper(self.report, beside=sum(len(text.split()) + 2 for text in above))

    @cached_property
    def matrix(self) -> tuple[Row, ...]:
        """All findings across the articles."""
        return audit.matrix(self.found, [one.finding for one in self.findings])

    @property
    def questions(self) -> tuple[Chapter, ...]:
        """The chapters that hold questions."""
        return tuple(part for part in self.chapters if part.questions)

    @property
    def findings(self) -> tuple[Entry, ...]:
        """All findings in one list, in the order of the document."""
        clusters = (cluster for part in self.chapters for cluster in part.clusters.values())
        return tuple(one for cluster in clusters for top in cluster for one in top.flat())

    @property
    def shared(self) -> tuple[Row, ...]:
        """The rows of findings on which more than one article has something to say."""
        silent = words.SILENT[0]
        return tuple(r for r in self.matrix if sum(sign != silent for sign, _ in r.cells) > 1)
