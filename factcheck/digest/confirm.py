"""Where code is unsure which articles are one story, ask a model: groups in, groups and names out.

One call an edition, and none where nothing that the edition brings is in doubt. The model is
shown groups that surely belong together, and says which of them are one story; code keeps only
what fits. What is not asked, or not answered, stays as the last edition had it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from factcheck.digest.grouping import UNSURE, doubts
from factcheck.digest.newsroom import EditionContext
from factcheck.digest.store.inbox import Held
from factcheck.digest.story_groups import ArticleWindow, Groups, SortedOut
from factcheck.digest.telling import find_headline
from factcheck.errors import ModelError
from factcheck.language.visible import clean_line
from factcheck.llm import prompts
from factcheck.llm.client import Prompt
from factcheck.models import Article, Remark
from factcheck.pipeline.checks import doubt_text
from factcheck.pipeline.wire import GroupReply

MOST_GROUPS = 60
SMALL_WINDOW = 1_000  # articles, in which more is asked if something is
WIDER = ((0.0, 0.5), (0.1, 0.5), (0.16, 0.44))
"""Nearness between which a model is asked then."""
MOST_ARTICLES = 3  # shown of a group
MOST_WORDS = 40  # shown of an article
LONGEST_TITLE = 120  # characters
BY_CODE = "In doubt, code alone decided which articles are one story"

Case = tuple[frozenset[str], ...]
"""Groups of which some may be one story, by the ids of their articles."""


async def confirm(window: ArticleWindow, context: EditionContext) -> SortedOut:
    """The groups of the window, those in doubt as a model has them.

    Raises nothing for a model that fails: then what was known stays as it was. So it does in an
    edition that only tells again what others told.
    """
    if context.budget is None or not context.newsroom.settings.digest.confirm_stories:
        return SortedOut(window.groups)
    cases, fresh = find_cases(window)
    asked = [] if context.slot.later else choose_affordable(fresh)
    names: dict[frozenset[str], str] = {}
    note = cause = ""
    if asked:
        question = Question(asked, window)
        try:
            async with context.open_model() as model:
                answer = await model.ask(question.prompt())
        except ModelError as error:
            why, cause = context.close_budget(error)
            note = f"{BY_CODE}: {why}."
            asked = []
        else:
            names = question.read(answer.value)
            note = f"{BY_CODE} where the answer did not fit." if answer.problems else ""
    kept = [group for case in cases if case not in asked for group in keep_grouping(case, window)]
    return SortedOut(
        replace_groups([*kept, *names], window.groups),
        {group: name for group, name in names.items() if name},
        Remark(code="stories-unconfirmed", text=note) if note else None,
        cause,
    )


def find_cases(window: ArticleWindow) -> tuple[list[Case], list[Case]]:
    """The places in doubt, and those of them with an article that is new or edited.

    In a small window code is wrong most often, and articles of two languages it cannot compare:
    is there anything to ask, as much is shown as one call has room for.
    """
    keys = [*map(str, window.texts)]
    known = {str(i) for i, held in window.texts.items() if held.arrival == "known"}

    def find(between: tuple[float, float]) -> tuple[list[Case], list[Case]]:
        cases = [*doubts(keys, window.links, between)]
        return cases, [case for case in cases if any(group - known for group in case)]

    cases, fresh = find(UNSURE)
    mixed = len({held.article.language for held in window.texts.values()}) > 1
    if len(keys) <= SMALL_WINDOW and (fresh or (mixed and len(known) < len(keys))):
        wider = map(find, WIDER)
        return next((s for s in wider if sum(map(len, s[1])) <= MOST_GROUPS), (cases, fresh))
    return cases, fresh


def choose_affordable(cases: Sequence[Case]) -> list[Case]:
    """As many cases as one call may hold, small ones first."""
    kept: list[Case] = []
    for case in sorted(cases, key=len):
        if sum(map(len, kept)) + len(case) <= MOST_GROUPS:
            kept.append(case)
    return kept


def keep_grouping(case: Case, window: ArticleWindow) -> list[frozenset[str]]:
    """Group a case as the last edition did; groups that are new go where code puts them."""
    by_code = {key: at for at, group in enumerate(window.groups) for key in group}
    stories = ((g, [window.homes[i] for i in sorted(g) if i in window.homes]) for g in case)
    known = {group: Counter(told).most_common(1)[0][0] for group, told in stories if told}
    beside = {by_code[min(group)]: story for group, story in known.items()}
    joined: dict[str, set[str]] = {}
    for group in case:
        at = by_code[min(group)]
        story = known.get(group, beside.get(at))
        joined.setdefault(f"like group {at}" if story is None else f"s{story}", set()).update(group)
    return [*map(frozenset, joined.values())]


def replace_groups(decided: Sequence[frozenset[str]], groups: Groups) -> Groups:
    """All groups, with the decided ones in place of those that code made of their articles."""
    taken = frozenset[str]().union(*decided)
    return (*(rest for group in groups if (rest := group - taken)), *decided)


class Question:
    """The cases as the model is shown them, and the validation of its answer."""

    def __init__(self, cases: Sequence[Case], window: ArticleWindow) -> None:
        """Number the groups through all cases."""
        self.window = window
        self.groups: dict[str, frozenset[str]] = {}
        self.case_of: dict[str, int] = {}
        self.lines: list[list[str]] = [[] for _ in cases]
        for number, case in enumerate(cases):
            for group in case:
                identity = f"g{len(self.groups) + 1}"
                self.groups[identity], self.case_of[identity] = group, number
                self.lines[number] += self.show(identity)

    def prompt(self) -> Prompt[GroupReply]:
        """The request: instructions, the cases as lines, the task."""
        return Prompt(
            stage="group",
            label="",
            system=prompts.instructions("group.system"),
            user=prompts.task("group", cases=self.lines),
            schema=GroupReply,
            check=self.find_faults,
            covering=True,
        )

    def show(self, identity: str) -> list[str]:
        """A group as lines: what it was told in, then its articles, new ones first."""
        group, homes = self.groups[identity], self.window.homes
        told = sorted({homes[key] for key in group if key in homes})
        before = ", ".join(f"s{number}" for number in told) or "new"
        held = [self.window.texts[int(key)] for key in group]
        held.sort(key=lambda one: (one.arrival == "known", -one.id))
        shown = [f"  {show_article(one)}" for one in held[:MOST_ARTICLES]]
        return [f"{identity} | {before} | {len(held)}", *shown]

    def find_faults(self, reply: GroupReply) -> list[str]:
        """Ids that do not exist or have no home or two, cases that run together, bad titles."""
        named = Counter(i for story in reply.stories for i in dict.fromkeys(story.ids))
        faults = [f"there is no {i}" for i in named if i not in self.groups]
        faults += [f"{i} is in {count} stories" for i, count in named.items() if count > 1]
        faults += [f"{i} is in no story" for i in self.groups if i not in named]
        for story in reply.stories:
            if len({self.case_of[i] for i in story.ids if i in self.groups}) > 1:
                faults.append(f"{', '.join(story.ids)} are of different cases")
            faults += self.doubt_title(story.title)
        return faults

    def doubt_title(self, title: str) -> list[str]:
        """What is wrong with a title; [] for none."""
        lines = " ".join(line for case in self.lines for line in case)
        found = doubt_text(title[:1].lower() + title[1:], lines, "the lines")
        doubts = [doubt.text for doubt in found]
        if not title.strip() or len(title) > LONGEST_TITLE:
            doubts.append(f"a title has 1 to {LONGEST_TITLE} characters")
        return doubts

    def read(self, reply: GroupReply) -> dict[frozenset[str], str]:
        """The stories of an answer with their names, "" for none; the rest is grouped as by code.

        An id that does not exist, has two homes or stands among those of another case is refused.
        """
        named = Counter(identity for story in reply.stories for identity in {*story.ids})
        found: dict[frozenset[str], str] = {}
        taken: set[str] = set()
        for story in reply.stories:
            known = [i for i in dict.fromkeys(story.ids) if i in self.groups and named[i] == 1]
            fitting = [i for i in known if self.case_of[i] == self.case_of[known[0]]]
            if fitting:
                group = frozenset[str]().union(*(self.groups[i] for i in fitting))
                found[group] = "" if self.doubt_title(story.title) else clean_line(story.title)
                taken |= group
        left = frozenset[str]().union(*self.groups.values()) - taken
        return found | {rest: "" for group in self.window.groups if (rest := group & left)}


def show_article(held: Held) -> str:
    """One article as a line."""
    article = held.article
    words = " ".join(s.text for s in article.sentences if s.kind == "body").split()
    begins = " ".join(words[:MOST_WORDS])
    parts = (show_time(article), article.label, find_headline([held]), begins)
    return " | ".join(clean_line(part.replace("|", "/")) for part in parts)


def show_time(article: Article) -> str:
    """When an article was published, as exactly as it is known."""
    if article.published is None:
        return "time unknown"
    day = article.published_precision == "day"
    return f"{article.published:%Y-%m-%d}" if day else f"{article.published:%Y-%m-%d %H:%M}"
