# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0
"""verify/run and tests/run on a machine without apt: exit code 4, the list of what is needed on stderr, nothing on stdout."""
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
# What a POSIX system has before any package is installed.
COMMANDS = ["bash", "cat", "dirname", "env", "id", "printf"]


def outcome(script: str, path: pathlib.Path) -> subprocess.CompletedProcess[str]:
    # From a folder outside the tree.
    return subprocess.run([path / "bash", ROOT / script], cwd=path, env={"PATH": str(path)}, capture_output=True, text=True)


def complaints(script: str, expected: list[str], unexpected: list[str], path: pathlib.Path) -> list[str]:
    done = outcome(script, path)
    found = [f"{script}: {name} is not in the list" for name in expected if f"  {name} " not in done.stderr]
    found += [f"{script}: {name} is in the list" for name in unexpected if f"  {name} " in done.stderr]
    if done.returncode != 4:
        found.append(f"{script}: exit code {done.returncode} instead of 4")
    if done.stdout:
        found.append(f"{script}: wrote to stdout: {done.stdout}")
    return found


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        path = pathlib.Path(name)
        for command in COMMANDS:
            (path / command).symlink_to(shutil.which(command))
        found = complaints("verify/run", ["g++", "cmake", "libmpfr-dev", "gnuplot-nox"], ["doctest-dev"], path)
        found += complaints("tests/run", ["g++", "libflint-arb-dev", "doctest-dev", "python3"], [], path)
        # A command that is there is not asked for.
        (path / "cmake").symlink_to(path / "bash")
        found += complaints("verify/run", ["g++"], ["cmake"], path)
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
