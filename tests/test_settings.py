"""Settings: what wins over what, and one clear line for what cannot be used."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from factcheck.errors import UsageError
from factcheck.settings.loader import Settings, list_keys, load_settings
from factcheck.settings.model import OPENAI_MODEL, ModelSettings, is_configured, secrets
from factcheck.settings.urls import is_local, public_url

LOCAL = "http://localhost:11434/v1"


def toml(folder: Path, text: str) -> Path:
    path = folder / "factcheck.toml"
    path.write_text(text)
    return path


def fault(folder: Path, text: str, **sources: Any) -> UsageError:
    path = toml(folder, text)
    with pytest.raises(UsageError) as caught:
        load_settings(config=path, **sources)
    assert "\n" not in caught.value.message
    assert caught.value.hint
    return caught.value


def test_without_any_source_the_defaults_hold() -> None:
    settings = load_settings()
    assert settings == Settings(model=ModelSettings(name=OPENAI_MODEL))
    assert not is_configured(settings.model)


def test_the_command_line_wins_over_the_environment_and_that_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    toml(tmp_path, '[model]\nname = "file"\nbase_url = "http://file/v1"\ntimeout = 5')
    environ = {"FACTCHECK_MODEL": "environ", "OPENAI_BASE_URL": "http://environ/v1"}
    flags = {"model.name": "flag", "model.base_url": None}
    model = load_settings(environ=environ, flags=flags).model
    assert (model.name, model.base_url, model.timeout) == ("flag", "http://environ/v1", 5)


def test_our_own_variable_wins_over_openais() -> None:
    both = {"FACTCHECK_MODEL": "ours", "OPENAI_MODEL": "theirs"}
    assert load_settings(environ=both).model.name == "ours"
    assert load_settings(environ={"OPENAI_MODEL": "theirs"}).model.name == "theirs"


def test_a_file_in_the_folder_is_read_only_if_none_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    toml(tmp_path, "[compare]\narticles = 9")
    other = tmp_path / "other.toml"
    other.write_text("[compare]\narticles = 7")
    assert load_settings().compare.articles == 9
    assert load_settings(config=other).compare.articles == 7


def test_every_table_can_be_set(tmp_path: Path) -> None:
    path = toml(
        tmp_path,
        """
        [report]
        formats = ["md"]
        output = "out"
        [outlets.owners]
        "Orchard Group" = ["The Plum", "Pear Daily"]
        [extract]
        window = 50
        [compare]
        articles = 10
        """,
    )
    settings = load_settings(config=path)
    assert settings.report.formats == ("md",)
    assert settings.report.output == Path("out")
    assert settings.outlets.owners == {"Orchard Group": ("The Plum", "Pear Daily")}
    assert (settings.extract.window, settings.compare.articles) == (50, 10)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ('[model]\nnmae = "x"', "unknown key model.nmae", "model.name"),
        ("[modle]\nx = 1", "unknown key modle", "model"),
        (f"{'a' * 100_000} = 1", f"unknown key {'a' * 299}…", ""),
        ("[digest]\nrecheck = inf", "digest.recheck: input should be less than", "digest.recheck"),
        ("[model]\ntimeout = 0", "model.timeout: input should be greater than 0 (it is 0)", ""),
        ("[model]\nconcurrency = 'many'", "model.concurrency: input should be a valid int", ""),
        ('[model]\nbase_url = "localhost:1"', "model.base_url: not a URL such as http", ""),
        ('[model]\nbase_url = "http://a:b/v1"', "model.base_url: not a URL", ""),
        ('[model]\nanswer_format = "xml"', "model.answer_format: input should be 'auto'", ""),
        ("model = 3", "model: input should be", ""),
        ('[report]\nformats = ["pdf"]', "report.formats.0: input should be 'html'", ""),
        ("[report]\nformats = []", "report.formats: tuple should have at least 1", ""),
        ('[model]\napi_key = "x"', "model.api_key: a secret does not belong", "OPENAI_API_KEY"),
        ('[model]\nheader_values = {A = "x"}', "header_values: a secret does not", "model.headers"),
        ("[model]\nextra_body = {stream = true}", "extra_body: cannot hold stream", ""),
        ("[model]\nextra_body = {a = {b = [2026-01-01]}}", "extra_body: a holds what JSON", ""),
        ("[model]\nextra_body = {a = nan}", "extra_body: a holds what JSON", ""),
        ("[model]\nextra_body = {a = -inf}", "extra_body: a holds what JSON", ""),
        ('[model]\nheaders = {"X A" = "V"}', "model.headers: 'X A' is no name", ""),
        ('[model]\nheaders = {"" = "V"}', "model.headers: '' is no name", ""),
        ('[model]\nheaders = {"é" = "V"}', "model.headers: 'é' is no name", ""),
        ('[model]\nheaders = {"Content-Length" = "V"}', "cannot hold Content-Length", ""),
        ('[model]\nbase_url = "http://x\\u0000"', "model.base_url: not a URL", ""),
        ('[model]\nbase_url = "http://a b/v1"', "model.base_url: not a URL", ""),
        ("[model\n", "is not valid TOML", "line"),
        (f"[model]\ntimeout = {'9' * 5_000}", "is not valid TOML", "line"),
        ("\ufeff[model]\nnmae = 1", "unknown key model.nmae", "model.name"),
        ('[model]\nheaders = {"X-A" = "NOT_SET"}', "model.headers: the environment", "NOT_SET"),
    ],
)
def test_what_cannot_be_used_is_one_line_with_file_and_key(
    tmp_path: Path, text: str, message: str, hint: str
) -> None:
    error = fault(tmp_path, text)
    assert "factcheck.toml: " in error.message
    assert message in error.message
    assert hint in error.hint


def test_a_fault_names_the_source_that_it_came_from(tmp_path: Path) -> None:
    text = '[model]\nbase_url = "http://ok/v1"'
    flagged = fault(tmp_path, text, flags={"model.timeout": -1})
    assert flagged.message.startswith("command line: model.timeout")
    set_ = fault(tmp_path, text, environ={"OPENAI_BASE_URL": "ftp://x"})
    assert set_.message.startswith("OPENAI_BASE_URL: model.base_url")


def test_a_table_that_is_none_is_still_told_with_flags(tmp_path: Path) -> None:
    assert "model: input should" in fault(tmp_path, "model = 3", flags={"model.name": "x"}).message


def test_the_null_device_stands_for_no_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "factcheck.toml").write_text('[model]\nname = "of-the-folder"\n')
    monkeypatch.chdir(tmp_path)
    assert load_settings(environ={}, config=Path(os.devnull)).model.name != "of-the-folder"


def test_a_named_file_has_to_exist(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        load_settings(config=tmp_path / "no.toml")


def test_a_file_that_is_no_text_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "factcheck.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="cannot be read"):
        load_settings(config=path)


# --- keys -------------------------------------------------------------------


def test_the_key_comes_from_the_variable_that_the_settings_name() -> None:
    environ = {"OPENAI_API_KEY": "one-key", "OTHER_KEY": " other-key\n"}
    assert load_settings(environ=environ).model.api_key == SecretStr("one-key")
    flags = {"model.api_key_env": "OTHER_KEY"}
    model = load_settings(environ=environ, flags=flags).model
    assert model.api_key == SecretStr("other-key")


def test_no_secret_is_shown_or_dumped(tmp_path: Path) -> None:
    path = toml(tmp_path, '[model]\nheaders = {"X-Team" = "TEAM"}')
    environ = {"OPENAI_API_KEY": "key-to-hide", "TEAM": "team-to-hide"}
    settings = load_settings(config=path, environ=environ)
    assert settings.model.header_values == {"X-Team": SecretStr("team-to-hide")}
    assert "to-hide" not in repr(settings) + settings.model_dump_json() + str(settings.model_dump())
    assert set(secrets(settings.model)) == {"key-to-hide", "team-to-hide"}


def test_credentials_in_a_bad_url_are_not_repeated(tmp_path: Path) -> None:
    error = fault(tmp_path, '[model]\nbase_url = "ftp://me:hidden@host/v1"')
    assert "hidden" not in error.message


@pytest.mark.parametrize("name", ["OPENAI_API_KEY", "GATE"])
@pytest.mark.parametrize("value", ["sk-“quoted”", "quoted\r\nx: y", "quoted\x00"])
def test_a_secret_that_no_header_can_carry_is_told_without_showing_it(
    tmp_path: Path, name: str, value: str
) -> None:
    text = '[model]\nheaders = {"X-Gate" = "GATE"}'
    error = fault(tmp_path, text, environ={"GATE": "fine", name: value})
    assert name in error.message
    assert "quoted" not in error.message + error.hint


def test_the_space_around_a_header_value_is_no_part_of_it(tmp_path: Path) -> None:
    path = toml(tmp_path, '[model]\nheaders = {"X-Gate" = "GATE"}')
    model = load_settings(config=path, environ={"GATE": " value\n"}).model
    assert model.header_values == {"X-Gate": SecretStr("value")}


@pytest.mark.parametrize(
    ("settings", "ready"),
    [
        (ModelSettings(), False),
        (ModelSettings(name="m"), False),
        (ModelSettings(name="m", api_key=SecretStr("key")), True),
        (ModelSettings(name="m", base_url=LOCAL), True),
        (ModelSettings(base_url=LOCAL), False),
    ],
)
def test_a_model_is_configured_with_a_name_and_a_key_or_a_local_endpoint(
    settings: ModelSettings,
    ready: bool,  # noqa: FBT001 (a parameter of the test)
) -> None:
    assert is_configured(settings) is ready


def test_only_openais_own_endpoint_has_a_default_model() -> None:
    assert load_settings().model.name == OPENAI_MODEL
    assert not load_settings(environ={"OPENAI_BASE_URL": LOCAL}).model.name


# --- URLs -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "local"),
    [
        (LOCAL, True),
        ("http://127.0.0.1:8000/v1", True),
        ("http://[::1]:8000/v1", True),
        ("http://192.168.1.5/v1", True),
        ("http://ollama:11434/v1", True),
        ("http://host.docker.internal:11434/v1", True),
        ("https://api.openai.com/v1", False),
        ("https://8.8.8.8/v1", False),
        ("https://localhost.example.com/v1", False),
    ],
)
def test_local_endpoints_are_known(
    url: str,
    local: bool,  # noqa: FBT001 (a parameter of the test)
) -> None:
    assert is_local(url) is local


def test_a_url_for_show_has_no_credentials_and_no_query() -> None:
    shown = public_url("https://me:secret@host:8443/v1/?key=secret#x")
    assert shown == "https://host:8443/v1"


def test_a_slash_at_the_end_of_the_base_url_makes_no_difference() -> None:
    assert ModelSettings(base_url=LOCAL + "/") == ModelSettings(base_url=LOCAL)


def test_the_known_keys_are_those_of_a_file() -> None:
    keys = list_keys()
    assert {"model", "model.name", "outlets.owners", "compare.articles"} <= set(keys)
    assert not {"model.api_key", "model.header_values"} & set(keys)


@pytest.mark.parametrize("end", ["?api-version=1", "?", "#a", "/?x"])
def test_a_base_url_with_a_query_is_refused_in_a_line(end: str) -> None:
    with pytest.raises(UsageError, match=r"model\.base_url: a base URL has no \? or #"):
        load_settings(flags={"model.base_url": f"https://x.example/v1{end}"})


def test_a_header_that_is_not_set_is_told_with_its_file(tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    other.write_text('[model]\nheaders = {"X-A" = "NOT_SET"}')
    with pytest.raises(UsageError) as caught:
        load_settings(config=other)
    assert caught.value.message.startswith(f"{other}: model.headers: ")


@pytest.mark.parametrize(
    "text",
    [
        '[model]\napi_key_env = "sk-proj-AbCdEf0123456789AbCdEf0123456789"\n',
        '[model.headers]\nAuthorization = "Bearer sk-AbCdEf0123456789AbCdEf01"\n',
    ],
)
def test_a_key_where_the_name_of_a_variable_belongs_is_refused_and_not_repeated(
    tmp_path: Path, text: str
) -> None:
    error = fault(tmp_path, text)
    assert "the name of an environment variable" in error.message
    assert "AbCdEf" not in f"{error.message} {error.hint}"


def test_a_place_may_begin_with_the_home_folder_and_is_not_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    with pytest.raises(UsageError, match="home folder of a user that is not there"):
        load_settings(flags={"report.output": "~no-such-user/press"})
    written = load_settings(flags={"report.output": "~/press"})
    assert written.report.output == tmp_path / "press"
    refused = fault(tmp_path, "", flags={"digest.output": ""})
    assert "digest.output" in refused.message
    assert "empty" in refused.message
