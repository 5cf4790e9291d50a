# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0
"""The benchmark script of networks runs on small shapes, and both sides of every race get the right numbers. Argument: folder with the program ntk."""
import pathlib
import subprocess
import sys
import tempfile

SCRIPT = pathlib.Path(__file__).resolve().parents[2] / "verify/benchmarks/network.py"
# Sums of some hundred terms in float64, relative to the largest entry; a wrong formula, rule or recurrence on either side is far off.
TOLERANCE = 1e-13
# gradient: 3 sides with one thread, 2 with two, 1 other activation; Gram matrix: 2; population: 3 and two threads.
RACES = 12


def outcome(build: str, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, SCRIPT, "--build", build, "--pairs", "1", "--short", *options]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True)


def without_peers(build: str) -> list[str]:
    """An interpreter that has nothing: the rows say so, and those of ntk alone remain."""
    with tempfile.TemporaryDirectory() as folder:
        python = pathlib.Path(folder) / "python3"
        python.write_text("#!/bin/sh\necho 'No module named torch' >&2\nexit 1\n")
        python.chmod(0o755)
        done = outcome(build, "--only", "population", "--python", str(python))
    lines = done.stdout.splitlines()
    expected = [line for line in lines if line.startswith("population, NumPy") and "SKIPPED: No module named torch" in line]
    ours = [line for line in lines if line.startswith("energies")]
    return [] if done.returncode == 0 and len(expected) == 1 and len(ours) == 1 else ["without peers:\n" + done.stdout]


def wrong_rows(printed: str) -> list[str]:
    header, *rows = [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in printed.splitlines() if "  " in line]
    columns = [header.index("ntk error"), header.index("other error")]
    wrong = [" | ".join(row) for row in rows if len(row) != len(header) or any(not 0 <= float(row[i]) <= TOLERANCE for i in columns)]
    return wrong + ([] if len(rows) == RACES else [f"{len(rows)} rows instead of {RACES}"])


def main() -> int:
    build = sys.argv[1]
    complaints = without_peers(build)
    done = outcome(build)
    # The word would mark the whole test as skipped.
    print(done.stdout.replace("SKIPPED:", "left out:"))
    if done.returncode == 0 and "SKIPPED:" in done.stdout and not complaints:
        print("SKIPPED: PyTorch, NumPy or mpmath is not installed")
        return 77
    complaints += wrong_rows(done.stdout) if done.returncode == 0 else [f"exit code {done.returncode}"]
    print("\n".join(complaints).replace("SKIPPED:", "left out:"))
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
