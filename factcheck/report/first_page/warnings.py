"""What code itself warns of on a first page: hidden text, and people who may be mistaken."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from rapidfuzz.distance import Levenshtein

from factcheck.language.excerpt import excerpt
from factcheck.language.words import fold
from factcheck.models import Article, Source
from factcheck.report.entries import Lookup
from factcheck.report.first_page.lines import Line

MOST_FUNCTION_WORDS = 9
LEAST_LETTERS = 3  # of a word that tells something, as "of" in "chief of police" does not


def hidden_texts(found: Lookup) -> Iterator[str]:
    """The articles with text that speaks to machines, or that no reader sees.

    What it says is not repeated here; a hidden copy of what the article shows is no matter.
    """
    for article in found.report.articles:
        shown = plain(" ".join(sentence.text for sentence in article.sentences))
        kinds = {w.kind for w in article.warnings if plain(w.text) not in shown}
        kinds |= {w.kind for w in article.warnings} & {"planted-text"}
        if kinds & {"planted-text", "hidden-text"}:
            what = "text for machines" if "planted-text" in kinds else "hidden text"
            yield f"{name_outlet(article)} holds {what}; nothing rests on it."


def is_told(person: Source, warned: Collection[str]) -> bool:
    """Whether some words name a person: by the first name, or two words of what he is."""
    function = list_telling(person.function)
    return plain(person.name.split()[0]) in warned or len(function.intersection(warned)) > 1


def namesakes(found: Lookup) -> Iterator[Line]:
    """People of one surname whom a reader may take for one, unless the model warns of them."""
    warned = {*plain(" ".join(one.why for one in found.report.first_page.careful)).split()}
    by_surname: dict[str, dict[str, Source]] = {}
    for source in found.report.sources:
        words = source.name.split()
        named = source.role != "anonymous" and len(words) > 1
        if source.person and named and words[0][0].isupper() and words[-1][0].isupper():
            by_surname.setdefault(words[-1].casefold(), {}).setdefault(source.name, source)
    for surname, several in by_surname.items():
        named = any(word.startswith(plain(surname)) for word in warned)
        known = named and all(is_told(source, warned) for source in several.values())
        if len(several) > 1 and not known:
            shown = next(iter(several)).split()[-1]
            people = [
                ", ".join(filter(None, (one.name, shorten_function(one.function))))
                for one in [*several.values()][:3]
            ]
            told = f"Not one but {len(several)} people called {shown}"
            yield Line(f"{told}: {'; '.join(people)}")


def misspellings(found: Lookup) -> Iterator[Line]:
    """People whom an article calls by another first or last name than the others do."""
    slips = (issue for issue in found.report.issues if issue.kind == "slip")
    told = [{*plain(p.label).split()} for issue in slips for p in issue.positions]
    for source in found.report.sources:
        known = plain(source.name).split()
        if not source.person or len(known) < 2:
            continue
        voices = (v for f in found.report.findings for v in f.voices if v.source == source.id)
        other: dict[str, str] = {}
        for voice in voices:
            words = plain(voice.name).split()
            if len(words) == len(known) and is_variant(known, words):
                other.setdefault(voice.name, name_outlet(found.articles[voice.article]))
        for name, where in other.items():
            if any({*plain(name).split()} <= label for label in told):
                continue  # a question tells it
            yield Line(f"{source.name} is called {name} by {where}.", refs=(source.id,))


def is_variant(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names differ in one word, which begins alike: "Marc" and "Marcel".

    One letter more or less is another way to write the name: "Podolyak" and "Podoliak".
    """
    apart = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    alike = len(apart) == 1 and apart[0][0][0] == apart[0][1][0]
    return alike and Levenshtein.distance(*apart[0]) > 1


def shorten_function(function: str) -> str:
    """A title or function; of a long one what stands before it goes on."""
    if len(function.split()) <= MOST_FUNCTION_WORDS:
        return function
    first = re.split(r",|\s(?:in|at|for|who|with|and)\s", function)[0]
    return excerpt(first, MOST_FUNCTION_WORDS)


def name_outlet(article: Article) -> str:
    """The outlet of an article, never a path."""
    return article.outlet or "unknown outlet"


def list_telling(text: str) -> set[str]:
    """The words of a text that tell something, as `plain` writes them."""
    return {word for word in plain(text).split() if len(word) > LEAST_LETTERS}


def plain(text: str) -> str:
    """The words of a text without accents, case and marks, for comparison."""
    return " ".join(re.findall(r"\w+", fold(text)))
