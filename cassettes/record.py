"""Record the cassettes again: `make record`.

The endpoint is OPENAI_BASE_URL. Whatever answers there, the model is recorded under
a name that says how the answers came about: NAME below, or FACTCHECK_MODEL.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from factcheck.api import read_settings
from factcheck.cli import console
from factcheck.run import Run, now
from factcheck.settings.digest import DigestSettings, SourceSettings
from factcheck.settings.loader import Settings
from factcheck.settings.schedule import ScheduleSettings
from factcheck.errors import FactcheckError
from factcheck.llm.recording import record

ROOT = Path(__file__).parent.parent
STORIES = ROOT / "tests" / "stories"
EVENTS = ROOT / "tests" / "events"
NAME = "answers-written-by-hand"
HALVIK = {
    "1-morning": "2026-09-14T07:00:00+02:00",
    "2-evening": "2026-09-14T17:00:00+02:00",
}
"""What comes in before each edition of the digest, and when that is made."""
ORLE = {
    "1-morning": "2026-10-05T07:00:00+02:00",
    "2-evening": "2026-10-05T17:00:00+02:00",
    "3-next-morning": "2026-10-06T07:00:00+02:00",
}
"""The same for a town with several stories, where the model also confirms the groups."""


def report(articles: Path, cassette: Path, settings: Settings) -> None:
    """Record one report."""
    with console.progress() as progress:
        result = Run(settings, record=cassette, progress=progress).report([articles])
    console.show_summary(result)


def editions(
    arrivals: Path,
    moments: Mapping[str, str],
    cassette: Path,
    settings: Settings,
    *,
    confirm: bool = False,
) -> None:
    """Record editions of a digest, one after the other, in a newsroom of their own."""
    from factcheck.digest.run import digest  # noqa: PLC0415 (a report needs none of it)

    sources = (SourceSettings(folder=Path("inbox")),)
    news = DigestSettings(sources=sources, confirm_stories=confirm)
    settings = settings.model_copy(
        update={"digest": news, "schedule": ScheduleSettings(timezone="Europe/Oslo")}
    )
    recording = record(cassette, settings.model, now=now())
    with TemporaryDirectory() as place, recording as recorder:
        for part, moment in moments.items():
            shutil.copytree(arrivals / part, Path(place) / "inbox", dirs_exist_ok=True)
            at = datetime.fromisoformat(moment)
            digest(
                settings,
                Path(place),
                environ={},
                say=console.tell,
                at=at,
                transport=recorder.transport,
            )


SETS: dict[str, Callable[[Path, Settings], None]] = {
    "seeds": partial(report, ROOT / "seeds"),
    "ferry": partial(report, STORIES / "ferry"),
    "halvik": partial(editions, STORIES / "halvik", HALVIK),
    "orle": partial(editions, STORIES / "orle", ORLE, confirm=True),
    **{event.name: partial(report, event / "articles") for event in sorted(EVENTS.glob("*-*"))},
}


def main() -> int:
    """Record the sets named on the command line, or all."""
    flags = {"model.name": os.environ.get("FACTCHECK_MODEL", NAME), "model.timeout": 7200.0}
    for name in sys.argv[1:] or SETS:
        try:
            SETS[name](ROOT / "cassettes" / f"{name}.yaml", read_settings(flags=flags))
        except FactcheckError as error:
            sys.stderr.write(f"{name}: {error.message}\n{error.hint}\n")
            return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
