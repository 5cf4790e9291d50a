# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0
"""Every preset finds what it expects, and all of them together show what they are there to show. Arguments: the program ntk, or
the program and --write, which writes the tables [expected] of the presets anew (look at every line that changes).
"""
import collections
import concurrent.futures
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import unittest

PRESETS = pathlib.Path(__file__).resolve().parents[2] / "verify" / "study" / "presets"
NAMES = sorted(file.stem for file in PRESETS.glob("*.toml"))
VERDICTS = ("holds", "vacuous", "inconclusive", "violated", "not applicable")

# Of the theory, each has to hold in two presets at least.
CORE = ["D1", "D2", "D3", "D4", "U1", "U1-prime", "U2", "U3", "U3-prime", "U4", "U5", "O1", "O2", "O3", "O4", "O5"]
# Bounds that have to be informative somewhere.
BOUNDS = CORE[5:] + ["U4-basic", "U4-H", "U4-A2", "U4-A2l2", "U4-bootstrap", "linear-split", "span", "degrees", "all-directions",
                     "O1-span", "O3-curve", "O4-span", "O5-distance", "O1-descent", "O4-descent", "U1-prime-descent", "U2-descent",
                     "U3-descent", "U4-descent"]  # fmt: skip
# On one core; twenty seconds on two.
MOST_SECONDS = 40
PROGRAM = ""


class Found:
    """The report on a preset, and the time of a core that it took."""

    def __init__(self, name: str):
        with tempfile.TemporaryDirectory() as folder:
            command = [PROGRAM, "--quiet", "--threads", "1", "verify", name, "--out", folder]
            with open(os.devnull, "w") as nowhere:
                process = subprocess.Popen(command, stdout=nowhere, stderr=subprocess.PIPE)
                _, self.errors = process.communicate()
            self.code = process.returncode
            report = pathlib.Path(folder) / "report.json"
            self.report = json.loads(report.read_text()) if report.exists() else None
        self.name = name

    def checks(self) -> list:
        return self.report["checks"]


def run_all() -> dict:
    with concurrent.futures.ThreadPoolExecutor(max_workers=min(4, os.cpu_count() or 1)) as pool:
        return dict(zip(NAMES, pool.map(Found, NAMES)))


class Presets(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.found = run_all()
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        cls.seconds = used.ru_utime + used.ru_stime

    def test_each_finds_what_it_expects(self) -> None:
        for name, found in self.found.items():
            with self.subTest(name):
                self.assertEqual(found.code, 3 if "inconclusive" in {check["verdict"] for check in found.checks()} else 0, found.errors)
                (study,) = found.report["studies"]
                self.assertEqual(study["expectations"]["differences"], [])
                self.assertEqual(study["expectations"]["compared"], len(found.checks()))

    def test_there_are_twelve_and_nothing_is_violated(self) -> None:
        self.assertGreaterEqual(len(self.found), 12)
        counts = collections.Counter(check["verdict"] for found in self.found.values() for check in found.checks())
        print("verdicts:", dict(counts), f"core seconds: {self.seconds:.0f}", file=sys.stderr)
        self.assertEqual(counts["violated"], 0)
        self.assertLessEqual(counts["inconclusive"], 0.05 * (sum(counts.values()) - counts["not applicable"]))
        self.assertGreater(counts["vacuous"], 0)
        self.assertLess(self.seconds, MOST_SECONDS * len(self.found))

    def test_controls_are_caught(self) -> None:
        for name, found in self.found.items():
            for check in found.checks():
                if check["mutation_control"] is not None:
                    self.assertEqual(check["mutation_control"]["verdict"], "violated", f"{name} {check['id']}")

    def test_every_claim_holds_twice_and_every_bound_says_something(self) -> None:
        holding, informative = collections.defaultdict(list), collections.defaultdict(list)
        for name, found in self.found.items():
            for check in found.checks():
                if check["verdict"] == "holds":
                    holding[check["id"]].append(name)
                if check["informative"]:
                    informative[check["id"]].append(name)
        for claim in CORE:
            self.assertGreaterEqual(len(holding[claim]), 2, claim)
        for bound in BOUNDS:
            self.assertTrue(informative[bound], bound)


def listed(ids: list) -> str:
    lines, line = [], ""
    for name in ids:
        word = f'"{name}", '
        if len(line) + len(word) > 112:
            lines.append(line.rstrip())
            line = ""
        line += word
    lines.append(line.rstrip(", "))
    return "[" + "\n    ".join(lines) + "]" if len(lines) == 1 else "[\n    " + "\n    ".join(lines) + ",\n]"


def table_of(found: Found) -> str:
    text = "\n[expected]\n"
    for verdict in VERDICTS:
        ids = [check["id"] for check in found.checks() if check["verdict"] == verdict]
        if ids:
            text += f"{verdict.replace(' ', '_')} = {listed(ids)}\n"
    text += "\n[expected.informative]\n"
    for check in found.checks():
        if check["informative"]:
            ends = ", ".join(f"[{start:.3g}, {end:.3g}]" for start, end in check["informative"])
            text += f"{check['id']} = [{ends}]\n"
    return text


def write() -> None:
    for name, found in run_all().items():
        file = PRESETS / f"{name}.toml"
        file.write_text(file.read_text().split("\n[expected]\n")[0] + table_of(found))
        print(name, dict(collections.Counter(check["verdict"] for check in found.checks())))


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    if sys.argv[1:] == ["--write"]:
        write()
    else:
        unittest.main()
