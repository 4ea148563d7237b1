"""A PostgreSQL server of the tests' own, from the programs that Debian installs."""

import getpass
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def programs() -> Path | None:
    """Return the folder of PostgreSQL's programs; None where it is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    initdb = shutil.which("initdb")
    return Path(initdb).parent if initdb else None


def _call(program: str, *arguments: str | Path) -> None:
    """Call a program of PostgreSQL's, which does not run as root."""
    found = programs()
    assert found is not None
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run(
        [*prefix, found / program, *arguments], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT, cwd="/"
    )


def start(folder: Path) -> None:
    """Start the server in ``folder`` and wait until it answers."""
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
    _call("pg_ctl", "-D", folder / "data", "-w", "-s", "-o", options, "-l", folder / "log", "start")


def stop(folder: Path) -> None:
    """Stop the server in ``folder`` at once."""
    _call("pg_ctl", "-D", folder / "data", "-w", "-s", "-m", "immediate", "stop")


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """Run a server in ``folder``, on a socket only; the URL of its database."""
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
        for parent in folder.parents:
            if parent.owner() == getpass.getuser() and not parent.stat().st_mode & 0o001:
                parent.chmod(parent.stat().st_mode | 0o011)
    _call("initdb", "-D", folder / "data", "-U", "detente", "-A", "trust", "-E", "UTF8", "--no-sync")
    start(folder)
    try:
        yield f"postgresql://detente@/postgres?host={folder}"
    finally:
        stop(folder)
