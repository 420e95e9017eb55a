"""Invented articles about a bridge in an invented town, for the tests of the reading."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from factcheck.models import Article, Sentence, SentenceKind
from factcheck.sidebyside import SideBySide, read_side_by_side

NOON = datetime(2026, 5, 13, 12, 0, tzinfo=UTC)


def article(
    identity: str,
    outlet: str,
    *texts: str | tuple[SentenceKind, str],
    language: str = "en",
    published: datetime | None = NOON,
) -> Article:
    """An article of one-sentence paragraphs; a tuple gives the kind of its sentence."""
    pairs = [("body", text) if isinstance(text, str) else text for text in texts]
    return Article(
        id=identity,
        source=f"{identity}.txt",
        outlet=outlet,
        outlet_from="metadata",
        title=f"{outlet} on the bridge",
        published=published,
        language=language,
        sentences=tuple(
            Sentence.model_validate({"number": n, "text": text, "kind": kind, "paragraph": n})
            for n, (kind, text) in enumerate(pairs, start=1)
        ),
        raw_sha256="0" * 64,
        text_sha256="0" * 64,
    )


def read(*articles: Article, hints: Sequence[str] = ()) -> SideBySide:
    """The reading of the articles."""
    return read_side_by_side(articles, created=NOON, hints=hints)


HERALD = article(
    "a1",
    "Orle Herald",
    ("headline", "Footbridge falls into the Senn at Orle"),
    "The old footbridge over the Senn at Orle collapsed on Tuesday evening, killing three people.",
    "At least 40 people were on the footbridge when the cable snapped, mayor Ada Brandt said.",
    "“We heard the cable snap like a whip, and then the deck was gone,” said Jon Fell, a baker.",
    "“Nobody had told us that the cable was worn.",
    "Nobody had told us anything.”",
    "The repair of the eastern tower cost $2.4 million in 2019, according to the town treasurer.",
    "The builder Marrow & Sons denied that the cable had been worn.",
    "Divers from Kestrel Bay will allegedly resume their search of the riverbed at dawn.",
    ("caption", "The old footbridge over the Senn at Orle after its collapse on Tuesday evening."),
)
COURIER = article(
    "a2",
    "Senn Courier",
    "Three people were killed on Tuesday evening when the old footbridge at Orle collapsed.",
    "Mayor Ada Brandt said that 52 people were on the footbridge when the cable snapped.",
    "“We heard the cable snap like a whip, and then the deck was gone,” baker Jon Fell said.",
    "The repair of the eastern tower cost about $2.5 million in 2019, the council's books show.",
    "The news agency Nordpress quoted Brandt as saying that the inquiry would start on Friday.",
    "Read more on the collapse of the old footbridge over the Senn at Orle.",
)
JOURNAL = article(
    "a3",
    "Journal du Senn",
    "La passerelle d'Orle sur la Senn, vieille de 112 ans, a cédé mardi soir.",
    "Selon la maire Ada Brandt, 52 personnes se trouvaient sur la passerelle d'Orle.",
    language="fr",
)
STRANGER = article(
    "a4",
    "Tallow Times",
    "Lena Quist of Varn Rovers scored twice against Ostmark in the Cup at Halden Park.",
    "Coach Per Lund praised Quist and her captain Mira Dahl after the match in Halden.",
)
