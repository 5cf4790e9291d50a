# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0
"""ntk plan as its users meet it: plans, formats, limits that are too low, bad input. Argument: the program ntk."""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

PROGRAM = ""
STUDY = """\
[kernel]
activation = "erf"
bias = 1.0
output_bias = true
[sphere]
dim = 2
[target]
probes = [{degree = 1, amplitude = 0.5}, {degree = 3, amplitude = 0.1}]
[network]
width = 64
[data]
samples = 24
seed = 3
[checks]
probes = [0, 1]
"""

# Changes of the study or options that are wrong, and what the message must say.
BAD_STUDIES = [
    (('activation = "erf"', 'activation = "relu"'),
     'study.toml:2: kernel.activation = "relu": expected an activation with bounded first and second derivatives'),
    (("samples = 24", "samples = 24\nnoise = 0.1"), "study.toml:13: data.noise = 0.1: expected 0"),
    (("samples = 24", "points = [[1, 0], [0, 1]]"), "expected data.samples in its place: the planner chooses n"),
    (("[checks]", '[flow]\nmethod = "gradient-descent"\nstep = 0.1\n[checks]'),
     'flow.method = "gradient-descent": expected "gradient-flow"'),
    (('[network]\nwidth = 64\n[data]\nsamples = 24\nseed = 3\n', ""), "study.toml: expected a study with a [network]"),
    (("dim = 2", "dim = 1"), "study.toml:6: sphere.dim = 1: expected"),
]  # fmt: skip
BAD_OPTIONS = [
    ("--time 3", "--probe is required"),
    ("--probe 1", "--time is required"),
    ("--probe x --time 3", "--probe: "),
    ("--probe 2 --time 3", "--probe: degree 2: the target has nothing along a probe of that degree"),
    ("--probe 1 --time 0", '--time: "0": expected a number > 0'),
    ("--probe 1 --time soon", '--time: "soon": expected a decimal'),
    ("--probe 1 --time 3 --bound A3", "--bound"),
    ("--probe 1 --time 3 --confidence 1", '--confidence: "1": expected a number > 0 and < 1'),
    ("--probe 1 --time 3 --failure-probability 0", "--failure-probability: "),
    ("--probe 1 --time 3 --confidence 0.9 --failure-probability 0.1", "--failure-probability"),
    ("--probe 1 --time 3 --width 33", "--width: 33: expected an even integer with an antisymmetric start"),
    ("--probe 1 --time 3 --samples many", '--samples: "many": expected an integer >= 1 or population'),
    ("--probe 1 --time 3 --samples 0", '--samples: "0": expected an integer >= 1 or population'),
    ("--probe 1 --time 3 --bound linear-split --start law", "--start law: the linear split is made from"),
]


