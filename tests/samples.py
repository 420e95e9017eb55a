"""A hand-built report about an invented event, with every kind of thing that a report can hold."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from factcheck.models import (
    Article,
    Claim,
    Dropped,
    Excluded,
    Finding,
    Issue,
    Manifest,
    NotAssessed,
    Origin,
    OutletGroup,
    Position,
    Report,
    Said,
    Sentence,
    Skipped,
    Source,
    StageUse,
    Voice,
)

OPERATOR = Origin(key="side:marrow water", label="Marrow Water", kind="side")
UNION = Origin(key="side:dam workers' union", label="Dam Workers’ Union", kind="side")
TOWN = Origin(key="side:lower marrow", label="Town of Lower Marrow", kind="side")
GAUGE = Origin(key="document:gauge", label="River gauge record", kind="document")
INSPECTORATE = Origin(key="side:inspectorate", label="Dam Inspectorate", kind="side")
ENGINEER = Origin(key="speaker:ines varga", label="Ines Varga", kind="speaker")
UNNAMED = Origin(key="anonymous:coast post", label="a person at the plant", kind="anonymous")
LEDGER = Origin(key="outlet:ellery ledger", label="Ellery Ledger", kind="outlet")
POST = Origin(key="outlet:coast post", label="Coast Post", kind="outlet")

SOURCES = (
    Source(
        id="s1",
        name="Marrow Water",
        also=("the operator",),
        role="party",
        side="Marrow Water",
        speakers=("a1.s1", "a2.s1", "a3.s1", "a4.s1"),
        united_by=("the same quote of six words or more in a1 and a2",),
    ),
    Source(
        id="s2", name="Petra Lund", role="party", side="Dam Workers’ Union", speakers=("a2.s2",)
    ),
    Source(
        id="s3",
        name="Mayor Olo Brandt",
        role="official",
        side="Town of Lower Marrow",
        speakers=("a1.s2", "a2.s3", "a4.s2"),
    ),
    Source(id="s4", name="River gauge record", role="document", speakers=("a1.s3",)),
    Source(
        id="s5",
        name="Dam Inspectorate",
        role="official",
        side="Dam Inspectorate",
        speakers=("a5.s1",),
    ),
    Source(id="s6", name="Ines Varga", role="expert", speakers=("a1.s4",)),
    Source(id="s7", name="a person at the plant", role="anonymous", speakers=("a2.s4",)),
)


def article(ident: str, outlet: str, title: str, texts: list[str], **more: Any) -> Article:
    """An article whose first sentence is its headline, three sentences to a paragraph."""
    sentences = tuple(
        Sentence(
            number=number,
            text=text,
            kind="headline" if number == 1 else "body",
            paragraph=1 if number == 1 else 2 + (number - 2) // 3,
            section="How the night went" if number > 5 else "",
        )
        for number, text in enumerate(texts, 1)
    )
    digest = ident[1:] * 64
    return Article(
        id=ident,
        source=f"{ident}.html",
        outlet=outlet,
        title=title,
        sentences=sentences,
        raw_sha256=digest,
        text_sha256=digest[::-1],
        **{"outlet_from": "metadata", **more},
    )


ARTICLES = (
    article(
        "a1",
        "Ellery Ledger",
        "Flood gate at Marrow Dam opens in the night",
        [
            "Flood gate at Marrow Dam opens in the night",
            "The water in Lower Marrow rose by two metres within an hour, the gauge there shows.",
            "Marrow Water said that a technician had opened the wrong gate.",
            "“Nobody came to harm,” Mayor Olo Brandt said on Saturday morning.",
            "The gate opened at ten past two.",
            "The engineer Ines Varga expects that repairs will take a year.",
            "The dam was finished in 1961.",
            "The mayor said that 40 people had left their homes.",
            "More soon.",
        ],
        byline="Tove Marsh",
        url="https://ledger.example.org/marrow-dam",
        published=datetime(2024, 5, 4, 8, 10, tzinfo=UTC),
        dropped=(Dropped(text="Sign up for our morning letter", reason="teaser"),),
    ),
    article(
        "a2",
        "Coast Post",
        "Union blames worn motor for dam flood",
        [
            "Union blames worn motor for dam flood",
            "“The motor was worn out and everybody knew it,” said Petra Lund of the union.",
            "Nobody touched that gate, Lund said; the operator’s account was untrue.",
            "The town hall reported a rise of about two metres.",
            "No one was injured, Mayor Olo Brandt told the Coast Post.",
            "The gate opened at twenty past two.",
            "A person at the plant said the gate may have moved in April as well.",
            "Marrow Water would not comment on the motor.",
        ],
        url="https://post.example.org/dam?id=1&page=2",
        published=datetime(2024, 5, 4, 11, 30, tzinfo=timezone(timedelta(hours=2))),
    ),
    article(
        "a3",
        "Northline",
        "Dam union speaks of worn motor",
        [
            "Dam union speaks of worn motor",
            "The motor was worn out, the union’s Petra Lund told the Coast Post.",
            "Marrow Water would not comment on the motor.",
        ],
        agency="Northline",
        outlet_from="text",
    ),
    article(
        "a4",
        "جريدة السد",
        "فتح بوابة سد مارو ليلا",
        [
            "فتح بوابة سد مارو ليلا",
            "قالت شركة مارو للمياه إن فنيا فتح البوابة الخطأ.",
            "وقال رئيس البلدية إن أحدا لم يصب بأذى.",
        ],
        language="ar",
        published=datetime(2024, 5, 4, 14, 0, tzinfo=UTC),
    ),
    article(
        "a5",
        "Ellery Ledger",
        "Inspectors look into the Marrow gate",
        [
            "Inspectors look into the Marrow gate",
            "It is not yet known why the gate moved, the Dam Inspectorate said.",
            "By Sunday evening 65 people had left their homes, the mayor said.",
            "Correction: an earlier article said that the valley road was closed; it was open.",
            "Marrow Water checked the gate in March, the Ledger has found.",
        ],
        published=datetime(2024, 5, 5, 19, 45, tzinfo=UTC),
    ),
)
BY_ID = {one.id: one for one in ARTICLES}


def voice(
    article: str, number: int, origin: Origin, source: str | None = None, **more: Any
) -> Voice:
    """One article's word, quoted from the sentence with this number."""
    values = {
        "claim": f"{article}.c{number}",
        "relation": "same",
        "stance": "asserts",
        "modality": "firm",
        "counted": True,
        **more,
    }
    quote = BY_ID[article].sentence(number).text
    return Voice(
        article=article,
        source=source,
        sentences=(number,),
        quote=quote,
        origin=origin,
        **values,
    )


