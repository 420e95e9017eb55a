"""Name who speaks on a first page: function and side of each person and body once."""

from __future__ import annotations

from collections.abc import Iterable

from factcheck.judge.identity import GOES_ON, show_origin
from factcheck.language.excerpt import excerpt
from factcheck.models import Finding, Origin, Report, Voice
from factcheck.report.entries import Lookup
from factcheck.report.first_page.warnings import name_outlet, plain, shorten_function

MOST_SIDE_WORDS = 6
WITH_CAUTION = ", with caution"
SEEMS = ", apparently from "
"""Between an outlet and the source whose account it goes on with."""
OF_A_SIDE = ", the paper of a side"


class Namer(Lookup):
    """Names the sources of one report.

    Function and side of a person or body are told once on a page: `introduced` holds whose.
    """

    def __init__(self, report: Report) -> None:
        """Index a report, of which nobody is introduced yet."""
        super().__init__(report)
        self.introduced: set[tuple[str, str]] = set()
        self.organs = {a.outlet for a in report.articles if a.genre == "party-organ"}

    def name_speaker(self, voice: Voice) -> str:
        """Who speaks, by the united name alone: a source, else an outlet or a column's author."""
        source = self.sources.get(voice.source or "")
        return source.name if source else voice.origin.label

    def show_in(self, finding: Finding, origin: Origin) -> str:
        """An origin by one of its names, and whether it says the finding only with caution.

        Outlets that go on with an account by their own names, the organ of a side as that side.
        Which of those it is of may not be known.
        """
        label = first_name(origin)
        if find_following(finding, origin):
            own = (v for v in finding.voices if v.origin.key == origin.key and v.after)
            outlets = dict.fromkeys(name_outlet(self.articles[v.article]) for v in own)
            label = ", ".join(outlets)
        if origin.side and label in self.organs:
            return (
                f"{origin.side.partition(' (')[0]} in {label}"
                + WITH_CAUTION * finding.is_hedged_by(origin)
            )
        if label in self.organs:
            label += OF_A_SIDE
        first = self.introduce(label, origin.side)
        side = excerpt(origin.side.partition(" (")[0], MOST_SIDE_WORDS) if first else ""
        side = "" if list_long_words(side) <= list_long_words(label) else side
        shown = show_origin(origin.model_copy(update={"label": label, "side": side}))
        return shown + WITH_CAUTION * finding.is_hedged_by(origin)

    def find_person(self, finding: Finding, origin: Origin) -> Voice | None:
        """The voice of the person who is an origin of a finding by name."""
        voices = (voice for voice in finding.voices if voice.origin.key == origin.key)
        sources = ((voice, self.sources.get(voice.source or "")) for voice in voices)
        return next(
            (v for v, one in sources if one and one.person and one.name == origin.label), None
        )

    def introduce(self, name: str, side: str) -> bool:
        """Note that it is told who this is; whether it was not told before."""
        first = (name, side) not in self.introduced
        self.introduced.add((name, side))
        return first

    def show_answering(self, finding: Finding, origin: Origin) -> str:
        """Who alone answers for a finding: a person with function, else as in `show_in`.

        An outlet that goes on with an account with whose that seems to be: it may be of a side.
        """
        if person := self.find_person(finding, origin):
            return self.show_speaker(person) + WITH_CAUTION * finding.is_hedged_by(origin)
        following = find_following(finding, origin)
        seems = f"{SEEMS}{following.after}" if following else ""
        return self.show_in(finding, origin) + seems

    def show_taker(self, voice: Voice) -> str:
        """Who takes a side; an outlet that goes on with an account, with whose that seems to be.

        Else an outlet of no side would vouch for what one of them says.
        """
        return with_guess(voice.origin.label) if is_going_on(voice) else self.show_speaker(voice)

    def show_speaker(self, voice: Voice) -> str:
        """Who speaks by the united name: a source, else an outlet or the author of a column.

        A person with function and side, once on a page.
        """
        source = self.sources.get(voice.source or "")
        if source is None:
            return without_guess(voice.origin.label)
        if not source.person or not self.introduce(source.name, voice.origin.side):
            return source.name
        function, side = shorten_function(voice.function or source.function), voice.origin.side
        if source.name[:1].islower():  # "secretary of the panel" says what a name leaves open
            function = ""
        told = list_long_words(source.name)
        function = ", ".join(p for p in function.split(", ") if not list_long_words(p) <= told)
        told = list_long_words(f"{source.name} {function}")
        apart = side and not told & list_long_words(side)
        body = f" ({excerpt(side, MOST_SIDE_WORDS)})" if apart else ""
        return f"{source.name}, {function}{body}" if function else f"{source.name}{body}"


def first_name(origin: Origin) -> str:
    """The first name of an origin: of who says it before an outlet that goes on with it."""
    return min(origin.label.split(" / "), key=lambda name: GOES_ON in name)


def with_guess(name: str) -> str:
    """A name, of an outlet that goes on with an account with whose that seems to be."""
    return name.replace(GOES_ON, SEEMS)


def without_guess(name: str) -> str:
    """A name, of an outlet that goes on with an account without the guess whose that is."""
    return name.partition(GOES_ON)[0]


def is_going_on(voice: Voice) -> bool:
    """Whether an outlet goes on with a source's account, in its own voice."""
    return voice.source is None and bool(voice.after)


def find_following(finding: Finding, origin: Origin) -> Voice | None:
    """The voice of an outlet that goes on with an account, if the origin is named for it."""
    voices = (
        v for v in finding.voices if (v.origin.key, v.origin.label) == (origin.key, origin.label)
    )
    voice = next(voices, None)
    return voice if voice and is_going_on(voice) else None


def list_long_words(text: str) -> set[str]:
    """The words of a text that tell something, as `plain` writes them, without plurals."""
    return {word.removesuffix("s") for word in plain(text).split() if len(word) > 2}


def join(names: Iterable[str]) -> str:
    """Names in a row."""
    return "; ".join(dict.fromkeys(name for name in names if name))
