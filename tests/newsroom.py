"""Three small articles about one event, and a model that reads them by simple rules.

Every sentence that states something is a claim: of whoever "said" it at its end, else in
the article's own voice. Questions are skipped; a sentence that opens with "Meanwhile" is
passed over. Claims of the same wording are one proposition, and whether anybody was hurt
is contested.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from factcheck.llm.client import Prompt
from tests.endpoint import Act, Body, says

FELL = "A crane fell onto Harl Bridge on Monday."
HURT = "Two workers were hurt."
UNHURT = "Nobody was hurt."

ARTICLES = {
    "courier.md": (
        "Harl Courier",
        "Crane crashes into Harl Bridge",
        FELL,
        "The bridge stays closed until Friday while divers look at its northern pier.",
        "Two workers were hurt, the fire brigade said.",
        "Its owner, Zoë Brandt, had promised the council in spring to replace the old steel cable.",
        "Who will pay for it?",
    ),
    "post.md": (
        "Lowland Post",
        "Bridge shut after accident",
        "Traffic between Ostel and Harl came to a standstill for most of the afternoon.",
        FELL,
        "Nobody was hurt, the crane company said.",
        "Buses take the long road through Ostel instead, which adds forty minutes.",
    ),
    "tide.md": (
        "Evening Tide",
        "Inquiry into the fallen crane",
        "Two workers were hurt, the fire brigade said.",
        "The harbour office opened an inquiry and asked witnesses to send in their photos.",
        FELL,
        "Meanwhile the market moved to the old station square for the rest of the week.",
    ),
}


def publish(folder: Path, *names: str) -> Path:
    """Write the articles, or those named, into a folder and give it back."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names or ARTICLES:
        write(folder / name, *ARTICLES[name])
    return folder


def write(path: Path, outlet: str, title: str, *sentences: str) -> None:
    """Write an article into a file, whose folder is made if need be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    head = f"---\noutlet: {outlet}\ntitle: {title}\ndate: 2026-03-02\n---\n"
    body = "\n\n".join(sentences)
    path.write_text(f"{head}\n{body}\n", encoding="utf-8")


def task(user: str) -> str:
    """Which stage the user message of a request belongs to."""
    return user.rpartition("\nTASK: ")[2].partition("\n")[0]


def answer(user: str) -> str:
    """What the model says to the user message of a request."""
    reply = {"extract": extracted, "compare": compared, "edit": edited}[task(user)]
    return json.dumps(reply(user))


def extracted(user: str) -> dict[str, Any]:
    """Every sentence as a claim or skipped, with the speakers that the claims name."""
    claims, skip = [], []
    for number, text in re.findall(r"^\[(\d+)\] (?!\(headline\))(.+)$", user, re.MULTILINE):
        if text.endswith("?"):
            skip.append({"s": [int(number)], "why": "rhetoric"})
        elif not text.startswith("Meanwhile"):
            claims.append(claim(text, int(number)))
    names = dict.fromkeys(claim["by"] for claim in claims if claim["by"] != "self")
    fixed = {"f": "", "p": False, "r": "official", "side": "", "also": []}
    speakers = [{"n": name, **fixed} for name in names]
    return {"genre": "news", "speakers": speakers, "claims": claims, "skip": skip}


def claim(text: str, number: int) -> dict[str, Any]:
    """A firm fact and who answers for it; in a correction, what is taken back."""
    said = re.fullmatch(r"(.+), (the .+) said\.", text)
    back = re.fullmatch(r"Correction: .+ said that (.+)", text)
    content, by = (f"{said[1]}.", said[2]) if said else (text, "self")
    if back:
        content = back[1][0].upper() + back[1][1:]
    fixed = {"core": True, "via": [], "m": "firm", "w": "", "asof": ""}
    return {"t": content, "k": "retract" if back else "fact", "s": [number], "by": by, **fixed}


def compared(user: str) -> dict[str, Any]:
    """Equal wordings grouped; one conflict on the injuries if both answers are there."""
    claims = re.findall(r"^(a\d+\.c\d+) ([^|\n]+?)(?: \| (.+))?$", user, re.MULTILINE)
    assert claims, "no claims to compare"
    ids: dict[str, list[str]] = {}
    for identity, text, _ in claims:
        ids.setdefault(text, []).append(identity)
    back = {identity for identity, _, remarks in claims if "taken back" in remarks}
    groups = [
        {"t": text, "same": same, "more": [], "part": [], "echo": [], "also": []}
        for text, same in ids.items()
        if len(same) > 1
    ]
    sides = [
        {"p": text, "ids": [i for i in ids[text] if i not in back]}
        for text in (HURT, UNHURT)
        if text in ids
    ]
    fixed = {"kind": "conflict", "x": [[0, 1]], "open": [], "settled": -1}
    question = {"q": "Was anybody hurt?", "pos": sides, **fixed}
    articles = dict.fromkeys(identity.partition(".")[0] for identity, _, _ in claims)
    return {
        "event": "A crane falls onto a bridge",
        "articles": [{"a": a, "outlet": "", "genre": "news", "joint": []} for a in articles],
        "speakers": [],
        "sides": [],
        "groups": groups,
        "questions": [question] if len(sides) > 1 else [],
    }


def edited(user: str) -> dict[str, Any]:
    """Everything in its section, and a call for every conflict."""
    parts = re.findall(r"^## ([a-z-]+)\n((?:(?:f\d+ \||= ).*\n?)+)", user, re.MULTILINE)
    by = {verdict: re.findall(r"^f\d+", lines, re.MULTILINE) for verdict, lines in parts}
    questions = re.findall(r"^(q\d+) \| (\w+).* \| (.+)$", user, re.MULTILINE)
    known = [*re.findall(r"^f\d+(?= \|)", user, re.MULTILINE), *(i for i, _, _ in questions)]
    open_ones = [(i, text) for i, kind, text in questions if kind == "conflict"]
    return {
        "rests": {
            "safe": [{"t": "The fall rests on the reports of the outlets.", "ids": known[:1]}],
            "latest": [],
            "attribute": [],
            "hold": [],
        },
        "same": [],
        "changed": [{"id": i, "head": ""} for i, kind, _ in questions if kind == "change"],
        "solid": [{"id": i, "head": ""} for i in by.get("verified", [])],
        "contested": [
            {"q": i, "head": "", "picks": [], "weigh": "", "settles": "the log"}
            for i, _ in open_ones
        ],
        "alone": [{"id": i, "head": ""} for i in by.get("single-source", [])],
        "notes": [],
        "careful": [],
        "calls": [
            {"who": "the fire brigade", "ask": text, "record": "its log", "ids": [i]}
            for i, text in open_ones
        ],
    }


def reads(prompt: Prompt[Any]) -> str:
    """The model for a scripted client."""
    return answer(prompt.user)


def serves(body: Body) -> Act:
    """The model for an endpoint, with token counts that fit the request."""
    sent = "".join(message["content"] for message in body["messages"])
    return says(answer(body["messages"][1]["content"]), usage=(len(sent) // 4, 50))
