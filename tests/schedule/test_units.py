"""Printed units hold what they are given: read back by systemd, sh and YAML."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from configparser import RawConfigParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from factcheck.digest.schedule.units import Kind, render_units
from factcheck.digest.schedule.windows import find_next
from factcheck.errors import UsageError
from factcheck.settings.schedule import ScheduleSettings

SETTINGS = ScheduleSettings(
    times=("07:00", "17:30"), timezone="Europe/Berlin", weekdays=("mon", "fri", "sun")
)
ODD = """50% "off" it's $HOME ${x} #1; ü"""
KEY = "OPENAI_API_KEY"
FIELDS = re.compile(r"(?P<times>\d+ \d+ \* \* [\d,*]+) (?P<command>.+)")

# A stand-in for the program: it writes down how it was called.
PROGRAM = f"""#!{sys.executable}
import json, os, sys
seen = {{"argv": sys.argv[1:], "cwd": os.getcwd(), "key": os.environ.get("{KEY}")}}
print(json.dumps(seen))
sys.exit(int(os.environ.get("CODE", "0")))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / f"news desk {ODD}"
    made.mkdir()
    return made


@pytest.fixture
def program(folder: Path) -> Path:
    path = folder / "factcheck"
    path.write_text(PROGRAM, encoding="utf-8")
    path.chmod(0o755)
    return path


def printed(kind: Kind, program: Path, folder: Path, *arguments: str, key: bool = False) -> str:
    names = (KEY,) if key else ()
    command = (str(program), *arguments)
    return render_units(kind, SETTINGS, command=command, folder=folder, environment_names=names)


def run(command: Sequence[str], **environment: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], **environment}
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)  # noqa: S603 (our own text)


# --- systemd ------------------------------------------------------------------

needs_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd-analyze is not on this machine"
)


def files(text: str, into: Path) -> list[Path]:
    """The files that a printed text is made of, each after the line with its name."""
    parts = re.split(r"^# /etc/systemd/system/(.+)$", text, flags=re.MULTILINE)[1:]
    made = []
    for name, content in zip(parts[::2], parts[1::2], strict=True):
        made.append(into / name)
        made[-1].write_text(content, encoding="utf-8")
    return made


@needs_systemd
def test_systemd_accepts_the_units(program: Path, folder: Path, tmp_path: Path) -> None:
    # systemd itself refuses quotes in the path of a program, and only there.
    program = program.rename(tmp_path / ODD.replace('"', "").replace("'", ""))
    text = printed("systemd", program, folder, "digest", ODD, key=True)
    made = files(text, tmp_path)
    assert [path.name for path in made] == ["factcheck-digest.service", "factcheck-digest.timer"]
    # Without the program at the very path that was given, systemd would say so.
    checked = run(["systemd-analyze", "verify", "--man=no", *map(str, made)])
    assert (checked.returncode, checked.stderr) == (0, "")
    program.unlink()
    missing = run(["systemd-analyze", "verify", "--man=no", *map(str, made)])
    assert f"{program} is not executable" in missing.stderr


@needs_systemd
def test_systemd_elapses_when_windows_open(folder: Path) -> None:
    text = printed("systemd", Path("/bin/factcheck"), folder)
    lines = re.findall(r"^OnCalendar=(.+)$", text, re.MULTILINE)
    assert len(lines) == 2
    for now in (datetime(2026, 3, 27, 12, tzinfo=UTC), datetime(2026, 10, 24, 12, tzinfo=UTC)):
        base = f"--base-time={now:%Y-%m-%d %H:%M:%S} UTC"
        told = run(["systemd-analyze", "calendar", base, *lines], TZ="UTC")
        assert told.returncode == 0
        elapses = re.findall(r"Next elapse: \w+ (\S+ \S+) UTC", told.stdout)
        assert min(elapses) == f"{find_next(now, SETTINGS).astimezone(UTC):%Y-%m-%d %H:%M:%S}"


def test_systemd_runs_no_program_with_a_quote_in_its_path(program: Path, folder: Path) -> None:
    with pytest.raises(UsageError, match="quote"):
        printed("systemd", program, folder)


def test_systemd_gets_its_quoting_and_no_way_to_write_elsewhere() -> None:
    text = render_units(
        "systemd",
        ScheduleSettings(times=("07:00",)),
        command=("/opt/a $b/factcheck", "digest", '50% "$HOME"'),
        folder=Path("/srv/news desk 50%"),
        user="desk",
    )
    service = RawConfigParser(strict=False)
    service.optionxform = str  # type: ignore[assignment,method-assign] # keys have capitals
    service.read_string(text.split("# /etc/systemd/system/factcheck-digest.timer")[0])
    values = service["Service"]
    assert values["ExecStart"] == r'"/opt/a $b/factcheck" "digest" "50%% \"$$HOME\""'
    assert values["WorkingDirectory"] == "/srv/news desk 50%%"
    assert values["ReadWritePaths"] == '"/srv/news desk 50%%"'
    assert values["ProtectSystem"] == "strict"
    assert values["NoNewPrivileges"] == "true"
    assert values["User"] == "desk"
    assert values["SuccessExitStatus"] == "4 7"
    # Without a zone the times are the machine's; without a key there is no file for it.
    assert "\nOnCalendar=*-*-* 07:00:00\n" in text
    assert "EnvironmentFile" not in text


# --- cron ---------------------------------------------------------------------


def cron_lines(text: str) -> list[re.Match[str]]:
    rest = [line for line in text.splitlines() if not line.startswith("#")]
    assert rest[0] == "CRON_TZ=Europe/Berlin"
    found = [FIELDS.fullmatch(line) for line in rest[1:]]
    return [match for match in found if match] if all(found) else []


def cron_runs(command: str, home: Path) -> subprocess.CompletedProcess[str]:
    """What cron does with a command: crontab(5) on the percent sign, then sh."""
    assert not re.search(r"(?<!\\)%", command)
    return run(["/bin/sh", "-c", command.replace(r"\%", "%")], HOME=str(home))


def test_cron_runs_the_command_as_given(program: Path, folder: Path, tmp_path: Path) -> None:
    secret = tmp_path / ".config" / "factcheck" / "digest.env"
    secret.parent.mkdir(parents=True)
    secret.write_text(f"{KEY}='a b'\n", encoding="utf-8")
    morning, evening = cron_lines(printed("cron", program, folder, "digest", ODD, key=True))
    assert (morning["times"], evening["times"]) == ("0 7 * * 0,1,5", "30 17 * * 0,1,5")
    done = cron_runs(morning["command"], tmp_path)
    assert json.loads(done.stdout) == {
        "argv": ["digest", ODD],
        "cwd": str(folder),
        "key": "a b",
    }


def test_cron_runs_nothing_where_its_folder_or_key_is_missing(
    program: Path, folder: Path, tmp_path: Path
) -> None:
    line = cron_lines(printed("cron", program, folder, key=True))[0]
    done = cron_runs(line["command"], tmp_path)
    assert done.returncode != 0
    assert done.stdout == ""


def test_without_zone_and_days_cron_takes_every_day_by_the_machine() -> None:
    settings = ScheduleSettings(times=("07:05",))
    text = render_units("cron", settings, command=["/bin/factcheck"], folder=Path("/srv"))
    assert "CRON_TZ" not in text
    assert "\n5 7 * * * cd /srv && /bin/factcheck\n" in text


# --- GitHub -------------------------------------------------------------------


def test_github_runs_at_local_times_with_secrets_by_name(folder: Path) -> None:
    text = printed("github", folder / "factcheck", folder, "digest", key=True)
    # YAML 1.1 reads the key `on` as a truth value.
    workflow = yaml.safe_load(text)
    assert workflow[True]["schedule"] == [
        {"cron": "0 7 * * 0,1,5", "timezone": "Europe/Berlin"},
        {"cron": "30 17 * * 0,1,5", "timezone": "Europe/Berlin"},
    ]
    assert workflow["permissions"] == {"contents": "read"}
    assert workflow["concurrency"]["cancel-in-progress"] is False
    steps = workflow["jobs"]["edition"]["steps"]
    assert step(steps, "run", "digest")["env"] == {KEY: "${{ secrets.OPENAI_API_KEY }}"}
    pinned = [one["uses"] for one in steps if "uses" in one]
    assert all(re.fullmatch(r"actions/[\w/-]+@v\d+", name) for name in pinned)


def test_github_keeps_the_store_from_run_to_run_also_after_a_failure(folder: Path) -> None:
    workflow = yaml.safe_load(printed("github", folder / "factcheck", folder, "digest"))
    steps = workflow["jobs"]["edition"]["steps"]
    restored, saved = (step(steps, "uses", f"cache/{what}") for what in ("restore", "save"))
    assert restored["with"]["path"] == saved["with"]["path"] == "factcheck.db*\ndigest\n"
    assert saved["with"]["key"].startswith(restored["with"]["restore-keys"])
    assert saved["if"] == "always()"


@pytest.mark.parametrize(("code", "expected"), [(0, 0), (4, 0), (7, 0), (5, 5), (1, 1)])
def test_on_github_an_edition_that_lacks_something_is_a_warning(
    code: int, expected: int, program: Path, folder: Path
) -> None:
    text = printed("github", program, folder, "digest", "--config", f"{folder}/a b.toml", ODD[:16])
    script = step(yaml.safe_load(text)["jobs"]["edition"]["steps"], "run", "digest")["run"]
    path = f"{folder}{os.pathsep}{os.environ['PATH']}"
    done = run(["bash", "-e", "-c", script], PATH=path, CODE=str(code))
    assert done.returncode == expected
    assert json.loads(done.stdout.splitlines()[0])["argv"] == [
        "digest",
        "--config",
        "a b.toml",
        ODD[:16],
    ]
    assert ("::warning::" in done.stdout) == (code in {4, 7})


def step(steps: list[dict[str, Any]], key: str, part: str) -> dict[str, Any]:
    (found,) = (one for one in steps if part in one.get(key, ""))
    return found


# --- all ----------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["systemd", "cron", "github"])
@pytest.mark.parametrize("bad", ["a\nUser=root", "a\\", " a", "a\x1b[0m", "a\u2028b", "${{ x }}\r"])
def test_what_no_format_holds_is_refused(kind: Kind, bad: str) -> None:
    with pytest.raises(UsageError, match="cannot stand in a unit"):
        render_units(kind, SETTINGS, command=["/bin/factcheck", bad], folder=Path("/srv"))


@pytest.mark.parametrize("kind", ["systemd", "cron"])
def test_units_of_this_machine_need_absolute_paths(kind: Kind) -> None:
    for program, folder in (("factcheck", "/srv"), ("/bin/factcheck", "srv")):
        with pytest.raises(UsageError, match="absolute"):
            render_units(kind, SETTINGS, command=[program], folder=Path(folder))


def test_github_needs_a_zone_and_no_expressions() -> None:
    bare = ScheduleSettings(times=("07:00",))
    with pytest.raises(UsageError, match="time zone"):
        render_units("github", bare, command=["factcheck"], folder=Path("/srv"))
    with pytest.raises(UsageError, match="expression"):
        render_units("github", SETTINGS, command=["factcheck", "${{ x }}"], folder=Path("/srv"))


@pytest.mark.parametrize("kind", ["systemd", "cron", "github"])
def test_a_variable_has_a_name_and_a_schedule_has_times(kind: Kind) -> None:
    with pytest.raises(UsageError, match="environment variable"):
        render_units(
            kind,
            SETTINGS,
            command=["/bin/factcheck"],
            folder=Path("/srv"),
            environment_names=["KEY=sk-1"],
        )
    with pytest.raises(UsageError, match="no time is set"):
        render_units(kind, ScheduleSettings(), command=["/bin/factcheck"], folder=Path("/srv"))
