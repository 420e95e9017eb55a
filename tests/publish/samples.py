"""Hand-built editions about an invented ferry fire, and smaller stories beside it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from factcheck.digest.models import (
    ArticleLine,
    Change,
    Coverage,
    Edition,
    OneVoice,
    PastStory,
    Place,
    Quote,
    SourceLine,
    Step,
    StoryEdition,
)
from factcheck.models import Excluded, Remark, StageUse
from factcheck.report.first_page import Contest, Page, Stance
from factcheck.report.first_page import Line as PageLine

MORNING = datetime(2026, 3, 3, 6, 0, tzinfo=UTC)
EVENING = MORNING + timedelta(hours=11)
ZONE = "Europe/Helsinki"
FIRST, SECOND, THIRD = "2026-03-02-1900", "2026-03-03-0800", "2026-03-03-1900"


def at(hour: int, minute: int = 0, day: int = 3) -> datetime:
    """A time in UTC, two hours behind the zone of the samples."""
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def quote(article: str, outlet: str, text: str, when: datetime | None, **more: Any) -> Quote:
    """A quote with a URL of its outlet."""
    host = outlet.lower().replace(" ", "")
    url = f"https://{host}.example.org/{article}"
    return Quote(article=article, outlet=outlet, text=text, published=when, **{"url": url, **more})


def line(ident: str, outlet: str, title: str, when: datetime | None, **more: Any) -> ArticleLine:
    """An article of a story."""
    host = outlet.lower().replace(" ", "")
    url = f"https://{host}.example.org/{ident}"
    return ArticleLine(id=ident, outlet=outlet, title=title, published=when, **{"url": url, **more})


TOLL = Change(
    kind="moved",
    story="s1",
    finding="f1",
    text="The number of people killed in the fire on the Halla Strand",
    detail=Remark(
        code="sample",
        text="The hospital’s count rose from 14 to at least 17 since the last edition.",
    ),
    steps=(
        Step(value="12", outlets=("Harbour Post",), told=at(7, 10), asof="early on Tuesday"),
        Step(value="14", outlets=("Vesper Daily", "Sound Radio"), told=at(9, 40)),
        Step(
            value="at least 17",
            outlets=("Northline",),
            told=at(14, 5),
            asof="Tuesday afternoon",
            new=True,
        ),
    ),
    quotes=(
        quote(
            "a6",
            "Northline",
            "At least 17 people have died, the Kestrel Bay hospital said on Tuesday afternoon.",
            at(14, 5),
            said_by="Kestrel Bay hospital",
        ),
    ),
)
DENIAL = Change(
    kind="disputed",
    story="s1",
    finding="f2",
    text="The fire doors on the car deck of the Halla Strand were wedged open.",
    detail=Remark(
        code="sample",
        text="The shipping line denies what a deckhand told Vesper Daily this morning.",
    ),
    before="single-source",
    after="disputed",
    quotes=(
        quote(
            "a3",
            "Vesper Daily",
            "“The doors to the car deck had stood wedged since Sunday,” said deckhand Ilo Marr.",
            at(9, 40),
            said_by="Ilo Marr, deckhand",
        ),
        quote(
            "a7",
            "Coast Ledger",
            "“Every fire door was shut, and our log shows it,” the Halla Line said.",
            at(15, 20),
            said_by="Halla Line",
        ),
        quote(
            "a6",
            "Northline",
            "The Halla Line rejected the deckhand’s account of open fire doors.",
            at(14, 5),
            said_by="Halla Line",
        ),
    ),
)
VERIFIED = Change(
    kind="verified",
    story="s1",
    finding="f4",
    text="The fire broke out in a parked refrigerated lorry.",
    detail=Remark(
        code="sample", text="The coast guard and the ship’s alarm record now both say so."
    ),
    before="single-source",
    after="verified",
    quotes=(
        quote(
            "a2",
            "Harbour Post",
            "The fire began in a refrigerated lorry, the coast guard said.",
            at(7, 10),
            said_by="coast guard",
        ),
        quote(
            "a7",
            "Coast Ledger",
            "The alarm record, seen by this newspaper, names the bay where a cold lorry stood.",
            at(15, 20),
            said_by="alarm record of the Halla Strand",
        ),
    ),
)
CORRECTED = Change(
    kind="corrected",
    story="s1",
    finding="f3",
    text="Sound Radio takes back that the captain left the ship first.",
    detail=Remark(code="sample", text="The station published a correction at 16:30."),
    before="single-source",
    after="updated",
    quotes=(
        quote(
            "a5",
            "Sound Radio",
            "Captain Runa Oste was the first to leave the ship.",
            at(9, 55),
            said_by="a passenger",
            role="before",
        ),
        quote(
            "a5",
            "Sound Radio",
            "Correction: Captain Runa Oste stayed on the bridge until the tow was fast.",
            at(14, 30),
            role="after",
        ),
    ),
)
EDITED = Change(
    kind="edited",
    story="s1",
    text="Harbour Post changed a figure: 210 people on board became 240.",
    quotes=(
        quote("a2", "Harbour Post", "There were 210 people on board.", at(7, 10), role="before"),
        quote("a2", "Harbour Post", "There were 240 people on board.", at(12, 15), role="after"),
    ),
)
FRESH = tuple(
    Change(kind="new", story="s1", finding=ident, text=text, after="single-source", quotes=(one,))
    for ident, text, one in (
        (
            "f5",
            "Divers found the lorry’s driver on Tuesday noon.",
            quote("a6", "Northline", "Divers found the driver at noon.", at(14, 5)),
        ),
        (
            "f6",
            "The Halla Strand was inspected in January.",
            quote("a7", "Coast Ledger", "Inspectors were aboard in January.", at(15, 20)),
        ),
    )
)
CONTESTED = Change(
    kind="contested",
    story="s1",
    text="Were the fire doors on the car deck open?",
    detail=Remark(
        code="sample",
        text="A deckhand says that they were; the shipping line says that they were shut.",
    ),
)
FERRY_LINES = (
    line("a2", "Harbour Post", "Twelve dead in ferry fire", at(7, 10), arrival="edited"),
    line("a3", "Vesper Daily", "“The doors were open”: deckhand speaks", at(9, 40)),
    line("a4", "Vesper Daily", "What we know about the Halla Strand", at(10, 5)),
    line("a5", "Sound Radio", "Ferry fire: captain under question", at(9, 55), arrival="edited"),
    line("a6", "Northline", "Toll in ferry fire rises to 17", at(14, 5), arrival="new"),
    line("a7", "Coast Ledger", "Alarm record points to lorry", at(15, 20), arrival="new"),
    line("a8", "Phare du Nord", "Incendie à bord du Halla Strand", at(15, 45), arrival="new"),
)
FIRST_PAGE = Page(
    title="Fire on the ferry Halla Strand",
    counted=("Harbour Post (3 March 2026, 07:10)", "Northline (14:05)", "Coast Ledger (15:20)"),
    not_counted=("Phare du Nord: a translation of Northline",),
    rests=(
        (
            "Latest",
            ("The toll rests on the hospital, the cause on the coast guard and the alarm record",),
        ),
    ),
    changed=(
        PageLine(
            "How many people died? 12 → 14 → at least 17",
            "Kestrel Bay hospital",
            ("f1",),
            strong="at least 17",
        ),
    ),
    solid=(
        PageLine(
            "The fire broke out in a parked refrigerated lorry.",
            "coast guard; alarm record",
            ("f4",),
        ),
    ),
    contested=(
        Contest(
            question="Were the fire doors on the car deck open?",
            stances=(
                Stance(
                    claim="They were wedged open.",
                    who="Ilo Marr, deckhand",
                    quote="“The doors to the car deck had stood wedged since Sunday.”",
                    outlet="Vesper Daily",
                    ref="f2",
                ),
                Stance(claim="Every door was shut.", who="Halla Line", ref="f3"),
            ),
            settles="the door log of the Halla Strand",
            ref="f2",
        ),
    ),
    alone=(
        PageLine("Divers found the lorry’s driver on Tuesday noon.", "Northline", ("f5",)),
        PageLine("Forty passengers had no cabin.", "Halla Line, printed by 2 of 3", ("f7",)),
    ),
    careful=(PageLine("The captain left the ship first.", note="taken back", refs=("f3",)),),
    calls=(
        PageLine(
            "Halla Line: Were the fire doors open when the alarm went off?",
            "the door log",
            ("f2",),
            "Halla Line",
            by_model=True,
        ),
        PageLine(
            "the rescue service: Who found the driver, and when?",
            refs=("f5",),
            strong="the rescue service",
            by_model=True,
        ),
    ),
    flags=(Remark(code="name-missing", text="“door log” stands in no article"),),
)
VOICES = tuple(
    OneVoice(finding=ident, text=text, origin=origin, outlets=outlets, since=since)
    for ident, text, origin, outlets, since in (
        (
            "f5",
            "Divers found the lorry’s driver on Tuesday noon.",
            "Northline",
            ("Northline",),
            THIRD,
        ),
        (
            "f6",
            "The Halla Strand was inspected in January.",
            "Coast Ledger",
            ("Coast Ledger",),
            THIRD,
        ),
        (
            "f7",
            "Forty passengers had no cabin.",
            "Halla Line",
            ("Harbour Post", "Vesper Daily"),
            SECOND,
        ),
        ("f8", "The ship was built in 1994.", "Vesper Daily", ("Vesper Daily",), SECOND),
    )
)
FERRY_PAST = PastStory(
    edition=SECOND,
    made=MORNING + timedelta(minutes=2),
    engine="model",
    articles=4,
    changes=(
        Change(
            kind="moved",
            story="s1",
            finding="f1",
            text=TOLL.text,
            steps=(TOLL.steps[0], TOLL.steps[1].model_copy(update={"new": True})),
        ),
        Change(
            kind="moved",
            story="s1",
            finding="f9",
            text="The number of people on board",
            steps=(
                Step(value="about 200", outlets=("Vesper Daily",), told=at(5)),
                Step(value="210", outlets=("Harbour Post",), told=at(7, 10), new=True),
            ),
        ),
    ),
    notes=(Remark(code="merged-here", text="Two stories of the last edition became one."),),
)
FERRY = StoryEdition(
    id="s1",
    title="Fire on the ferry Halla Strand",
    status="developing",
    engine="model",
    articles=FERRY_LINES,
    changes=(DENIAL, TOLL, VERIFIED, CONTESTED, CORRECTED, EDITED, *FRESH),
    one_voice=VOICES,
    first_page=FIRST_PAGE,
    verdicts={"single-source": 4, "disputed": 1, "verified": 6, "updated": 1},
    report=THIRD,
    since=SECOND,
    notes=(
        Remark(
            code="merged-here",
            text="s4, “Smoke seen off Kestrel Bay”, was merged into this story.",
        ),
    ),
    history=(FERRY_PAST,),
)
TARIFF = StoryEdition(
    id="s2",
    title="Town council of Ostmere votes on the harbour tariff",
    status="quiet",
    engine="model",
    articles=(
        line("a10", "Harbour Post", "Council splits over tariff", at(16, 0, 2)),
        line("a11", "Coast Ledger", "Tariff passes by one vote", at(17, 30, 2)),
    ),
    one_voice=(
        OneVoice(
            finding="f1",
            text="The tariff passed by one vote.",
            origin="Town of Ostmere",
            outlets=("Coast Ledger",),
            since=FIRST,
        ),
    ),
    verdicts={"single-source": 1},
    report=SECOND,
    since=SECOND,
)
BRIDGE = StoryEdition(
    id="s3",
    title="Bridge works on the Senn road",
    status="ended",
    engine="model",
    articles=(
        line("a12", "Vesper Daily", "Bridge closes for a week", at(6, 0, 1)),
        line("a13", "Sound Radio", "Detour by Marl", at(7, 0, 1)),
    ),
    since=FIRST,
    notes=(Remark(code="ended", text="No article for three days."),),
)
SMOKE = StoryEdition(
    id="s4",
    title="Smoke seen off Kestrel Bay",
    status="merged",
    engine="none",
    articles=(line("a1", "Sound Radio", "Smoke off Kestrel Bay", at(4, 30)),),
    since=SECOND,
    merged_into="s1",
)
SCHOOL = StoryEdition(
    id="s5",
    title="Strike at the schools of Marl",
    status="new",
    engine="reading",
    articles=(
        line("a14", "Coast Ledger", "Teachers walk out in Marl", at(12, 0), arrival="new"),
        line("a15", "Sound Radio", "Schools in Marl shut", None, arrival="new", checked=False),
    ),
    changes=(
        Change(kind="edited", story="s5", text="Coast Ledger changed its headline.", core=False),
    ),
    places=(
        Place(
            kind="number",
            text="teachers on strike",
            quotes=(
                quote("a14", "Coast Ledger", "Some 300 teachers walked out.", at(12)),
                quote("a15", "Sound Radio", "More than 340 teachers are on strike.", None),
            ),
        ),
        Place(
            kind="denial",
            text="denied",
            quotes=(
                quote(
                    "a15",
                    "Sound Radio",
                    "The school board denied that talks had broken down.",
                    None,
                    said_by="school board",
                ),
            ),
        ),
    ),
    report=THIRD,
    since=THIRD,
    notes=(
        Remark(
            code="unchecked",
            text="The model could not be reached, so this story has a side-by-side reading.",
        ),
    ),
)


def single(ident: str, article: ArticleLine) -> StoryEdition:
    """A story of one article."""
    return StoryEdition(
        id=ident,
        title=article.title,
        status="new" if article.arrival == "new" else "quiet",
        engine="none",
        articles=(article,),
        since=THIRD,
    )


SINGLES = (
    single("s6", line("a16", "Harbour Post", "A new baker for Quay Street", at(13), arrival="new")),
    single("s7", line("a17", "Harbour Post", "Chess club wins again", at(8, 0, 2))),
    single("s8", line("a18", "Phare du Nord", "Le marché rouvre", at(11), arrival="new", url="")),
)
SOURCES = (
    SourceLine(name="Harbour Post", kind="feed", found=24, new=1, edited=1),
    SourceLine(name="inbox/*.txt", kind="folder", found=9, new=5, edited=1),
    SourceLine(
        name="Ostmere council",
        kind="feed",
        problems=(Remark(code="timeout", text="the server did not answer in 20 seconds"),),
    ),
)
LEFT = (
    Excluded(source="https://vesperdaily.example.org/a20", reason="unreadable", detail="paywall"),
    Excluded(source="inbox/copy.txt", reason="duplicate", detail="the same text as a2"),
)


def edition(ident: str, window: datetime, **more: Any) -> Edition:
    """An edition of the invented newsroom."""
    values: dict[str, Any] = {
        "id": ident,
        "title": "Newsroom digest",
        "window": window,
        "made": window + timedelta(minutes=2),
        "timezone": ZONE,
        "status": "complete",
        "engine": "model",
        "model": "reader-small",
        "stories": (),
        "coverage": Coverage(sources=SOURCES[:2]),
        "use": (StageUse(stage="extract", calls=5, cached=4), StageUse(stage="compare", calls=1)),
        "cost": 0.0312,
    }
    return Edition.model_validate(values | more)


def empty_edition() -> Edition:
    """The first edition, to which nothing came in."""
    return edition(
        FIRST,
        EVENING - timedelta(days=1),
        engine="none",
        model="",
        use=(),
        cost=None,
        coverage=Coverage(sources=(SourceLine(name="inbox/*.txt", kind="folder"),)),
    )


def morning_edition() -> Edition:
    """The second edition: all stories are new."""
    ferry = FERRY.model_copy(
        update={
            "status": "new",
            "articles": tuple(one.model_copy(update={"arrival": "new"}) for one in FERRY_LINES[:4]),
            "changes": FERRY_PAST.changes,
            "report": SECOND,
            "history": (),
            "one_voice": (),
            "first_page": None,
            "notes": (),
        }
    )
    tariff = TARIFF.model_copy(update={"status": "new", "report": SECOND})
    return edition(SECOND, MORNING, previous=FIRST, stories=(ferry, tariff))


def full_edition() -> Edition:
    """The third edition, with everything that an edition can hold."""
    return edition(
        THIRD,
        EVENING,
        previous=SECOND,
        status="degraded",
        leads=(DENIAL, TOLL, CORRECTED),
        stories=(FERRY, SCHOOL, TARIFF, BRIDGE, SMOKE),
        singles=SINGLES,
        coverage=Coverage(sources=SOURCES, left=LEFT),
        notes=(
            Remark(
                code="model-failed",
                text="The model could not be reached for “Strike at the schools of Marl”.",
            ),
        ),
    )


def quiet_edition() -> Edition:
    """An edition in which nothing changed."""
    ferry = FERRY.model_copy(
        update={
            "status": "quiet",
            "changes": (),
            "articles": tuple(one.model_copy(update={"arrival": "known"}) for one in FERRY_LINES),
            "notes": (),
        }
    )
    return edition("2026-03-04-0800", MORNING + timedelta(days=1), previous=THIRD, stories=(ferry,))


def singles_edition() -> Edition:
    """The first edition of an inbox in which no two articles tell the same."""
    return edition(
        FIRST,
        EVENING - timedelta(days=1),
        engine="reading",
        model="",
        use=(),
        cost=None,
        singles=(SINGLES[0], SINGLES[2]),
    )


def edited_single_edition() -> Edition:
    """An edition whose only news are edits of a single article; one of them leads."""
    one = SINGLES[0]
    kept = {"story": one.id, "finding": ""}
    first = CORRECTED.model_copy(update=kept)
    second = CORRECTED.model_copy(update={**kept, "text": "Sound Radio changed its headline."})
    told = one.model_copy(update={"status": "developing", "changes": (first, second)})
    return singles_edition().model_copy(update={"singles": (told,), "leads": (first,)})


def reading_edition() -> Edition:
    """An edition made without a model."""
    return edition(
        "2026-03-04-1900",
        EVENING + timedelta(days=1),
        previous=THIRD,
        engine="reading",
        model="",
        use=(),
        cost=None,
        stories=(SCHOOL.model_copy(update={"report": "2026-03-04-1900"}),),
    )
