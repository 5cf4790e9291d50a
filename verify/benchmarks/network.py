# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0
"""Networks in a race: gradient, empirical NTK and population quantities of ntk against PyTorch and NumPy, all in float64.

    python3 verify/benchmarks/network.py [--build build] [--pairs N] [--only rhs|gram|population] [--python PYTHON] [--short]

Processes in alternating pairs on one machine. Each measures its work several times without its own start; a pair compares the middle times, the table
shows the middle ratio of the pairs and its range, and the error of both sides against a slow reference. The sides:
    ntk       ntk bench rhs, gram, population
    PyTorch   autograd, as it comes and with the allocator told to keep its memory (MALLOC_MMAP_THRESHOLD_); Jacobian contraction
    NumPy     written by hand as fast as it gets there
A side that is not there prints SKIPPED with the reason. lib/ntk/benchmarks.md explains the table.
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys

from pairs import alternating, print_table, ratio_cells, run, skipped

# A process beyond this is given up: the table says so.
TIME_LIMIT = 900
PEERS = pathlib.Path(__file__).resolve().parent / "network_peers.py"
# Larger than any array here: freed memory stays with the process, so that the next run meets no page faults.
KEEPING_MEMORY = {"MALLOC_MMAP_THRESHOLD_": str(1 << 34), "MALLOC_TRIM_THRESHOLD_": str(1 << 36)}
RACED_ACTIVATIONS = ("erf", "tanh", "relu")
OTHER_ACTIVATIONS = ("softplus:1", "gelu", "sigmoid", "silu", "sin")


class Shapes:
    """Sizes of the cases, and how often each is measured."""

    def __init__(self, short: bool, pairs: int):
        self.pairs = pairs
        self.repeat = 1 if short else 5
        self.rhs = (64, 128, 3) if short else (1024, 4096, 3)
        self.gram = [(32, 64, 10)] if short else [(256, 4096, 10), (1000, 4096, 10)]
        self.population = (64, 3, 8) if short else (4096, 3, 32)
        self.raced = RACED_ACTIVATIONS[:1] if short else RACED_ACTIVATIONS
        self.others = OTHER_ACTIVATIONS[:1] if short else OTHER_ACTIVATIONS

    def gram_pairs(self, samples: int) -> int:
        """A run of the Jacobian contraction with many samples takes minutes."""
        return self.pairs if samples <= 256 else min(self.pairs, 3)


def python_with_peers(wanted: str | None) -> tuple[str | None, str]:
    """An interpreter that has what the peers need, and otherwise the reason why there is none: the one asked for, else
    this one, else any on the search path."""
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    candidates = [wanted] if wanted else [sys.executable, *(os.path.join(folder, "python3") for folder in folders)]
    reason = ""
    for candidate in dict.fromkeys(candidates):
        try:
            done = subprocess.run([candidate, "-c", "import torch, numpy, mpmath"], capture_output=True, text=True)
        except OSError as error:
            reason = reason or f"{candidate}: {error.strerror}"
            continue
        if done.returncode == 0:
            return candidate, ""
        reason = reason or (done.stderr.strip().splitlines() or ["the import failed"])[-1]
    return None, f"{reason} (Debian: apt-get install python3-torch python3-numpy python3-mpmath)"


def measurement(command: list[str], environment: dict[str, str] | None = None) -> dict | None:
    done = run(command, TIME_LIMIT, environment)
    return None if done is None else json.loads(done[1])


class Race:
    """Collects the rows of the table."""

    def __init__(self, ntk: pathlib.Path, python: str | None, why_no_python: str, repeat: int):
        self.ntk, self.python, self.why_no_python, self.repeat = ntk, python, why_no_python, repeat
        self.blas = self.peak = ""
        self.rows = [["case", "pairs", "ntk ms", "other ms", "ratio", "range", "ntk error", "other error", "other side"]]

    def ours(self, task: str, threads: int, arguments: list[str]) -> dict | None:
        return measurement([str(self.ntk), "bench", task, *arguments, "--threads", str(threads), "--repeat", str(self.repeat),
                            "--format", "json"])  # fmt: skip

    def theirs(self, task: str, threads: int, arguments: list[str], keep_memory: bool, repeat: int, check: bool) -> dict | None:
        count = str(threads)
        environment = os.environ | {"OMP_NUM_THREADS": count, "OPENBLAS_NUM_THREADS": count, "MKL_NUM_THREADS": count}
        command = [self.python, str(PEERS), task, *arguments, "--threads", count, "--repeat", str(repeat)]
        return measurement(command + ["--check"] * check, environment | (KEEPING_MEMORY if keep_memory else {}))

    def add(self, case: str, done: list[tuple[dict, dict]] | None, clock: str, part: str | None = None) -> None:
        """The row of some pairs; `part` selects a member of population."""
        if done is None:
            self.rows.append(skipped(case, f"more than {TIME_LIMIT} s"))
            return
        for ours, theirs in done:
            if "skipped" in theirs:
                self.rows.append(skipped(case, theirs["skipped"]))
                return
            self.blas = theirs.get("blas", self.blas)
        chosen = [(ours[part], theirs[part]) if part else (ours, theirs) for ours, theirs in done]
        times = [(ours[clock]["median"] * 1e3, theirs[clock]["median"] * 1e3) for ours, theirs in chosen]
        errors = [next((f"{pair[side]['error']:.1e}" for pair in chosen if pair[side].get("error") is not None), "")
                  for side in (0, 1)]  # fmt: skip
        self.rows.append([case, *ratio_cells(times, ".3g"), *errors, chosen[0][1]["note"]])

    def against_peer(self, task: str, threads: int, ours: list[str], theirs: list[str], pairs: int, keep_memory: bool = False,
                     repeat: int | None = None) -> list[tuple[dict, dict]] | None:  # fmt: skip
        """The error of the peer is computed in its first run only."""
        checks = iter([True] + [False] * pairs)
        return alternating(
            lambda: self.ours(task, threads, ours),
            lambda: self.theirs(task, threads, theirs, keep_memory, repeat or self.repeat, next(checks)),
            pairs,
        )


def sized(samples: int, width: int, dim: int, activation: str) -> list[str]:
    return ["--samples", str(samples), "--width", str(width), "--dim", str(dim), "--activation", activation]


def of_one_process(ours: dict | None, note: str) -> dict | None:
    """A measurement of ntk in the place of the other side."""
    return None if ours is None else ours | {"note": note}


def race_rhs(race: Race, shapes: Shapes) -> None:
    samples, width, dim = shapes.rhs
    for activation in shapes.raced:
        arguments = sized(*shapes.rhs, activation)
        case = f"gradient, {activation}, "
        if race.python is None:
            race.rows.append(skipped(case + "PyTorch and NumPy", race.why_no_python))
            continue
        for threads, clock, side, keep_memory in (
            (1, "cpu_s", "torch", False),
            (1, "cpu_s", "torch", True),
            (1, "cpu_s", "numpy", False),
            (2, "wall_s", "torch", False),
            (2, "wall_s", "torch", True),
        ):
            done = race.against_peer("rhs", threads, arguments, [*arguments, "--side", side], shapes.pairs, keep_memory)
            if done and all(clock in theirs for _, theirs in done):
                cost = statistics.median(theirs[clock]["median"] for _, theirs in done) / (samples * width) * 1e9
                done[0][1]["note"] += f"{', keeping memory' * keep_memory}; {cost:.3g} ns"
            race.add(case + clock_name(threads), done, clock)
    erf = sized(*shapes.rhs, "erf")
    fractions = []
    for activation in shapes.others:
        other = sized(*shapes.rhs, activation)
        done = alternating(lambda: race.ours("rhs", 1, erf),
                           lambda: of_one_process(race.ours("rhs", 1, other), f"ntk, {activation}"), shapes.pairs)  # fmt: skip
        race.add(f"gradient, erf and {activation}, {clock_name(1)}", done, "cpu_s")
        fractions += [ours["fma_peak_fraction"] for ours, _ in done or [] if ours["fma_peak_fraction"] is not None]
    if fractions:
        fractions.sort()
        race.peak = f"{fractions[len(fractions) // 2]:.2f} ({fractions[0]:.2f} to {fractions[-1]:.2f} in {len(fractions)} runs)"


def clock_name(threads: int) -> str:
    return "1 thread CPU" if threads == 1 else f"{threads} threads wall"


def race_gram(race: Race, shapes: Shapes) -> None:
    for shape in shapes.gram:
        arguments = sized(*shape, "erf")
        case = f"Gram matrix, n = {shape[0]}, erf, {clock_name(1)}"
        if race.python is None:
            race.rows.append(skipped(case, race.why_no_python))
            continue
        pairs = shapes.gram_pairs(shape[0])
        for side in ("torch", "numpy"):
            repeat = 1 if side == "torch" and shape[0] > 256 else min(race.repeat, 3)
            race.add(case, race.against_peer("gram", 1, arguments, [*arguments, "--side", side], pairs, repeat=repeat), "cpu_s")


def race_population(race: Race, shapes: Shapes) -> None:
    width, dim, max_degree = shapes.population
    size = ["--width", str(width), "--dim", str(dim)]
    ours = [*size, "--degrees", f"0:{max_degree}"]
    parts = {"coefficients": f"Lambda_k, k <= {max_degree}, erf, ", "energies": f"energies, k <= {max_degree}, erf, "}
    if race.python is None:
        race.rows.append(skipped("population, NumPy", race.why_no_python))
    else:
        for side, shown in (("numpy", ("coefficients", "energies")), ("numpy-blocks", ("energies",))):
            theirs = [*size, "--max-degree", str(max_degree), "--side", side]
            done = race.against_peer("population", 1, ours, theirs, shapes.pairs, repeat=min(race.repeat, 3))
            for part in shown:
                race.add(parts[part] + clock_name(1), done, "cpu_s", part)

    def one_thread() -> dict | None:
        done = race.ours("population", 1, ours)
        return None if done is None else {"energies": of_one_process(done["energies"], "ntk, 1 thread")}

    done = alternating(lambda: race.ours("population", 2, ours), one_thread, shapes.pairs)
    race.add(parts["energies"] + clock_name(2), done, "wall_s", "energies")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=pathlib.Path("build"), help="folder with the program ntk")
    parser.add_argument("--pairs", type=int, default=7, help="pairs of runs of each case; of the largest Gram matrix at most 3")
    parser.add_argument("--only", choices=["rhs", "gram", "population"], action="append", help="these cases alone; may be repeated")
    parser.add_argument("--python", help="interpreter with PyTorch, NumPy and mpmath (default: the first found)")
    parser.add_argument("--short", action="store_true", help="small shapes and one activation: shows that it works, not how fast")
    options = parser.parse_args()
    if options.pairs < 1:
        parser.error("--pairs: must be >= 1")
    ntk = options.build.resolve() / "ntk"
    if not ntk.exists():
        sys.exit(f"{ntk} is not there: build it first")
    load = os.getloadavg()[0]
    shapes = Shapes(options.short, options.pairs)
    race = Race(ntk, *python_with_peers(options.python), shapes.repeat)
    cases = {"rhs": race_rhs, "gram": race_gram, "population": race_population}
    for name, case in cases.items():
        if not options.only or name in options.only:
            case(race, shapes)
    print_table(race.rows)
    print(f"load average before: {load:.1f} on {os.cpu_count()} cores")
    for label, value in (("BLAS of PyTorch and NumPy", race.blas), ("ntk, gradient, erf: part of the FMA peak", race.peak)):
        if value:
            print(f"{label}: {value}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
