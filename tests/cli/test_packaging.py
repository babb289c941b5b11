"""What is installed is complete, under a name of its own, and says which version it is."""

import re
import subprocess
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest
import yaml

from bot.manifest import manifest_text
from bot.version import VERSION

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
GENERATED = {".pyc"}
FROM_OURS = re.compile(r"--from '?weft-slack\S* weft")
FOREIGN = re.compile(r"""\b(?:pip3?|pipx|uvx?)\b[^\n`&;|]*?(?<![\w./-])weft(?![\w/-])|(?<![\w./-])weft\[""")
"""The distribution `weft` on PyPI is a stranger's: installing it would run their code."""


def files_of_packages():
    for package in ("bot", "storage"):
        for file in (ROOT / package).rglob("*"):
            if file.is_file() and file.suffix not in {".py", *GENERATED}:
                yield file


def is_packaged(file):
    patterns = PROJECT["tool"]["setuptools"]["package-data"]
    for package, globs in patterns.items():
        folder = ROOT.joinpath(*package.split("."))
        if file.is_relative_to(folder):
            inside = file.relative_to(folder).as_posix()
            if any(fnmatch(inside, glob) and inside.count("/") == glob.count("/") for glob in globs):
                return True
    return False


def test_every_file_that_the_code_reads_is_in_the_package():
    assert [file.relative_to(ROOT) for file in files_of_packages() if not is_packaged(file)] == []


def test_the_manifest_in_the_root_is_the_one_in_the_package():
    assert (ROOT / "manifest.yml").read_text("utf-8") == manifest_text()


def test_the_manifest_can_be_pasted_from_the_command_line(command):
    code, said = command("manifest")

    assert code == 0
    assert yaml.safe_load(said)["display_information"]["name"] == "Weft"


def test_the_version_is_said(command, capsys):
    with pytest.raises(SystemExit) as ended:
        command("--version")

    assert ended.value.code == 0
    assert capsys.readouterr().out == f"weft {VERSION}\n"


@pytest.mark.parametrize(
    ("line", "is_foreign"),
    [
        ("pip install weft", True),
        ("pip install -U 'weft[postgres]'", True),
        ("uvx weft demo", True),
        ("uv tool install weft", True),
        ("pipx install weft", True),
        ("install the extra weft[demo]", True),
        ("pip install 'weft-slack[demo]'", False),
        ("uvx --from 'weft-slack[demo]' weft demo", False),
        ('.venv/bin/pip install -q -e ".[demo]" && .venv/bin/weft demo', False),
    ],
)
def test_it_is_seen_when_someone_is_told_to_install_the_strangers_package(line, is_foreign):
    assert bool(FOREIGN.search(FROM_OURS.sub("", line))) == is_foreign


def test_nobody_is_told_to_install_the_strangers_package():
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    told = []
    for name in tracked.split("\0"):
        file = ROOT / name
        if name.startswith("tests/") or not file.is_file() or file.suffix in {".png", ".svg"}:
            continue
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            if FOREIGN.search(FROM_OURS.sub("", line)):
                told.append(f"{name}:{number}")
    assert told == []
