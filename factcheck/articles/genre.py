"""Tell what kind of text an article is where that can plainly be read; "" where not.

A wrong kind is worse than none: nothing here reads the story, only labels, addresses,
schema.org types, and the set phrases under which opinions and press releases go out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from factcheck.articles.lines import Cleaned
from factcheck.articles.provenance import Provenance
from factcheck.models import Genre

_LABEL_TABLE: Mapping[Genre, str] = {
    "opinion": """opinion, opinions, comment, commentary, column, columns, columnists, editorial,
        editorials, op-ed, oped, viewpoint, viewpoints, commentisfree, éditorial, édito,
        chronique, chroniques, débats, tribune libre, point de vue, idées, kommentar,
        kommentare, meinung, leitartikel, kolumne, gastbeitrag, gastkommentar, opinión,
        columna, editoriales, columnas""",
    "press-release": """press release, press releases, press-release, press-releases, media release,
        news release, for immediate release, communiqué de presse, communiqués de presse,
        pressemitteilung, pressemitteilungen, medienmitteilung, nota de prensa,
        notas de prensa, comunicado de prensa""",
    "correction": """correction, corrections, corrections and clarifications, clarification,
        clarifications, corrections & clarifications, rectificatif, rectificatifs, berichtigung,
        korrektur, fe de errores""",
    "analysis": "analysis, news analysis, analyse, análisis",
    "live": "live, live blog, liveblog, liveticker, en direct, en directo",
}
_LABELS: Mapping[Genre, frozenset[str]] = {
    genre: frozenset(re.split(r",\s+", labels)) for genre, labels in _LABEL_TABLE.items()
}
_HEADLINE = re.compile(r"^(?P<label>[^:|–—]{4,32}?)(?:\s*[:|]|\s+[–—])\s")
_IN_PATH = frozenset(_LABELS["opinion"]) - {"chronique", "chroniques", "comment", "column"}
_TYPES: tuple[tuple[str, Genre], ...] = (
    ("opinionnewsarticle", "opinion"),
    ("analysisnewsarticle", "analysis"),
    ("liveblogposting", "live"),
    ("reportagenewsarticle", "news"),
)
_OWN_VIEWS = re.compile(
    r"\bviews expressed (?:here |in this (?:article|column|piece) )?are (?:(?:solely )?(?:his|her"
    r"|their|the (?:author|writer|columnist)['’]?s?)(?: own)?|(?:solely )?those of the"
    r" (?:author|writer|columnist))"
    r"|\bthis is an opinion (?:piece|column)|gibt (?:ausschließlich )?die meinung des autors"
    r"|n['’]engagent que (?:son auteur|leur auteur)|opiniones? (?:expresadas? .{0,40})?"
    r"(?:es|son) (?:responsabilidad )?(?:exclusivas? )?del autor",
    re.IGNORECASE,
)
_ORGAN = re.compile(
    r"\b(?:party|league|union|federation|movement|association|partei|gewerkschaft|verband|parti"
    r"|syndicat|fédération|mouvement|partido|sindicato|federación|movimiento)\b",
    re.IGNORECASE,
)
_TURN = re.compile(r"^(?P<name>[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+(?: [A-ZÀ-Þ.'’-]+){0,4}):\s+\S")
# How a page says that the rest has to be paid for; a call only where a sentence begins.
_TO_PAY = re.compile(
    r"(?:article|story|content) is (?:only |exclusive(?:ly)? )?(?:available )?"
    r"(?:for|to|reserved for) (?:our |paying |registered )*(?:subscribers|members)"
    r"|(?:post|issue) is for (?:\w+ )?(?:paying|paid) (?:subscribers|members)"
    r"|subscribe to unlock|for subscribers only|subscriber[- ]only|subscription required"
    r"|already (?:a (?:subscriber|member)|subscribed)"
    r"|(?:reached|used) your .{0,30}(?:limit|articles)"
    r"|nur für abonnent|jetzt (?:weiterlesen|freischalten)|bereits abonnent|mit .{1,20} weiterlesen"
    r"|réservée? (?:à nos|aux) abonnés|déjà abonné|abonnez-vous pour|il vous reste .{0,40} à lire"
    r"|(?:exclusivo|sólo|solo) para suscriptores|ya (?:eres|es) suscriptor|suscríbe?te para"
    r"|riservato agli abbonati|sei già abbonato|abbonati per"
    r"|exclusivo para assinantes|já é assinante"
    r"|(?:alleen|exclusief) voor abonnees|al abonnee|tylko dla (?:prenumerator|subskrybent)"
    r"|только (?:для|по) подпис"
    r"|(?:^|(?<=[.!?»”\"|:]\s))(?:please )?(?:"
    r"subscribe (?:now )?(?:to (?:continue|read|keep|access|unlock)|for full access)"
    r"|(?:log in|sign in|register) (?:or \w+ )?to (?:continue|read|keep reading|unlock)"
    r"|to (?:continue|keep) reading|to read (?:the (?:full|rest|whole|entire)|this) "
    r"|(?:continue|keep) reading (?:with|for)\b"
    r"|unlock (?:this|the) (?:article|story|rest|full))",
    re.IGNORECASE | re.MULTILINE,
)
_ENTRIES = 3  # times of entries that a live page has at least
OPENING = 200  # words that are shown at most before one has to pay


def find_genre(
    facts: Mapping[str, object],
    cleaned: Cleaned,
    told: Provenance,
    outlet: str,
    headline: str,
    beside: Sequence[str],
) -> Genre:
    """The kind of an article, by the surest sign first.

    `facts` is its metadata, `told` what the text says of itself, `beside` what else is on its page.
    """
    paragraphs = [line.text for line in cleaned.story if line.role == "body"]
    tail = (*paragraphs[-3:], *cleaned.edges)
    size = sum(len(text.split()) for text in paragraphs)
    offers = (*tail, *(beside if facts.get("to_pay") else ()))
    if size < OPENING and any(map(find_offer, offers)):
        return "paywall"
    found: tuple[tuple[Genre, bool], ...] = (
        (_read_labels(facts, cleaned.labels, headline), True),
        ("opinion", any(_OWN_VIEWS.search(text) for text in tail)),
        ("live", len({line.moment for line in cleaned.story} - {""}) >= _ENTRIES),
        ("transcript", _is_transcript(paragraphs)),
        ("party-organ", _ORGAN.search(told.publisher) is not None),
        ("agency", bool(outlet) and outlet == told.agency),
    )
    return next((genre for genre, holds in found if genre and holds), "")


def find_offer(text: str) -> str:
    """The words by which a text says that the rest has to be paid for; "" where it does not."""
    match = _TO_PAY.search(text)
    return match[0].strip() if match else ""


def find_label(text: str) -> Genre:
    """The kind that a line names, if it does nothing else."""
    bare = text.strip(" *_[]():.-–—|").casefold()
    return next((genre for genre, names in _LABELS.items() if bare in names), "")


def _read_labels(facts: Mapping[str, object], labels: Sequence[str], headline: str) -> Genre:
    """The kind by types, labels, section, address and the label before the headline."""
    types = str(facts.get("types", "")).split()
    head = _HEADLINE.match(headline)
    sections = re.split(r"[,/|>]", str(facts.get("section", "")))
    named = [*labels, *sections, headline, head["label"] if head else ""]
    path = {part.casefold() for part in urlsplit(str(facts.get("url", ""))).path.split("/")[:-1]}
    found: tuple[Genre, ...] = (
        *(genre for name, genre in _TYPES if name in types),
        *map(find_label, named),
        "opinion" if path & _IN_PATH else "",
        "press-release" if path & _LABELS["press-release"] else "",
    )
    return next(filter(None, found), "")


def _is_transcript(paragraphs: Sequence[str]) -> bool:
    """Several turns of several people, and they are a good part of the text."""
    turns = [match["name"] for text in paragraphs if (match := _TURN.match(text))]
    return len(turns) >= 4 and len(set(turns)) >= 2 and 3 * len(turns) >= len(paragraphs)
