"""Quote what a line rests on: which voice, which of its words, and from which article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from factcheck.language.excerpt import CUT, excerpt, stems
from factcheck.models import Finding, Origin, Position, Report, Voice
from factcheck.report import words
from factcheck.report.first_page.naming import Namer, first_name, with_guess, without_guess
from factcheck.report.first_page.outlets import CLOCK
from factcheck.report.first_page.warnings import name_outlet, plain
from factcheck.report.quotes import OWN_MARKS, in_marks, is_spoken, quote_whole

SIDED = frozenset({"opinion", "party-organ", "press-release"})
"""Genres whose sentences are quoted where no other article has one."""
LEAST_LETTERS = 3  # of a word of a name that tells something, as "the" in "the mayor" does not
MOST_CITED_WORDS = 60  # of all that one voice is cited for
SCRAP_WORDS, SCRAP_LETTERS = 8, 60  # of a sentence that may not say by itself what it is about


class Quoter(Namer):
    """Quotes the voices of one report, each text once on a page.

    `most` is how many words a quote may have, 0 for no quotes; `most_foreign` one that is not in
    English, of which nobody can tell by its words what to leave out; `cite` holds the numbers by
    which articles are cited, `shaken` the sentences that tell what is disputed or overtaken;
    `is_of_days` whether articles are of several days.
    """

    most_foreign = 0

    def __init__(self, report: Report) -> None:
        """Index a report, of which nothing is quoted yet."""
        super().__init__(report)
        self.most = 0
        self.quoted: set[str] = set()
        self.heads = {note.id: note.text for note in report.first_page.heads}
        self.cite = {article.id: f"[{n}]" for n, article in enumerate(report.articles, 1)}
        self.is_of_days = len({a.published.date() for a in report.articles if a.published}) > 1
        self.shaken = {
            (voice.article, voice.sentences[0])
            for finding in report.findings
            if finding.verdict in {"disputed", "updated"}
            for voice in finding.voices
        }

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
        cited = [(number, quote_of[number]) for number in sorted(numbers)]
        article = self.articles[voice.article]
        every = words.join_quotes(article, [n for n, _ in cited], [quote for _, quote in cited])
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
        long = {word for word in plain(name).split() if len(word) > LEAST_LETTERS}
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
        cited = sorted(zip(voice.sentences, voice.quotes, strict=True))
        every = words.join_quotes(article, [n for n, _ in cited], [quote for _, quote in cited])
        if voice.source is None and is_scrap(voice) and len(every.split()) <= self.most:
            return every
        most = self.most if article.language == "en" else max(self.most, self.most_foreign)
        return excerpt(quote_whole(article, voice.sentences[0]), most, subject)


def is_scrap(voice: Voice) -> bool:
    """Whether a voice's first sentence is so short that it may not say what it is about."""
    first = voice.quotes[0]
    return len(first.split()) < SCRAP_WORDS and len(first) < SCRAP_LETTERS
