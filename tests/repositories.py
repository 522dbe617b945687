"""Git repositories that tests build."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Repository:
    """A git repository that a test builds, commit by commit, each on a day of its own choice."""

    root: Path

    @classmethod
    def begun(cls, root: Path) -> Repository:
        """An empty repository in a folder."""
        made = cls(root)
        made.git("init", "--quiet")
        return made

    def git(self, *arguments: str, day: str = "2025-01-01") -> str:
        """Run git here, with nobody's configuration."""
        moment = f"{day}T12:00:00+0000"
        environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        environment |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        environment |= {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
        who = ["-c", "user.name=Mira", "-c", "user.email=mira@example.org", "-c", "init.defaultBranch=main"]
        done = subprocess.run(
            ["git", *who, *arguments], cwd=self.root, env=environment, capture_output=True, encoding="utf-8", check=True
        )
        return done.stdout.strip()

    def write(self, path: str, text: str) -> Path:
        """Write a file."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def commit(self, message: str, day: str) -> str:
        """Commit all that there is; the name of the commit."""
        self.git("add", "--all")
        self.git("commit", "--allow-empty", "--quiet", "--message", message, day=day)
        return self.git("rev-parse", "HEAD")
