# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0
"""What the benchmark scripts share: two sides measured in alternating pairs, and the table of the results."""
import resource
import statistics
import subprocess
import sys
from typing import Callable, TypeVar

Result = TypeVar("Result")


def run(command: list[str], time_limit: float, environment: dict[str, str] | None = None) -> tuple[float, str] | None:
    """CPU seconds of the process and what it printed; None if it took too long. A failure ends the script."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, timeout=time_limit, env=environment)
    except subprocess.TimeoutExpired:
        return None
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}: exit code {done.returncode}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout


def alternating(
    ours: Callable[[], Result | None], theirs: Callable[[], Result | None], pairs: int
) -> list[tuple[Result, Result]] | None:
    """Results of both sides, ours first in every other pair, so that neither gets the better half of a drift of the
    machine; None as soon as one side gives none."""
    results = []
    for pair in range(pairs):
        sides = (ours, theirs) if pair % 2 == 0 else (theirs, ours)
        done = []
        for side in sides:
            result = side()
            if result is None:
                return None
            done.append(result)
        results.append((done[0], done[1]) if pair % 2 == 0 else (done[1], done[0]))
    return results


def ratio_cells(times: list[tuple[float, float]], time_format: str) -> list[str]:
    """Number of pairs, middle time of ours and of theirs, middle ratio theirs over ours and range of the ratios. The
    middle ratio is that of the pairs, not the ratio of the middles."""
    ratios = sorted(theirs / ours for ours, theirs in times)
    middle = [statistics.median(column) for column in zip(*times)]
    return [
        str(len(times)),
        f"{middle[0]:{time_format}}",
        f"{middle[1]:{time_format}}",
        f"{statistics.median(ratios):.1f}",
        f"{ratios[0]:.1f} to {ratios[-1]:.1f}",
    ]


def skipped(case: str, reason: str) -> list[str]:
    """A row of the table for a side that is not there."""
    return [case, f"SKIPPED: {reason}"]


def print_table(rows: list[list[str]]) -> None:
    widths = [max(len(row[i]) for row in rows if i == 0 or len(row) > 2) for i in range(len(rows[0]))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())