class Plan(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def run_ntk(self, options: str, study: str = STUDY, exit_code: int = 0) -> subprocess.CompletedProcess:
        (self.folder / "study.toml").write_text(study)
        command = [PROGRAM, "--quiet", "--threads", "1", "plan", "study.toml", *options.split()]
        result = subprocess.run(command, capture_output=True, text=True, timeout=600, cwd=self.folder)
        self.assertEqual(result.returncode, exit_code, f"{options}\n{result.stdout}{result.stderr}")
        return result

    def plans(self, options: str, **rest: object) -> dict:
        json_text = self.run_ntk(options + " --format json", **rest).stdout
        return {plan["start"]: plan for plan in json.loads(json_text)["plans"]}

    def test_plans(self) -> None:
        plans = self.plans("--probe 1 --time 2")
        self.assertEqual(set(plans), {"law", "drawn"})
        for plan in plans.values():
            self.assertTrue(plan["reached"])
            search = plan["width_search"]
            self.assertTrue(search["point"]["informative"])
            self.assertEqual(search["point"]["samples"], "infinite")
            self.assertEqual(plan["width"], 2 * search["point"]["width"])
            for found in (search, plan["samples_search"]):
                self.assertLess(found["point"]["probes"][0]["ratio"], 1)
                if found["ratio_one_step_below"] is not None:
                    self.assertGreaterEqual(found["ratio_one_step_below"], 1)
                probe = found["point"]["probes"][0]
                terms = {term["name"]: term["value"] for term in probe["terms"]}
                self.assertAlmostEqual(sum(terms.values()) / probe["bound"], 1, 9)
                self.assertEqual(terms[probe["dominating"]], max(terms.values()))
        # Whatever will be drawn asks for more than one start.
        self.assertGreater(plans["law"]["width"], plans["drawn"]["width"])
        self.assertGreater(plans["law"]["samples"], plans["drawn"]["samples"])

    def test_the_plan_holds_when_it_is_given(self) -> None:
        law = self.plans("--probe 1 --time 2 --start law --bound H")["law"]
        given = f"--probe 1 --time 2 --start law --bound H --width {law['width']} --samples "
        self.assertTrue(self.plans(given + str(law["samples"]))["law"]["reached"])
        self.assertFalse(self.plans(given + str(law["samples"] - 1), exit_code=3)["law"]["reached"])
        # The sample alone, and the width alone.
        alone = self.plans(f"--probe 1 --time 2 --start law --bound H --width {law['width']}")["law"]
        self.assertEqual(alone["samples"], law["samples"])
        self.assertIsNone(alone["width_search"])
        narrow = self.plans(f"--probe 1 --time 2 --start law --bound H --samples {law['samples']}")["law"]
        self.assertLessEqual(narrow["width"], law["width"])

    def test_the_order_of_bounds(self) -> None:
        widths = {bound: self.plans(f"--probe 1 --time 2 --start drawn --samples population --bound {bound}")["drawn"]["width"]
                  for bound in ("best", "linear-split", "A2", "H", "basic")}  # fmt: skip
        self.assertLessEqual(widths["best"], min(widths.values()))
        self.assertLess(widths["A2"], widths["basic"])
        self.assertLess(widths["H"], widths["basic"])

    def test_confidence(self) -> None:
        options = "--probe 1 --time 2 --start law --samples population "
        sure = self.plans(options + "--confidence 0.999")["law"]
        self.assertEqual(sure["width"], self.plans(options + "--failure-probability 0.001")["law"]["width"])
        self.assertGreater(sure["width"], self.plans(options)["law"]["width"])

    def test_several_probes_are_all_met(self) -> None:
        one, both = (self.plans(f"--probe {probes} --time 1 --start law")["law"] for probes in ("1", "1,3"))
        self.assertGreater(both["width"], one["width"])
        self.assertEqual([probe["degree"] for probe in both["width_search"]["point"]["probes"]], [1, 3])

    def test_out_of_reach(self) -> None:
        limits = " --largest-width 64 --largest-samples 64"
        result = self.run_ntk("--probe 1 --time 50 --bound basic --format table" + limits, exit_code=3)
        self.assertIn("nothing found for the bound basic", result.stderr)
        self.assertRegex(result.stderr, r"law: at m = 64, n = infinite.* exceeds what is needed by a factor [0-9.e+]+; its largest term is")
        self.assertIn("drawn: at m = 64", result.stderr)
        self.assertIn("no ", result.stdout)

    def test_formats(self) -> None:
        options = "--probe 1 --time 2 --start law --samples population"
        width = self.plans(options)["law"]["width"]
        table = self.run_ntk(options + " --format table").stdout
        self.assertIn("mu = ", table)
        self.assertIn(f"law: m = {width}, n = infinite, with probability at least 0.95", table)
        csv = self.run_ntk(options + " --format csv").stdout.splitlines()
        self.assertEqual(csv[0].split(",")[:3], ["start", "n", "m"])
        self.assertEqual(csv[1].split(",")[:3], ["law", "infinite", str(width)])
        self.run_ntk(options + " --out plan.json")
        self.assertEqual(json.loads((self.folder / "plan.json").read_text())["plans"][0]["width"], width)

    def test_a_plain_start_has_a_plan_for_its_seed_alone(self) -> None:
        plain = STUDY.replace("width = 64", 'width = 64\ninitialisation = "plain"')
        plans = self.plans("--probe 1 --time 0.5 --samples population", study=plain)
        self.assertIn("not antisymmetric", plans["law"]["reason"])
        self.assertTrue(plans["drawn"]["reached"])
        self.run_ntk("--probe 1 --time 0.5 --bound A2", study=plain, exit_code=3)

    def test_bad_input(self) -> None:
        for (old, new), message in BAD_STUDIES:
            with self.subTest(new):
                self.assertIn(old, STUDY)
                result = self.run_ntk("--probe 1 --time 3", study=STUDY.replace(old, new), exit_code=2)
                self.assertIn(message, result.stderr)
                self.assertEqual(result.stdout, "")
        for options, message in BAD_OPTIONS:
            with self.subTest(options):
                result = self.run_ntk(options, exit_code=2)
                self.assertIn(message, result.stderr)
                self.assertEqual(result.stdout, "")

    def test_help(self) -> None:
        result = subprocess.run([PROGRAM, "plan", "--help"], capture_output=True, text=True, timeout=60)
        self.assertEqual(result.returncode, 0)
        self.assertIn("ntk plan study.toml --probe 1 --time 3", result.stdout)


if __name__ == "__main__":
    PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main()
