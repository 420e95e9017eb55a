"""Prepare the sentences of articles for comparison, each read once.

A line is informative if it has enough rare words of its own to be recognised
elsewhere; captions, headlines, teasers and generic lines are not.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations

from factcheck.language.attribution import saying
from factcheck.language.names import names
from factcheck.language.number_words import NUMBER_WORDS
from factcheck.language.quantities import numbers_in
from factcheck.language.words import bag, fold, split_table, stem, stems, straight, words
from factcheck.models import Article, Sentence
from factcheck.sidebyside.models import Place
from factcheck.sidebyside.sayings import is_pronoun

_LEADS = 2
_COMMONPLACE = 400
# So many articles with one very sentence are compared; further ones only carry it.
_SAME = 8
_LEAST_STEMS, _LEAST_WORDS, _LEAST_CONTENT = 5, 7, 1
_GENERIC = re.compile(
    r"^(?:read|see|watch|listen|click|follow|subscribe|sign up|download|join|share|scroll|tap)\b"
    r"|\b(?:contributed to this (?:report|story|article)"
    r"|this (?:story|article|page) (?:has been|was|is)"
    r"|(?:breaking|developing) (?:news )?story|more (?:details|information) (?:to follow|soon)"
    r"|last updated|updated (?:at|on)|published (?:at|on)"
    r"|for more (?:on|stories|news|information)|follow (?:us|him|her|\w+ on)\b|sign up (?:for|to)"
    r"|newsletter|all rights reserved|do you have (?:a story|information)"
    r"|reporting by|editing by|writing by|photo(?:graph)?s? by"
    r"|(?:did|has) not (?:immediately )?(?:respond|repl(?:y|ied)) to|requests? for comment"
    r"|declin(?:ed|es) to comment|(?:for|any) (?:immediate )?comment)\b",
    re.IGNORECASE,
)
_NUMBERISH = NUMBER_WORDS | split_table(
    """hundreds thousands millions billions trillions dozen dozens pair pairs couple couples half
    third thirds quarter quarters noon midnight several"""
)
# What looks back or goes on where it stands among the first words of a sentence.
_LOOKS_BACK = split_table(
    "he she they it we i you him her them his its their our my this that these those both there"
    " others another such so but and or yet also however instead meanwhile then one"
)
_SPEAKER = split_table("we i you our my")
_FIRST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with its article and its stems.

    `content` are the stems that belong to no name, `marks` the words of the names,
    folded, and the figures. `leads` marks the first two body sentences. `twins` are lines of
    further articles with its very words, which are not compared.
    """

    article: Article
    sentence: Sentence
    stems: frozenset[str]
    content: frozenset[str]
    marks: frozenset[str]
    informative: bool
    leads: bool
    twins: tuple[Line, ...] = ()

    @property
    def key(self) -> Place:
        """Where it stands."""
        return self.article.id, self.sentence.number


Pair = tuple[int, int]
"""Places of two lines or values, the lower first."""


def read_lines(articles: Sequence[Article]) -> list[Line]:
    """All body sentences of the articles, in order."""
    return [
        _to_line(article, sentence, leads=place < _LEADS)
        for article in articles
        for place, sentence in enumerate(one for one in article.sentences if one.kind == "body")
    ]


def set_twins_apart(lines: Sequence[Line]) -> list[Line]:
    """The lines to compare; further ones with the very words of one of them are its twins.

    So the cost of hundreds of copies grows with what is different in them.
    """
    same: defaultdict[str, list[Line]] = defaultdict(list)
    for line in lines:
        same[line.sentence.text].append(line)
    twins = {some[0].key: tuple(some[_SAME:]) for some in same.values() if len(some) > _SAME}
    apart = {line.key for some in twins.values() for line in some}
    kept = (line for line in lines if line.key not in apart)
    return [replace(line, twins=twins.get(line.key, ())) for line in kept]