def finding(ident: str, text: str, verdict: str, voices: list[Voice], **more: Any) -> Finding:
    """A finding whose origins, carriers and claims follow from its voices."""
    supporting = [one for one in voices if one.stance == "asserts"]
    counted = {one.origin.key: one.origin for one in supporting if one.counted}
    against = {one.origin.key: one.origin for one in voices if one.stance in {"denies", "differs"}}
    carriers = list(dict.fromkeys(one.article for one in supporting))
    outlets = {next(group.label for group in GROUPS if one in group.articles) for one in carriers}
    values = {
        "kind": "fact",
        "core": True,
        "reasons": ("one origin answers for it",),
        "claims": tuple(one.claim for one in voices if one.claim),
        "origins": tuple(counted.values()),
        "against": tuple(against.values()),
        "carried_by": tuple(carriers),
        "outlets": len(outlets),
        **more,
    }
    return Finding.model_validate(
        {"id": ident, "text": text, "verdict": verdict, "voices": voices, **values}
    )


GROUPS = (
    OutletGroup(articles=("a1", "a5"), label="Ellery Ledger", reason="the same outlet"),
    OutletGroup(articles=("a2", "a3"), label="Coast Post", reason="a3 names a2 as its source"),
    OutletGroup(articles=("a4",), label="جريدة السد"),
)


