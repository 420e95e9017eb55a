"""Editions of a digest made again from a recording, in a newsroom of their own."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from factcheck.digest.models import Edition
from factcheck.digest.run import digest
from factcheck.llm.recording import Replay, replay
from factcheck.settings.digest import DigestSettings, SourceSettings
from factcheck.settings.loader import Settings
from factcheck.settings.model import ModelSettings
from factcheck.settings.schedule import ScheduleSettings

ROOT = Path(__file__).parent.parent.parent


def replay_editions(
    name: str, moments: Mapping[str, datetime], place: Path, *, confirm: bool
) -> tuple[list[Edition], Replay]:
    """The editions of a recorded story, one for each folder of what comes in, in a place."""
    recording = replay(ROOT / "cassettes" / f"{name}.yaml")
    sources = (SourceSettings(folder=Path("inbox")),)
    settings = Settings(
        model=recording.settings(ModelSettings()),
        digest=DigestSettings(sources=sources, confirm_stories=confirm),
        schedule=ScheduleSettings(timezone="Europe/Oslo"),
    )
    made = []
    for part, at in moments.items():
        arrivals = ROOT / "tests" / "stories" / name / part
        shutil.copytree(arrivals, place / "inbox", dirs_exist_ok=True)
        outcome = digest(
            settings,
            place,
            environ={},
            say=lambda _: None,
            at=at,
            transport=recording.transport,
        )
        assert outcome.exit_code == 0
        assert outcome.edition is not None
        made.append(outcome.edition)
    return made, recording
