"""Take boxes out of a page that are no part of its story: promotion, consent, comments."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from factcheck.articles.elements import (
    count_words,
    is_byline_block,
    is_comment_box,
    read_classes,
    read_text,
    remove,
)
from factcheck.articles.genre import find_offer
from factcheck.articles.lines import is_ended, squeeze
from factcheck.articles.marks import is_story_sentence

_ADVERT = re.compile(r"newsletter|promo(?!t)|advert|recommend|most-read|sign-?up", re.IGNORECASE)
_PROMO = re.compile(
    rf"{_ADVERT.pattern}|(?<!un)related|read-?more|see-?also|share(?![dh])|social"
    r"|subscri|ticker|paywall|compart|partag|\bteilen|condivid",
    re.IGNORECASE,
)
_PAID = re.compile(r"subscri|paywall", re.IGNORECASE)
_PULLED = re.compile(r"quote|zitat|citation|destacad", re.IGNORECASE)
_LIKE_PROMO = re.compile(r"unrelated|shareh|shared", re.IGNORECASE)
_CONSENT = re.compile(r"consent|cookie|gdpr|onetrust|privacy-?(?:banner|notice|bar)", re.IGNORECASE)
_FOOT = re.compile(r"footer", re.IGNORECASE)
_CORRECTION = re.compile(r"correct|clarif|amend|editor.?s.note|footnote", re.IGNORECASE)
_BOXES = ("div", "aside", "section", "p", "ul", "dialog", "footer")
_HEAD = 6  # words over links to other stories
_TITLE = 3  # words of each on average
_MOST = 60  # words of a box that is none of the story
_LEAST = 30  # words that a page has beside what it asks


def take_promos(tree: Any) -> Iterator[str]:
    """Take out promotion, comments and requests for consent; yield the texts of these boxes."""
    yield from _take_comments(tree)
    yield from _take_prices(tree)
    yield from _take_link_boxes(tree)
    whole = count_words(tree)
    told = _list_story_classes(tree)
    for element in list(tree.iter(*_BOXES)):
        classes = read_classes(element)
        if _is_of_story(element, classes):
            _open_box(element)
            continue
        if classes in told or (_LIKE_PROMO.search(classes) and not _PROMO.search(classes)):
            element.attrib.pop("class", None)  # what extracts the text goes by such words, too
            continue
        asks = _CONSENT.search(classes) or element.get("role") in {"dialog", "alertdialog"}
        if not (asks or _PROMO.search(classes)) or _CORRECTION.search(classes):
            continue
        text = read_text(element)
        size = len(text.split())
        small = size <= _MOST or (asks and whole - size >= _LEAST)
        if element.getparent() is not None and small:
            whole -= size
            yield text
            remove(element)


def _is_of_story(element: Any, classes: str) -> bool:
    """Whether a box between paragraphs of the story has whole sentences, as a fact box has."""
    boxed = element.tag in {"aside", "footer"} and not _PULLED.search(classes)
    named = any(name.search(classes) for name in (_PROMO, _CONSENT, _FOOT))
    other = _ADVERT.search(classes) or is_comment_box(element) or element.get("role")
    if other or not (boxed or named or is_byline_block(element)):
        return False
    beside = (e for e in (element.getprevious(), element.getnext()) if e is not None)
    between = sum(e.tag == "p" and is_story_sentence(read_text(e)) for e in beside)
    if between < (1 if _PAID.search(classes) else 2):
        return False
    quoted = (p for quote in element.iter("blockquote") for p in quote.iter("p"))
    plain = element.find(".//a") is None and is_story_sentence(read_text(element))
    return plain or any(is_ended(read_text(p)) for p in quoted)


def _open_box(element: Any) -> None:
    """Make a box a part of the story, whose heading is none of what follows."""
    for name in ("class", "id"):
        element.attrib.pop(name, None)
    if element.tag != "p":
        element.tag = "div"
        for head in element.iter("h2", "h3", "h4", "h5", "h6"):
            head.tag = "p"


def _take_prices(tree: Any) -> Iterator[str]:
    """Take out what stands in a box beneath the offer of a subscription, as what that costs."""
    for offer in list(tree.iter("h2", "h3", "h4", "p")):
        first = offer.getprevious() is None and offer.getparent() is not None
        text = read_text(offer) if first and offer.getparent().tag in _BOXES else ""
        if find_offer(text) and not is_story_sentence(text):
            rest = list(offer.itersiblings())
            texts = list(map(read_text, rest))
            told = sum(map(is_story_sentence, texts)) > 1
            if not told and sum(len(text.split()) for text in texts) <= _MOST:
                yield from texts
                for element in rest:
                    remove(element)


def _take_link_boxes(tree: Any) -> Iterator[str]:
    """Take out boxes below a paragraph with a short head and nothing else but links to stories."""
    for paragraph in list(tree.iter("p")):
        box = paragraph.getnext()
        named = box is not None and box.tag in _BOXES and len(box) > 0
        head = (box.text or "").strip() or read_text(box[0]) if named else ""
        if not 0 < len(head.split()) <= _HEAD or is_ended(head):
            continue
        titles = list(map(read_text, box.iter("a")))
        whole = squeeze("".join((head, *titles))) == squeeze(read_text(box))
        long = sum(len(title.split()) for title in titles) >= _TITLE * len(titles)
        if whole and long and len(titles) > 1 and is_story_sentence(read_text(paragraph)):
            yield read_text(box)
            remove(box)


def _take_comments(tree: Any) -> Iterator[str]:
    """Take out what readers wrote below the story, unless it is most of the page."""
    whole = count_words(tree)
    boxes, told = [], False
    for element in tree.iter("p", "div", "section", "ul", "ol"):
        if element.tag == "p":
            told = told or is_ended(read_text(element))
        elif told and is_comment_box(element):
            boxes.append(element)
    for element in boxes:
        size = count_words(element)
        headed = next(element.iterdescendants("h1"), None) is not None
        outer = any(around in boxes for around in element.iterancestors())
        if not (headed or outer) and _LEAST <= whole - size >= size:
            yield read_text(element)
            remove(element)
            whole -= size


def _list_story_classes(tree: Any) -> set[str]:
    """The classes of promotion that much of the story stands in: "paywall" on each paragraph."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    paragraphs = [p for p in tree.iter("p") if is_ended(read_text(p)) and p.find(".//a") is None]
    for paragraph in paragraphs:
        size = count_words(paragraph)
        around = (paragraph, *paragraph.iterancestors("div", "section"))
        for name in {read_classes(e) for e in around if _PROMO.search(read_classes(e))}:
            found[name].append(size)
    whole = sum(map(count_words, paragraphs))
    return {name for name, sizes in found.items() if len(sizes) > 1 and 4 * sum(sizes) > whole}