def contested() -> tuple[Finding, ...]:
    """The findings of the contested questions, and one dispute without a question."""
    return (
        finding(
            "f1",
            "A technician of the operator opened the wrong gate.",
            "disputed",
            [
                voice("a1", 3, OPERATOR, "s1"),
                voice("a4", 2, OPERATOR, "s1"),
                voice("a2", 3, UNION, "s2", stance="denies"),
            ],
            reasons=("the union firmly denies it",),
            settle="the log of the gate’s control room",
            issues=("q1",),
        ),
        finding(
            "f2",
            "The gate moved because its motor was worn out.",
            "disputed",
            [
                voice("a2", 2, UNION, "s2"),
                voice(
                    "a3",
                    2,
                    UNION,
                    "s2",
                    via=("Coast Post",),
                    counted=False,
                    note="a relay of a2, not an origin",
                ),
                voice("a1", 3, OPERATOR, "s1", stance="differs", claim=None, relation="crosscheck"),
            ],
            reasons=("the operator gives another cause",),
            settle="an inspection of the motor",
            issues=("q1",),
        ),
        finding(
            "f3",
            "The cause is not yet known.",
            "single-source",
            [voice("a5", 2, INSPECTORATE, "s5")],
            kind="open",
            issues=("q1",),
        ),
        finding(
            "f4",
            "The gate was checked in March.",
            "disputed",
            [
                voice("a5", 5, LEDGER),
                voice("a2", 2, UNION, "s2", stance="denies", modality="hedged", claim=None),
            ],
            reasons=("the union says that nobody looked after the gate",),
        ),
    )


def factual() -> tuple[Finding, ...]:
    """Findings of fact that no question contests."""
    return (
        finding(
            "f5",
            "The water in Lower Marrow rose by two metres.",
            "verified",
            [
                voice("a1", 2, GAUGE, "s4"),
                voice(
                    "a2", 4, TOWN, "s3", relation="part", text="The water rose about two metres."
                ),
            ],
            reasons=("two independent origins assert it, both firmly",),
        ),
        finding(
            "f6",
            "Nobody was injured.",
            "single-source",
            [
                voice("a1", 4, TOWN, "s3"),
                voice("a2", 5, TOWN, "s3"),
                voice("a4", 3, TOWN, "s3"),
            ],
            settle="a word from the hospital",
            said=(
                Said(
                    source="s3",
                    name="Mayor Olo Brandt",
                    articles=("a1", "a2", "a4"),
                    outlets=3,
                    verified=True,
                ),
            ),
        ),
        finding(
            "f7",
            "The gate opened at ten past two.",
            "single-source",
            [voice("a1", 5, LEDGER), voice("a2", 6, POST, stance="qualifies")],
            issues=("q3",),
        ),
        finding(
            "f8",
            "By Saturday 40 people had left their homes.",
            "updated",
            [voice("a1", 8, TOWN, "s3")],
            reasons=("the same origin gave a later figure",),
            issues=("q2",),
        ),
        finding(
            "f9",
            "By Sunday evening 65 people had left their homes.",
            "single-source",
            [voice("a5", 3, TOWN, "s3")],
            issues=("q2",),
        ),
        finding(
            "f10",
            "The gate had moved in April as well.",
            "unconfirmed",
            [voice("a2", 7, UNNAMED, "s7", modality="hedged", note="one unnamed person, hedged")],
            reasons=("only a hedged account by an unnamed person",),
        ),
    )


def spoken() -> tuple[Finding, ...]:
    """Statements, a view, a retraction and background."""
    return (
        finding(
            "f11",
            "Marrow Water would not comment on the motor.",
            "as-said",
            [voice("a2", 8, OPERATOR, "s1"), voice("a5", 3, OPERATOR, "s1")],
            kind="act",
            said=(
                Said(
                    source="s1",
                    name="Marrow Water",
                    articles=("a2", "a5"),
                    outlets=2,
                    verified=True,
                ),
            ),
            reasons=("two independent outlets report it",),
        ),
        finding(
            "f12",
            "Repairs will take a year.",
            "not-judged",
            [voice("a1", 6, ENGINEER, "s6", modality="planned")],
            kind="view",
            reasons=("a prediction carries no verdict",),
        ),
        finding(
            "f13",
            "The valley road was closed.",
            "not-judged",
            [voice("a5", 4, LEDGER, stance="retracts", counted=False)],
            kind="retract",
            reasons=("the outlet took it back",),
        ),
        finding(
            "f14",
            "The dam was finished in 1961.",
            "single-source",
            [voice("a1", 7, LEDGER)],
            core=False,
            parent="f4",
        ),
    )