def is_generic(text: str) -> bool:
    """Whether a line is the outlet's about itself, the page or the story, wherever it stands."""
    return _GENERIC.search(straight(text)) is not None


@lru_cache(maxsize=8192)
def reads_alone(text: str) -> bool:
    """Whether a sentence can be read without those before it, by how it opens and who speaks.

    One that opens with a pronoun or a connective, with a mark of a list or of a program, is a
    quotation and no more, does not close one, or is said by a mere "she", cannot.
    """
    flat = straight(text).strip()
    if not re.match(r"[\"'$€£]?\w", flat) or re.fullmatch(r'"[^"]*"\W*', flat):
        return False
    first = re.findall(r"[^\W\d_]+", flat.partition(",")[0])[:_FIRST_WORDS]
    looks_back = _LOOKS_BACK - _SPEAKER if flat.startswith('"') else _LOOKS_BACK
    if flat.count('"') % 2 or {word.lower() for word in first} & looks_back:
        return False
    sources = [one.source for one in saying(text)]
    return not sources or not all(map(is_pronoun, sources))


def has_number(text: str) -> bool:
    """Whether a text may hold a number, quickly: reading numbers is slow."""
    return any(map(str.isdigit, text)) or not _NUMBERISH.isdisjoint(bag(text))


def is_english(article: Article) -> bool:
    """Whether all words of the article can be compared, not only names and numbers."""
    return article.language[:2] == "en"


def rarity(held: Collection[frozenset[str]]) -> Mapping[str, float]:
    """How rare each term is among the sentences; what stands all over the event weighs little."""
    counts = Counter(term for terms in held for term in terms)
    return {term: math.log((len(held) + 1) / (count + 0.5)) for term, count in counts.items()}


def share_terms(held: Mapping[int, Iterable[str]]) -> Iterator[tuple[Pair, str]]:
    """Each two places that hold one term, the lower first, with the term; always in one order.

    What hundreds hold tells nothing, and its pairs are many.
    """
    places: defaultdict[str, list[int]] = defaultdict(list)
    for at, terms in held.items():
        for term in sorted(terms):
            places[term].append(at)
    for term, some in places.items():
        if len(some) <= _COMMONPLACE:
            yield from ((pair, term) for pair in combinations(some, 2))


def weigh(terms: Iterable[str], rare: Mapping[str, float]) -> float:
    """What terms weigh by how rare they are."""
    # Sets come in any order, and plain sums would differ with it in their last digit.
    return math.fsum(rare.get(term, 0.0) for term in terms)


def weigh_shared(a: frozenset[str], b: frozenset[str], rare: Mapping[str, float]) -> float:
    """The weight of the terms that both hold, as a share of the lighter of the two."""
    lighter = min(weigh(a, rare), weigh(b, rare))
    return weigh(a & b, rare) / lighter if lighter else 0.0


def _to_line(article: Article, sentence: Sentence, *, leads: bool) -> Line:
    said = frozenset(stems(sentence.text, article.language))
    marks = _read_marks(article, sentence.text)
    named = {stem(mark, article.language[:2]) for mark in marks}
    content = frozenset(one for one in said - named if len(one) > 1 and not one[0].isdigit())
    return Line(
        article=article,
        sentence=sentence,
        stems=said,
        content=content,
        marks=marks,
        informative=_is_informative(sentence, said, content),
        leads=leads,
    )


def _is_informative(sentence: Sentence, said: frozenset[str], content: frozenset[str]) -> bool:
    text = straight(sentence.text)
    if len(said) < _LEAST_STEMS or len(text.split()) < _LEAST_WORDS or text.rstrip().endswith("?"):
        return False
    return len(content) >= _LEAST_CONTENT and not is_generic(text)


def _read_marks(article: Article, text: str) -> frozenset[str]:
    """The words of the names, folded, and the figures."""
    found = {word for name in names(text) for word in words(fold(name)) if len(word) > 2}
    if has_number(text):
        found |= numbers_in(text, article.language)
    return frozenset(found)
