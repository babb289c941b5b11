"""`weft run` as anybody would start it: a process of its own, its memory and its work."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.benchmarks.load.office import Office

ROOT = Path(__file__).parents[3]


class Running:
    """`weft run` as a process."""

    def __init__(self, office: Office, database_url: str, log: Path, **more: str) -> None:
        workspace = office.workspace
        environment = os.environ | {
            "PYTHONPATH": str(ROOT),
            "SLACK_BOT_TOKEN": workspace.bot_token,
            "SLACK_APP_TOKEN": workspace.app_token,
            "SLACK_API_URL": office.server.api_url,
            "DATABASE_URL": database_url,
            **more,
        }
        self.log = log
        with log.open("w") as stderr:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bot", "run"], cwd=log.parent, env=environment, stderr=stderr
            )

    def memory(self, what: str) -> int:
        """In MB: VmRSS now, VmHWM at most."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(next(line for line in status.splitlines() if line.startswith(what)).split()[1]) // 1024

    def processor(self) -> float:
        """Seconds of work so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def failures(self) -> list[str]:
        """Each error in its log: what went wrong, and where."""
        lines = [json.loads(line) for line in self.log.read_text().splitlines() if '"level": "error"' in line]
        return [" · ".join([one["what"], str(one.get("error")), *one.get("where", [])[-3:]]) for one in lines]

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(60)