ISSUES = (
    Issue(
        id="q1",
        question="Why did the flood gate open?",
        kind="conflict",
        positions=(
            Position(
                label="Somebody opened the wrong gate",
                findings=("f1",),
                origins=(OPERATOR,),
                articles=("a1", "a4"),
            ),
            Position(
                label="The motor failed",
                findings=("f2",),
                origins=(UNION,),
                articles=("a2", "a3"),
                withdrawn=("Town of Lower Marrow",),
            ),
        ),
        open=("f3",),
        notes=("Both parties answer for the gate.",),
    ),
    Issue(
        id="q2",
        question="How many people left their homes?",
        kind="change",
        positions=(
            Position(
                label="40", findings=("f8",), origins=(TOWN,), articles=("a1",), asof="Saturday"
            ),
            Position(
                label="65", findings=("f9",), origins=(TOWN,), articles=("a5",), asof="Sunday"
            ),
        ),
    ),
    Issue(
        id="q3",
        question="At what time did the gate open?",
        kind="slip",
        positions=(
            Position(label="At 2:10", findings=("f7",), origins=(LEDGER,), articles=("a1",)),
            Position(label="At 2:20", findings=(), origins=(POST,), articles=("a2",)),
        ),
    ),
)


def claims(findings: tuple[Finding, ...]) -> tuple[Claim, ...]:
    """One claim for each voice that has one, and one that went into no finding."""
    speakers = {
        (source.id, name.partition(".")[0]): name for source in SOURCES for name in source.speakers
    }
    made = {
        one.claim: Claim(
            id=one.claim,
            article=one.article,
            text=one.text or found.text,
            kind=found.kind,
            core=found.core,
            sentences=one.sentences,
            speaker=speakers.get((one.source or "", one.article)),
            via=one.via,
            modality=one.modality,
            when="in the night" if found.id == "f5" else "",
            asof="Sunday" if found.id == "f9" else "",
            flags=("number in words",) if found.id == "f5" else (),
        )
        for found in findings
        for one in found.voices
        if one.claim
    }
    alone = Claim(
        id="a1.c9",
        article="a1",
        text="The Ledger will report more.",
        kind="act",
        core=False,
        sentences=(9,),
        speaker=None,
    )
    return (*made.values(), alone)


MANIFEST = Manifest(
    factcheck="0.1.0",
    engine="model",
    created=datetime(2024, 5, 6, 9, 0, tzinfo=UTC),
    model="reader-1",
    endpoint="https://api.example.org/v1",
    answer_format="json_schema",
    prompts={"system.md": "0123456789ab", "extract.md.j2": "ba9876543210"},
    use=(
        StageUse(stage="extract", calls=6, reasks=1, input_tokens=12_400, output_tokens=5_100),
        StageUse(stage="merge", calls=1, input_tokens=4_000, output_tokens=1_200),
    ),
    cost=0.0312,
)


def sample_report() -> Report:
    """The whole report."""
    findings = contested() + factual() + spoken()
    return Report(
        title="The flood gate at Marrow Dam",
        articles=ARTICLES,
        excluded=(
            Excluded(source="a6.html", reason="model failed", detail="no answer in four attempts"),
            Excluded(source="a7.html", reason="duplicate", detail="the same text as a2.html"),
        ),
        groups=GROUPS,
        sources=SOURCES,
        claims=claims(findings),
        skipped=(
            Skipped(article="a1", sentences=(1,), reason="headline"),
            Skipped(article="a3", sentences=(1,), reason="headline"),
        ),
        findings=findings,
        issues=ISSUES,
        not_assessed=(
            NotAssessed(
                stage="extract",
                article="a4",
                sentences=(1,),
                text="The gate was opened by night.",
                reason="the sentence does not name the gate",
            ),
            NotAssessed(
                stage="merge", article="", text="a1.c9 = a2.c9", reason="no such claim: a2.c9"
            ),
        ),
        manifest=MANIFEST,
    )


def empty_report() -> Report:
    """One article, no findings, a second article that the model failed on."""
    return sample_report().model_copy(
        update={
            "articles": ARTICLES[:1],
            "groups": (OutletGroup(articles=("a1",), label="Ellery Ledger"),),
            "claims": (),
            "skipped": (),
            "findings": (),
            "issues": (),
            "sources": (),
            "not_assessed": (),
        }
    )
