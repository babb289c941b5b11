"""What is written into the settings is understood, or answered with a sentence."""

import pytest

from bot.cli.opening import open_database
from bot.config import Settings, check_tokens, read_settings
from bot.core.errors import SetupError

RIGHT = Settings(slack_bot_token="xoxb-1", slack_app_token="xapp-1")


def read(tmp_path, text="", **environment):
    file = tmp_path / ".env"
    file.write_text(text)
    return read_settings(environment, file)


def test_without_a_file_everything_has_a_default(tmp_path):
    assert read_settings({}, tmp_path / ".env") == Settings()


def test_the_environment_goes_before_the_file(tmp_path):
    settings = read(tmp_path, "SLACK_BOT_TOKEN=xoxb-file\nLOG_LEVEL=debug\n", SLACK_BOT_TOKEN=" xoxb-environment ")

    assert settings.slack_bot_token == "xoxb-environment"
    assert settings.log_level == "DEBUG"


def test_an_empty_line_is_a_line_that_is_not_there(tmp_path):
    assert read(tmp_path, "HTTP_PORT=\nDATABASE_URL=\n") == Settings()


@pytest.mark.parametrize("value", ["banana", "0", "65536", "-1", "3000.5", "\u0663\u0660", "9" * 5000])
def test_a_port_that_is_none_is_refused(tmp_path, value):
    with pytest.raises(SetupError, match=r"HTTP_PORT is .*like 3000"):
        read(tmp_path, HTTP_PORT=value)


def test_a_level_that_is_none_is_refused(tmp_path):
    with pytest.raises(SetupError, match=r"LOG_LEVEL is LOUD\. It can be DEBUG, INFO, WARNING, ERROR"):
        read(tmp_path, LOG_LEVEL="Loud")


def test_an_env_file_that_is_no_text_is_named(tmp_path):
    (tmp_path / ".env").write_bytes(b"SLACK_BOT_TOKEN=\xff\xfe\x00")

    with pytest.raises(SetupError, match=r"\.env"):
        read_settings({}, tmp_path / ".env")


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        (Settings(), "SLACK_BOT_TOKEN isn't set"),
        (Settings(slack_bot_token="xapp-1", slack_app_token="xoxb-1"), "SLACK_BOT_TOKEN should start with xoxb-"),
        (Settings(slack_bot_token="xoxp-1", slack_app_token="xapp-1"), "SLACK_BOT_TOKEN should start with xoxb-"),
        (Settings(slack_bot_token="xoxb-1"), "SLACK_APP_TOKEN should start with xapp-"),
        (Settings(slack_bot_token="xoxb-1", slack_app_token="xoxb-2"), "SLACK_APP_TOKEN should start with xapp-"),
        (Settings(slack_bot_token="xoxb-1", http_port=3000), "SLACK_SIGNING_SECRET is needed"),
    ],
)
def test_a_token_that_is_missing_or_in_another_ones_place_is_named_and_not_shown(settings, sentence):
    with pytest.raises(SetupError, match=sentence) as refused:
        check_tokens(settings)

    assert not [token for token in ("xoxb-1", "xoxb-2", "xapp-1", "xoxp-1") if token in str(refused.value)]


def test_socket_mode_needs_no_secret_and_http_no_app_token():
    check_tokens(RIGHT)
    check_tokens(Settings(slack_bot_token="xoxb-1", slack_signing_secret="s", http_port=3000))


def test_settings_show_no_secret():
    shown = repr(
        Settings("xoxb-secret", "xapp-secret", "signing-secret", database_url="postgresql://weft:db-secret@host/weft")
    )

    assert "secret" not in shown


@pytest.mark.parametrize(
    "url",
    [
        "weft.sqlite3",
        "sqlite//weft",
        "mysql://root:secret@localhost/weft",
        "nonsense+driver://weft",
        "postgresql+nonsense://weft:secret@host/weft",
        "postgresql://weft:secret@host:port/weft",
        "sqlite:///weft.sqlite3?timeout=nonsense",
        "sqlite://",
        "sqlite:///:memory:",
        "\x00",
    ],
)
def test_a_database_that_can_not_be_one_is_answered_with_how_it_looks(url, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    with pytest.raises(SetupError, match=r"Can't use DATABASE_URL\. It should look like sqlite:///weft") as refused:
        open_database(url)

    assert "secret" not in str(refused.value)
