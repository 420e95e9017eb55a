"""An edition goes out once to each, over runs that fail, through a real mail server."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from factcheck.digest.due import RunOptions
from factcheck.digest.run import forget
from factcheck.settings.loader import load_settings
from tests import newsroom
from tests.deliver.post import Office, serving_mail
from tests.digest.room import EVENING, MORNING, Room
from tests.digest.test_run import NOWHERE


@pytest.fixture
def quick(room: Room) -> Room:
    """A newsroom with news in it."""
    newsroom.publish(room.inbox)
    return room


def to(room: Room, port: int, *addresses: str) -> Room:
    """The newsroom with a mail server and whom to write to."""
    room.toml = room.toml.partition("[delivery")[0] + (
        f"[delivery.mail]\nhost = '127.0.0.1'\nport = {port}\nsecurity = 'none'\n"
        f"sender = 'digest@example.org'\nto = [{', '.join(map(repr, addresses))}]\n"
    )
    return room


def test_an_edition_is_mailed_once_however_often_it_is_run(quick: Room) -> None:
    with serving_mail(Office()) as office:
        to(quick, office.port, "desk@example.org", "night@example.org")
        outcomes = [quick.edition(MORNING + timedelta(minutes=n)) for n in range(3)]
        assert sorted(office.recipients()) == ["desk@example.org", "night@example.org"]
        mail = office.mails()[0]
    assert [outcome.exit_code for outcome in outcomes] == [0, 0, 0]
    assert "No fact-check was made" in mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]  # it has one
    assert "No fact-check was made" in mail.get_body(("html",)).get_content()  # type: ignore[union-attr]  # same


def test_who_was_refused_gets_it_in_the_next_run_and_nobody_else_again(quick: Room) -> None:
    refused = {"night@example.org": ["550 not today"]}
    with serving_mail(Office(refused=refused)) as office:
        to(quick, office.port, "desk@example.org", "night@example.org")
        first = quick.edition(MORNING)
        second = quick.edition(MORNING + timedelta(minutes=5))
        assert office.recipients() == ["desk@example.org", "night@example.org"]
    assert (first.exit_code, second.exit_code) == (7, 0)
    assert [d.state for d in first.deliveries] == ["sent", "failed"]


def test_an_edition_that_could_not_be_mailed_is_mailed_after_the_next(quick: Room) -> None:
    refused = {"desk@example.org": ["550 full"]}
    with serving_mail(Office(refused=refused)) as office:
        to(quick, office.port, "desk@example.org")
        assert quick.edition(MORNING).exit_code == 7
        (quick.inbox / "late.md").write_text(
            "---\noutlet: Late News\ntitle: Ferry stops\n---\n\nThe ferry to Ostel stopped on "
            "Monday evening.\n\nThe harbour office gave no reason for it.\n",
            encoding="utf-8",
        )
        assert quick.edition(EVENING).exit_code == 0
        ids = [mail["Message-ID"] for mail in office.mails()]
    assert len(ids) == len({*ids}) == 2


def test_what_may_have_arrived_is_sent_again_only_on_request(quick: Room) -> None:
    with serving_mail(Office(after_data=["drop"])) as office:
        to(quick, office.port, "desk@example.org")
        first = quick.edition(MORNING)
        second = quick.edition(MORNING + timedelta(minutes=5))
        assert office.taken == []
        third = quick.edition(MORNING + timedelta(minutes=9), RunOptions(resend=True))
        assert office.recipients() == ["desk@example.org"]
    assert [o.exit_code for o in (first, second, third)] == [7, 7, 0]
    assert "--resend" in second.deliveries[0].detail


def test_an_edition_that_was_mailed_can_be_taken_back_and_is_not_mailed_again(quick: Room) -> None:
    quick.toml += 'times = ["07:00", "17:00"]\n'
    with serving_mail(Office()) as office:
        to(quick, office.port, "desk@example.org")
        first = quick.edition(MORNING).edition
        assert first is not None
        settings = load_settings(config=quick.folder / "factcheck.toml")
        assert "is taken back" in forget(settings, quick.folder, first.id)
        again = quick.edition(MORNING + timedelta(minutes=5))
        assert office.recipients() == ["desk@example.org"]
    assert again.made
    assert again.edition is not None
    assert again.edition.id == first.id
    assert [one.state for one in again.deliveries] == ["already sent"]


@pytest.mark.usefixtures("endpoint")
@pytest.mark.parametrize(("times", "editions"), [('times = ["07:00", "17:00"]\n', 1), ("", 2)])
def test_an_edition_that_is_mended_is_another_one_and_mailed_only_without_a_schedule(
    quick: Room, times: str, editions: int
) -> None:
    quick.toml += times
    with serving_mail(Office()) as office:
        to(quick, office.port, "desk@example.org")
        down = quick.edition(MORNING, **NOWHERE)
        still = quick.edition(MORNING + timedelta(minutes=5), **NOWHERE)
        mended = quick.edition(MORNING + timedelta(minutes=10))
        again = quick.edition(MORNING + timedelta(minutes=15))
        subjects = [mail["Subject"] for mail in office.mails()]
    made = [one.edition for one in (down, still, mended, again)]
    assert [one.status for one in made if one] == ["degraded", "degraded", "complete", "complete"]
    assert len({one.id for one in made if one}) == len(subjects) == editions
    assert {story.id for one in made if one for story in one.stories} == {"s1"}
    assert [("disputed" in subject) for subject in subjects] == [False, True][:editions]


def test_a_preview_sends_nothing(quick: Room) -> None:
    with serving_mail(Office()) as office:
        to(quick, office.port, "desk@example.org")
        quick.edition(MORNING, RunOptions(preview=True))
        assert office.asked == []


def test_the_pages_are_there_whatever_the_mail_server_does(quick: Room, tmp_path: Path) -> None:
    outcome = to(quick, 1, "desk@example.org").edition(MORNING)
    assert outcome.exit_code == 7
    assert (tmp_path / "digest" / "index.html").exists()


LATE = (
    "---\noutlet: Late News\ntitle: Ferry stops\n---\n\nThe ferry to Ostel stopped on "
    "Monday evening.\n\nThe harbour office gave no reason for it.\n"
)


def test_an_edition_that_failed_twice_is_mailed_though_a_newer_one_was_made(quick: Room) -> None:
    refused = {"desk@example.org": ["550 full"] * 3}
    with serving_mail(Office(refused=refused)) as office:
        to(quick, office.port, "desk@example.org")
        assert quick.edition(MORNING).exit_code == 7
        (quick.inbox / "late.md").write_text(LATE, encoding="utf-8")
        assert quick.edition(EVENING).exit_code == 7
        (quick.inbox / "later.md").write_text(LATE.replace("Ostel", "Orm"), encoding="utf-8")
        done = quick.edition(EVENING + timedelta(hours=12))
        assert done.exit_code == 0
        assert len({mail["Message-ID"] for mail in office.mails()}) == 3
        quick.edition(EVENING + timedelta(hours=13))
        assert len(office.mails()) == 3


def test_what_may_have_arrived_of_an_earlier_edition_is_sent_again_on_request(quick: Room) -> None:
    with serving_mail(Office(after_data=["drop"])) as office:
        to(quick, office.port, "desk@example.org")
        quick.edition(MORNING)
        (quick.inbox / "late.md").write_text(LATE, encoding="utf-8")
        assert quick.edition(EVENING).exit_code == 7
        assert len(office.mails()) == 1
        again = quick.edition(EVENING + timedelta(minutes=9), RunOptions(resend=True))
        assert len(office.mails()) == 2
    assert "2026-03-02T070000" in " ".join(one.detail for one in again.deliveries)


def test_pages_that_a_run_could_not_write_are_written_by_the_next(quick: Room) -> None:
    first = quick.make(MORNING)
    for page in (quick.site / "editions").glob(f"{first.id}*"):
        page.unlink() if page.is_file() else None
    (quick.inbox / "late.md").write_text(LATE, encoding="utf-8")
    quick.make(EVENING)
    assert (quick.site / "editions" / f"{first.id}.json").is_file()
    assert (quick.site / "editions" / f"{first.id}.html").is_file()


def test_a_new_recipient_gets_no_old_edition_and_one_whom_a_killed_run_left_out_does(
    quick: Room,
) -> None:
    with serving_mail(Office()) as office:
        to(quick, office.port, "desk@example.org")
        first = quick.make()
        quick.change("DELETE FROM deliveries")
        quick.edition(MORNING + timedelta(minutes=5))
        assert office.recipients() == ["desk@example.org"] * 2
        to(quick, office.port, "desk@example.org", "new@example.org")
        assert quick.edition(MORNING + timedelta(minutes=9)).deliveries[0].state == "already sent"
        (quick.inbox / "late.md").write_text(LATE, encoding="utf-8")
        second = quick.edition(EVENING)
        assert office.recipients()[2:] == ["desk@example.org", "new@example.org"]
        ids = {mail["Message-ID"] for mail in office.mails()}
    assert second.edition != first
    assert len(ids) == 3


@pytest.mark.parametrize("times", ["", 'times = ["07:00", "17:00"]\n'])
@pytest.mark.parametrize("before", [(), ("desk@example.org",)])
@pytest.mark.parametrize("options", [None, RunOptions(resend=True)])
def test_a_recipient_who_is_set_later_gets_the_editions_made_from_then_on(
    quick: Room, times: str, before: tuple[str, ...], options: RunOptions | None
) -> None:
    quick.toml += times
    with serving_mail(Office()) as office:
        if before:
            to(quick, office.port, *before)
        quick.make()
        to(quick, office.port, *before, "new@example.org")
        quick.edition(MORNING + timedelta(minutes=5), options)
        assert office.recipients() == [*before]
        (quick.inbox / "late.md").write_text(LATE, encoding="utf-8")
        quick.make(EVENING)
        assert office.recipients() == [*before, *before, "new@example.org"]


def test_a_server_that_is_down_is_tried_once_a_round_and_not_for_late_editions(
    quick: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []

    def hang(*args: object, **options: object) -> None:
        tried.append((quick.site / "index.html").read_text(encoding="utf-8"))
        raise TimeoutError(args, options)

    monkeypatch.setattr("smtplib.SMTP", hang)
    to(quick, 1, "desk@example.org", "night@example.org")
    quick.make()
    assert len(tried) == 3
    (quick.inbox / "late.md").write_text(LATE, encoding="utf-8")
    outcome = quick.edition(EVENING)
    assert len(tried) == 6
    assert "Ferry stops" in tried[-1]
    assert [one.state for one in outcome.deliveries] == ["failed"] * 4
    late = [one.detail for one in outcome.deliveries if "2026-03-02T070000" in one.detail]
    assert len(late) == 2
