"""Who says what a line rests on, how it is named, in which of its words, from which article."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from factcheck.judge.identity import GOES_ON, show_origin
from factcheck.language.excerpt import CUT, excerpt, stems
from factcheck.models import Finding, Origin, Position, Report, Voice
from factcheck.report import words
from factcheck.report.entries import Lookup
from factcheck.report.first_page.outlets import CLOCK
from factcheck.report.first_page.warnings import list_telling, name_outlet, plain, shorten_function
from factcheck.report.quotes import OWN_MARKS, in_marks, is_spoken, quote_whole

SIDED = frozenset({"opinion", "party-organ", "press-release"})
"""Genres whose sentences are quoted where no other article has one."""
MOST_CITED_WORDS = 60  # of all that one voice is cited for
SCRAP_WORDS, SCRAP_LETTERS = 8, 60  # of a sentence that may not say by itself what it is about
MOST_SIDE_WORDS = 6
WITH_CAUTION = ", with caution"
SEEMS = ", apparently from "
"""Between an outlet and the source whose account it goes on with."""
OF_A_SIDE = ", the paper of a side"


class Quoter(Lookup):
    """Names and quotes the voices of one report.

    Function and side of a person or body are told once on a page, as is each quote: `introduced`
    and `quoted` hold which were. `most` is how many words a quote may have, 0 for no quotes;
    `most_foreign` one that is not in English, of which nobody can tell by its words what to leave
    out. `cite` holds the numbers by which articles are cited, `shaken` the sentences that tell what
    is disputed or overtaken; `organs` are the papers of sides, and `is_of_days` tells whether
    articles are of several days.
    """

    most_foreign = 0

    def __init__(self, report: Report) -> None:
        super().__init__(report)
        self.most = 0
        self.introduced: set[tuple[str, str]] = set()
        self.quoted: set[str] = set()
        self.organs = {a.outlet for a in report.articles if a.genre == "party-organ"}
        self.heads = {note.id: note.text for note in report.first_page.heads}
        self.cite = {article.id: f"[{n}]" for n, article in enumerate(report.articles, 1)}
        self.is_of_days = len({a.published.date() for a in report.articles if a.published}) > 1
        self.shaken = {
            (voice.article, voice.sentences[0])
            for finding in report.findings
            if finding.verdict in {"disputed", "updated"}
            for voice in finding.voices
        }

    # --- names --------------------------------------------------------------------------

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
        caution = WITH_CAUTION * finding.is_hedged_by(origin)
        side = origin.side.partition(" (")[0]
        if origin.side and label in self.organs:
            return f"{side} in {label}{caution}"
        if label in self.organs:
            label += OF_A_SIDE
        first = self.introduce(label, origin.side)
        side = excerpt(side, MOST_SIDE_WORDS) if first else ""
        side = "" if list_long_words(side) <= list_long_words(label) else side
        return show_origin(origin.model_copy(update={"label": label, "side": side})) + caution

    def find_person(self, finding: Finding, origin: Origin) -> Voice | None:
        """The voice of the person who is an origin of a finding by name."""
        for voice in (voice for voice in finding.voices if voice.origin.key == origin.key):
            source = self.sources.get(voice.source or "")
            if source and source.person and source.name == origin.label:
                return voice
        return None

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

    # --- quotes -------------------------------------------------------------------------

    def tell(self, finding: Finding) -> str:
        """What a finding says, in a few words of the model if it gave them."""
        head = self.heads.get(finding.id, "")
        return head[:1].upper() + head[1:] or finding.text

    def cite_all(self, articles: Iterable[str]) -> str:
        """The numbers of some articles, in order."""
        some = {*articles}
        return " ".join(number for article, number in self.cite.items() if article in some)

    def find_first_day(self, articles: Iterable[str]) -> str:
        """The first day of some articles.

        "" where one of them has no date, or those of the report are all of one day.
        """
        told = [self.articles[article].published for article in articles]
        known = [when.date() for when in told if when]
        return f"{min(known):%-d %B}" if self.is_of_days and known and all(told) else ""

    def show_cited(self, finding: Finding, origin: Origin) -> str:
        """An origin as in `show_in`, with the numbers of the articles in which it asserts this.

        Of several who speak for it, those in which the one who is named does.
        """
        said = [v for v in finding.voices if v.stance == "asserts" and v.origin.key == origin.key]
        return f"{self.show_in(finding, origin)} {self.cite_named(said, origin)}".strip()

    def cite_taker(self, position: Position, origin: Origin) -> str:
        """Who takes a position, with the numbers of the articles in which he does."""
        voices = self.list_voices_of(position.claims)
        taking = [voice for voice in voices if voice.origin.key == origin.key]
        return f"{with_guess(first_name(origin))} {self.cite_named(taking, origin)}".strip()

    def cite_named(self, voices: Sequence[Voice], origin: Origin) -> str:
        """The articles of an origin's voices: those in which the one who is named for it speaks."""
        own = [voice for voice in voices if self.name_speaker(voice) == first_name(origin)]
        return self.cite_all(voice.article for voice in own or voices)

    def find_best(self, voices: Iterable[Voice], subject: str) -> Voice | None:
        """The voice to quote for a subject: of those that assert it, those that count first.

        None where nobody asserts it, or nothing is quoted.
        """
        said = [voice for voice in voices if voice.stance == "asserts" and self.most]
        counted = [voice for voice in said if voice.counted] or said
        return min(counted, key=lambda voice: self.rank(voice, subject), default=None)

    def quote(self, voice: Voice, subject: str) -> str:
        """The words of a voice nearest to a subject; "" for words told before, or for no quotes."""
        text = in_marks(self.cut(voice, subject)) if self.most else ""
        if text in self.quoted:
            return ""
        self.quoted.add(text)
        return text

    def quote_cited(self, voice: Voice) -> str:
        """What a voice is cited for that takes something back.

        Of a source that is quoted the sentence that carries it, and the first that is spoken; all
        that an article only reports of it. Of an outlet all that stand in one piece, for on a live
        page the report that was wrong stands below its correction. If that is long the carrying
        sentence alone.
        """
        quote_of = dict(zip(voice.sentences, voice.quotes, strict=True))
        first = last = voice.sentences[0]
        spoken = [number for number, quote in quote_of.items() if not OWN_MARKS.isdisjoint(quote)]
        numbers = {first, *(spoken[:1] or quote_of if voice.source else ())}
        while voice.source is None and first - 1 in quote_of:
            first -= 1
        while voice.source is None and last + 1 in quote_of:
            last += 1
        numbers |= {*range(first, last + 1)}
        every = self.join_cited(voice, numbers)
        short = every if len(every.split()) <= MOST_CITED_WORDS else self.cut(voice, voice.text)
        self.quoted |= {in_marks(quote) for quote in voice.quotes}  # nor again one by one
        return in_marks(short) if self.most else ""

    def attribute(self, who: str, voice: Voice, quote: str) -> str:
        """A quote under a name, and under that which the article gives the speaker if another."""
        return self.place(self.add_name(who, voice), voice, quote)

    def add_name(self, who: str, voice: Voice) -> str:
        """A name, with that which the article gives the speaker where it is another.

        An outlet stands under its own name, not under that of another with which it counts as one,
        nor of the side whose account it goes on with.
        """
        source = self.sources.get(voice.source or "")
        outlet = name_outlet(self.articles[voice.article])
        if source is None and plain(outlet) not in plain(who):
            return without_guess(voice.origin.label)
        name = voice.name or (source.name if source else "")
        long = list_telling(name)
        if plain(name) in plain(who) or (long and long <= {*plain(who).split()}):
            return who
        if who.endswith(")"):  # a side or an outlet stands there
            return f"{who[:-1]}; {name})"
        return f"{who} ({name})" if who else name

    def place(self, who: str, voice: Voice, quote: str) -> str:
        """A quote with the number of its article, under a name or under none.

        What the article only reports of a source stands as the article's words: "A, per [3]: …".
        The language is told where it is not English.
        """
        cite, language = self.cite_place(voice), self.articles[voice.article].language
        tongue = f"in {words.language_name(language)}" if language != "en" else ""
        if self.is_reported(voice, quote):
            return f"{', '.join(filter(None, (who, f'per {cite}', tongue)))}: {quote}"
        lead = ", ".join(filter(None, (who, tongue)))
        return f"{lead}: {quote} {cite}" if lead else f"{quote} {cite}"

    def cite_place(self, voice: Voice) -> str:
        """The number of the article of a voice, on a live page with the clock of the entry."""
        cite = self.cite[voice.article]
        moment = self.articles[voice.article].sentence(voice.sentences[0]).moment
        return f"{cite} {moment}" if CLOCK.fullmatch(moment) else cite

    def is_reported(self, voice: Voice, quote: str) -> bool:
        """Whether a quote is an article's own report of what a source or another outlet said."""
        article = self.articles[voice.article]
        if voice.source is None:
            return bool(voice.via)
        return not is_spoken(article, voice.sentences[0], quote)

    def is_own_word(self, voice: Voice) -> bool:
        """Whether a source speaks in its own words, and in English."""
        article = self.articles[voice.article]
        spoken = is_spoken(article, voice.sentences[0], in_marks(self.cut(voice, voice.text)))
        return voice.source is not None and article.language == "en" and spoken

    def rank(self, voice: Voice, subject: str) -> tuple[bool, bool, bool, bool, bool, int]:
        """What is quoted first: no sentence that tells what is disputed or overtaken beside it.

        Then no column or paper of a side, no headlines or scraps, English, whole sentences, and
        most words of the subject.
        """
        scrap, _, foreign = self.order(voice)
        text = self.cut(voice, subject)
        return (
            self.is_shaken(voice),
            self.is_sided(voice),
            self.is_headline(voice) or scrap,
            foreign,
            CUT in text,
            -len(stems(text) & stems(subject)),
        )

    def is_shaken(self, voice: Voice) -> bool:
        """Whether a voice's first sentence also tells what is disputed or overtaken."""
        return (voice.article, voice.sentences[0]) in self.shaken

    def is_headline(self, voice: Voice) -> bool:
        """Whether a voice's first sentence is a headline or caption."""
        return self.articles[voice.article].sentence(voice.sentences[0]).kind != "body"

    def is_sided(self, voice: Voice) -> bool:
        """Whether a voice stands in a column or in what a side publishes."""
        return self.articles[voice.article].genre in SIDED

    def cut(self, voice: Voice, subject: str) -> str:
        """A voice's first sentence, cut; all that it is cited for where that one is a scrap.

        Not of a source: what stands beside its words may be somebody else's.
        """
        article = self.articles[voice.article]
        if voice.source is None and is_scrap(voice):
            every = self.join_cited(voice, voice.sentences)
            if len(every.split()) <= self.most:
                return every
        most = self.most if article.language == "en" else max(self.most, self.most_foreign)
        return excerpt(quote_whole(article, voice.sentences[0]), most, subject)

    def join_cited(self, voice: Voice, numbers: Collection[int]) -> str:
        """What a voice is cited for in some sentences, in the order of its article."""
        cited = {n: q for n, q in zip(voice.sentences, voice.quotes, strict=True) if n in numbers}
        order = sorted(cited)
        return words.join_quotes(self.articles[voice.article], order, [cited[n] for n in order])


def is_scrap(voice: Voice) -> bool:
    """Whether a voice's first sentence is so short that it may not say what it is about."""
    first = voice.quotes[0]
    return len(first.split()) < SCRAP_WORDS and len(first) < SCRAP_LETTERS


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
