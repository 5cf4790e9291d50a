# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0
"""ntk prove as its users meet it: output, theory map, messages, exit codes. Argument: the program ntk."""
import json
import pathlib
import re
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = ""
STATUSES = {"proved for all parameters", "checked on a range", "checked on trajectories", "assumed, with reference", "open", "failed"}

# Arguments that are wrong, and what the message must say.
BAD_ARGUMENTS = [
    ("quartr", 'unknown obligation "quartr" (did you mean "quarter"?)'),
    ("--status quartr", '--status: unknown node "quartr" (did you mean "quarter"?)'),
    ("--impact comparison", '--impact: unknown node "comparison"'),
    ("--max-degree x", "--max-degree"),
    ("--max-dim 2", "--max-dim"),
    ("--format xml", "--format"),
    ("--format dot", "--format dot: expected with --graph only"),
    ("--graph --format table", "--graph: expected --format dot or json"),
    ("--graph --incomplete", "excludes"),
    ("--graph quarter", "expected no names"),
    ("--format markdown quarter", "--format markdown: expected for all obligations only"),
]


def ntk(arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([PROGRAM, "prove", *arguments.split()], capture_output=True, text=True, check=False)


class Prove(unittest.TestCase):
    def output(self, arguments: str) -> str:
        run = ntk(arguments)
        self.assertEqual(run.returncode, 0, run.stderr)
        return run.stdout

    def test_bad_arguments(self) -> None:
        for arguments, message in BAD_ARGUMENTS:
            with self.subTest(arguments):
                run = ntk(arguments)
                self.assertEqual(run.returncode, 2, run.stderr)
                self.assertIn(message, run.stderr)
                self.assertEqual(run.stdout, "")

    def test_every_obligation_passes_and_every_mutant_is_rejected(self) -> None:
        obligations = json.loads(self.output("--format json"))["obligations"]
        self.assertGreaterEqual(len(obligations), 40)
        self.assertGreaterEqual(sum(one["status"] == "proved for all parameters" for one in obligations), 20)
        for obligation in obligations:
            with self.subTest(obligation["name"]):
                for member in ("name", "statement", "range", "method", "formula", "theory"):
                    self.assertTrue(obligation[member], member)
                self.assertEqual(obligation["verdict"], "passed")
                self.assertGreaterEqual(obligation["seconds"], 0)
                self.assertIsInstance(obligation["assumes"], list)
                self.assertIn(obligation["status"], STATUSES)
                self.assertTrue(obligation["mutants"] or obligation["kind"] == "theorem")
                for mutant in obligation["mutants"]:
                    self.assertEqual(mutant["verdict"], "rejected")
                    self.assertTrue(mutant["counterexample"])

    def test_one_obligation_alone(self) -> None:
        (one,) = json.loads(self.output("quarter --format json"))["obligations"]
        self.assertEqual((one["name"], one["range"], one["verdict"]), ("quarter", "all x", "passed"))
        self.assertIn("quarter", self.output("quarter --format table"))

    def test_options_change_the_range(self) -> None:
        def ranges(arguments: str) -> list[str]:
            return [one["range"] for one in json.loads(self.output(arguments + " --format json"))["obligations"]]

        self.assertEqual(ranges("--max-degree 6 --max-dim 4"), ranges("--max-degree 6 --max-dim 4 --threads 1"))

    def test_list(self) -> None:
        listed = [one["name"] for one in json.loads(self.output("--list --format json"))["obligations"]]
        self.assertEqual(len(listed), len(set(listed)))
        self.assertIn("quarter", listed)
        self.assertIn("quarter", self.output("--list --format table"))

    def test_theory_map(self) -> None:
        graph = json.loads(self.output("--graph --format json"))
        nodes = {node["name"]: node for node in graph["nodes"]}
        self.assertEqual(len(nodes), len(graph["nodes"]))
        below: dict[str, set[str]] = {name: set() for name in nodes}
        for edge in graph["edges"]:
            self.assertIn(edge["from"], nodes)
            self.assertIn(edge["to"], nodes)
            if edge["kind"] == "uses":
                below[edge["from"]].add(edge["to"])
        for name, node in nodes.items():
            self.assertIn(node["status"], STATUSES)
            if node["status"] == "proved for all parameters":
                for used in below[name]:
                    self.assertIn(nodes[used]["status"], {"proved for all parameters", "assumed, with reference"})
            if node["kind"] == "axiom":
                self.assertTrue(node["reference"])
        dot = self.output("--graph")
        self.assertTrue(dot.startswith("digraph"))
        self.assertEqual(dot.count(" -> "), len(graph["edges"]))

    def test_status_impact_incomplete(self) -> None:
        status = json.loads(self.output("--status damped-half-rate --format json"))
        self.assertEqual((status["status"], status["blocked_by"]), ("proved for all parameters", []))
        impact = json.loads(self.output("--impact quarter --format json"))["dependents"]
        self.assertIn("damped-half-rate", [node["name"] for node in impact])
        incomplete = json.loads(self.output("--incomplete --format json"))["incomplete"]
        for node in incomplete:
            self.assertNotEqual(node["status"], "proved for all parameters")
        for node in incomplete[:2]:
            self.assertTrue(json.loads(self.output(f"--status {node['name']} --format json"))["blocked_by"])
        self.assertIn("nothing blocks it", self.output("--status quarter --format table"))

    def test_the_documentation_names_obligations_that_exist(self) -> None:
        nodes = {node["name"] for node in json.loads(self.output("--graph --format json"))["nodes"]}
        table = (ROOT / "lib" / "ntk" / "theory.md").read_text().split("## Proofs")[1]
        named = re.findall(r"`([a-z0-9-]+)`", table)
        self.assertGreater(len(named), 40)
        self.assertEqual(set(named) - nodes, set())

    def test_the_table_of_the_documentation(self) -> None:
        readme = (ROOT / "proofs-checks" / "README.md").read_text()
        self.assertIn(self.output("--format markdown"), readme, "bring it up to date: python3 proofs-checks/table.py PROGRAM")


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    unittest.main()
