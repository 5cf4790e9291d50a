# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0
"""The program as its users meet it: output, messages, exit codes, files left behind. Argument: the program ntk."""
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as xml
from fractions import Fraction

PROGRAM = ""
VERDICTS = {"holds", "violated", "inconclusive", "vacuous", "not applicable"}
REPORT_FILES = {"report.html", "report.json", "report.md", "junit.xml"}

# A study of about a second with every kind of check.
SMALL_STUDY = """\
[kernel]
activation = "erf"
bias = 1.0
output_bias = true
[target]
probes = [{degree = 1}]
[network]
width = 64
[data]
samples = 24
seed = 3
[flow]
time = 2.0
tolerance = 1e-9
[checks]
probes = [0, 1]
[spectrum]
degrees = "0:4"
digits = 20
"""

# Arguments that are wrong, and what the message must say.
BAD_ARGUMENTS = [
    ("", "Usage: ntk"),
    ("spectrm", 'did you mean "spectrum"?'),
    ("spectrum --nonsense", "--nonsense"),
    ("spectrum --activation rel", '--activation: activation "rel": expected one of'),
    ("spectrum --dim 1", "--dim"),
    ("spectrum --dim three", "three"),
    ("spectrum --degrees 5:2", '--degrees: degrees "5:2": expected A <= B'),
    ("spectrum --degrees 0:x", '--degrees: degrees "0:x": expected'),
    ("spectrum --digits 0", "--digits"),
    ("spectrum --bias -1", '--bias: "-1": expected a number >= 0'),
    ("spectrum --bias abc", '--bias: "abc": expected a decimal'),
    ("spectrum --format xml", "--format"),
    ("spectrum --part nngp --output-bias", "--output-bias: expected with --part ntk only"),
    ("spectrum --activation erf --route exact", "--route exact: no closed form is known"),
    ("spectrum --activation tanh --route ball", "--route ball: the dual activation of tanh has no closed form"),
    ("spectrum --activation step", "--activation step: its derivative is not square integrable"),
    ("spectrum --depth 0", "--depth"),
    ("spectrum --parametrization mup", "--parametrization"),
    ("spectrum --weights uniform", '--weights: weights "uniform": expected gaussian, sphere:R or radial:FILE'),
    ("spectrum --weights sphere:0", "expected a radius > 0"),
    ("spectrum --weights radial:none.txt", '--weights: weights "radial:none.txt": no such file'),
    ("spectrum --weights sphere:1 --depth 2", "--weights sphere:1: weights other than gaussian are defined for one hidden layer only"),
    ("spectrum --weights sphere:1 --route ball", "--route ball: expected auto, ridge or all with --weights sphere:1"),
    ("spectrum --weights sphere:1 --share 1/2", "--weights sphere:1: expected gaussian with --share"),
    ("spectrum --share 0", '--share: "0": expected a number > 0 and <= 1'),
    ("spectrum --share 3/2", '--share: "3/2": expected a number > 0 and <= 1'),
    ("spectrum --share half", '--share: "half": expected a decimal'),
    ("spectrum --effective-dimension 0", '--effective-dimension: "0": expected a number > 0'),
    ("spectrum --degrees 1:4 --effective-dimension 1", "--effective-dimension: expected with --degrees 0:K"),
    ("spectrum --route quadrature --asymptotics", "--asymptotics: expected with a certified route"),
    ("spectrum --threads 0", "--threads"),
    ("kernel", "--at is required"),
    ("kernel --at 1.5", '--at: "1.5": expected a number from -1 to 1'),
    ("kernel --at 0.5,x", '--at: "x": expected a decimal'),
    ("kernel --at 0 --degrees 2:5", '--degrees: "2:5": expected 0:K'),
    ("kernel --at 0 --activation rel", '--activation: activation "rel": expected one of'),
    ("bench", "A subcommand is required"),
    ("bench spectrum --repeat 0", "--repeat"),
    ("bench spectrum --route quadrature", "--route"),
    ("bench spectrum --format csv", "--format"),
    ("ridge --activation rel", '--activation: activation "rel": expected one of'),
    ("ridge --dim 1", "--dim"),
    ("ridge --radius -1", '--radius: "-1": expected a number >= 0'),
    ("ridge --offset 1/0", '--offset: "1/0": expected a decimal'),
    ("ridge --degrees 5:2", '--degrees: degrees "5:2": expected A <= B'),
    ("ridge --digits 0", "--digits"),
    ("ridge --format xml", "--format"),
    ("ridge --radius 0 --derivative", "radius = 0, offset = 0: the function jumps there"),
    ("verify defalt", 'unknown preset "defalt" (did you mean "default"?)'),
    ("verify ./absent.toml", "./absent.toml: no such file"),
    ("verify default --only D9", 'unknown check "D9"'),
]

# Changes of the small study, the line that the message names, and what it says.
BAD_STUDIES = [
    ('"erf"', '"erf', 2, "not valid TOML"),
    ('"erf"', "3", 2, "kernel.activation = 3: expected"),
    ('"erf"', '"reluu"', 2, 'did you mean "relu"?'),
    ("bias = 1.0\n", "bias = -0.5\n", 3, "kernel.bias = -0.5: expected a number >= 0"),
    ("output_bias = true", "output_bias = 1", 4, "kernel.output_bias = 1: expected true or false"),
    ("output_bias", "outptu_bias", 4, 'unknown key kernel.outptu_bias (did you mean "output_bias"?)'),
    ("[target]", "[taget]", 5, 'unknown section [taget] (did you mean "target"?)'),
    ("{degree = 1}", "{degree = -1}", 6, "target.probes.degree = -1: expected an integer"),
    ("{degree = 1}", "{degre = 1}", 6, "target.probes"),
    ("{degree = 1}", "{degree = 1, axis = [0, 1]}", 6, "target.probes.axis = [0, 1]: expected a list of 3 numbers"),
    ("width = 64", "width = -4", 8, "network.width = -4: expected an integer >= 1"),
    ("width = 64", "width = 2.5", 8, "network.width = 2.5: expected an integer"),
    ("width = 64", "width = 63", 8, "expected an even integer"),
    ("samples = 24", "samples = 0", 10, "data.samples = 0: expected an integer"),
    ("seed = 3", "noise = -0.5", 11, "data.noise = -0.5: expected a number >= 0"),
    ("time = 2.0", "time = 0", 13, "flow.time = 0: expected a number > 0"),
    ("time = 2.0", 'method = "descent"', 13, 'flow.method = "descent": expected one of "gradient-flow", "gradient-descent"'),
    ("time = 2.0", "output_times = [1, -1]", 13, "flow.output_times = -1: expected numbers > 0"),
    ("tolerance = 1e-9", "tolerance = 1", 14, "flow.tolerance = 1: expected"),
    ("probes = [0, 1]", 'include = ["D5"]', 16, 'checks.include = "D5": expected'),
    ("digits = 20", "digits = 0", 19, "spectrum.digits = 0: expected an integer"),
]


class CommandLine(unittest.TestCase):
    def setUp(self) -> None:
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)

    def run_ntk(self, *arguments: object, exit_code: int = 0, **options) -> subprocess.CompletedProcess[str]:
        command = [PROGRAM, *map(str, arguments)]
        done = subprocess.run(command, cwd=self.folder, stderr=subprocess.PIPE, text=True, **({"stdout": subprocess.PIPE} | options))
        self.assertEqual(done.returncode, exit_code, f"{' '.join(command)}\n{done.stdout}{done.stderr}")
        return done

    def small_study(self) -> pathlib.Path:
        (self.folder / "small.toml").write_text(SMALL_STUDY)
        return self.folder / "small.toml"

    def test_bad_arguments(self) -> None:
        for arguments, message in BAD_ARGUMENTS:
            with self.subTest(arguments):
                done = self.run_ntk(*arguments.split(), exit_code=2)
                self.assertIn(message, done.stderr)
                self.assertEqual(done.stdout, "")
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_bad_studies(self) -> None:
        for old, new, line, message in BAD_STUDIES:
            with self.subTest(new):
                self.assertEqual(SMALL_STUDY.count(old), 1, old)
                (self.folder / "s.toml").write_text(SMALL_STUDY.replace(old, new))
                done = self.run_ntk("verify", "s.toml", "--out", "out", exit_code=2)
                self.assertIn(f"s.toml:{line}: ", done.stderr)
                self.assertEqual(done.stderr.count("s.toml:"), 1, done.stderr)
                self.assertIn(message, done.stderr)
                self.assertEqual(done.stdout, "")
                self.assertFalse((self.folder / "out").exists())

    def test_missing_parts_of_a_study(self) -> None:
        for lost, name in [("[kernel]\nactivation", "kernel.activation"), ("width = 64\n", "network.width"), ("samples = 24\n", "data.samples")]:
            with self.subTest(name):
                text = SMALL_STUDY.replace(lost, "[kernel]\ntitle" if "kernel" in lost else "")
                (self.folder / "s.toml").write_text(text.replace('title = "erf"\n', ""))
                self.assertIn(f"{name} is missing: expected", self.run_ntk("verify", "s.toml", exit_code=2).stderr)

    def test_files_that_cannot_be_used(self) -> None:
        (self.folder / "plain").write_text("")
        (self.folder / "folder.toml").mkdir()
        self.assertIn("folder.toml", self.run_ntk("verify", "./folder.toml", exit_code=4).stderr)
        self.assertIn("plain", self.run_ntk("verify", "relu-spectrum", "--out", "plain", exit_code=4).stderr)
        self.run_ntk("verify", "relu-spectrum", "--out", "plain/inside", exit_code=4)
        if os.path.exists("/dev/full"):
            with open("/dev/full", "w") as full:
                self.run_ntk("spectrum", "--format", "json", exit_code=4, stdout=full)
        if os.geteuid() != 0:
            locked = self.folder / "locked"
            locked.mkdir(mode=0o500)
            self.run_ntk("verify", "relu-spectrum", "--out", "locked", exit_code=4)
            self.assertEqual(list(locked.iterdir()), [])

    def test_help_and_version(self) -> None:
        for arguments in [["--help"], ["spectrum", "--help"], ["kernel", "--help"], ["ridge", "--help"], ["bench", "--help"], ["bench", "spectrum", "--help"], ["verify", "--help"]]:
            self.assertIn("Usage: ntk", self.run_ntk(*arguments).stdout)
        for command in ("spectrum", "kernel", "ridge", "bench", "verify"):
            self.assertRegex(self.run_ntk(command, "--help").stdout, rf"Example[^$]*ntk {command} ")
        version = self.run_ntk("--version").stdout
        for library in ("ntk 0.1.0", "Arb ", "Boost ", "Eigen ", "FLINT ", "GMP ", "MPFR ", "SIMD "):
            self.assertIn(library, version)

    def test_spectrum_of_relu(self) -> None:
        done = self.run_ntk(*"spectrum --activation relu --dim 3 --degrees 0:6 --digits 50 --format json".split())
        spectrum = json.loads(done.stdout)
        self.assertEqual((spectrum["dim"], spectrum["digits"]), (3, 50))
        rows = spectrum["eigenvalues"]
        self.assertEqual([row["degree"] for row in rows], list(range(7)))
        self.assertEqual([row["exact"] for row in rows], ["1/4", "1/6", "5/128", "0", "1/384", "0", "23/32768"])
        self.assertEqual([row["multiplicity"] for row in rows], ["1", "3", "5", "7", "9", "11", "13"])
        for row in rows:
            exact = Fraction(row["exact"])
            self.assertLessEqual(abs(Fraction(row["value"]) - exact), Fraction(row["radius"]))
            self.assertLess(Fraction(row["radius"]), exact / 10**49 if exact else 1)
            self.assertEqual(row["value"] == "0", exact == 0)
            self.assertGreaterEqual(len(row["value"].replace("0.", "").lstrip("0")), 50 if exact else 0)
        trace = spectrum["trace"]
        total = sum(Fraction(row["exact"]) * int(row["multiplicity"]) for row in rows)
        self.assertLessEqual(abs(Fraction(trace["sum"]["value"]) - total), Fraction(trace["sum"]["radius"]))
        self.assertIsNotNone(trace["tail_bound"])

    def test_spectrum_without_an_initial_segment_has_no_tail(self) -> None:
        done = self.run_ntk(*"spectrum --degrees 2,5:9:2 --format json".split())
        spectrum = json.loads(done.stdout)
        self.assertEqual([row["degree"] for row in spectrum["eigenvalues"]], [2, 5, 7, 9])
        self.assertIsNone(spectrum["trace"]["tail_bound"])

    def test_spectrum_formats_agree(self) -> None:
        arguments = "spectrum --activation erf --dim 5 --bias 1/10 --output-bias --degrees 0:3 --digits 25 --format".split()
        rows = json.loads(self.run_ntk(*arguments, "json").stdout)["eigenvalues"]
        csv = [line.split(",") for line in self.run_ntk(*arguments, "csv").stdout.splitlines()]
        self.assertEqual(csv[0], ["degree", "multiplicity", "value", "radius", "exact", "route"])
        self.assertEqual([line[2] for line in csv[1:]], [row["value"] for row in rows])
        table = self.run_ntk(*arguments, "table").stdout
        for row in rows:
            self.assertIn(row["value"][:20], table)

    def test_decimals_and_fractions_are_read_exactly(self) -> None:
        outputs = {self.run_ntk(*f"spectrum --bias {bias} --digits 60 --degrees 1 --format csv".split()).stdout for bias in ("0.1", "1/10", "1e-1")}
        self.assertEqual(len(outputs), 1)

    def test_all_routes_agree(self) -> None:
        done = self.run_ntk(*"spectrum --activation relu --dim 4 --degrees 0:4 --route all --digits 30 --format json".split())
        self.assertEqual(len(json.loads(done.stdout)["eigenvalues"]), 5)

    def test_spectrum_as_a_whole(self) -> None:
        arguments = "spectrum --dim 3 --degrees 0:6 --digits 20 --share 0.9 --effective-dimension 1/10 --asymptotics".split()
        plain = json.loads(self.run_ntk(*"spectrum --dim 3 --degrees 0:6 --digits 20 --format json".split()).stdout)
        result = json.loads(self.run_ntk(*arguments, "--format", "json").stdout)
        self.assertEqual({name: result[name] for name in plain}, plain)
        # 1/4 + 3/6 = 3/4, and 5 * 5/128 more is 0.945...
        share = result["share"]
        self.assertEqual((share["asked"], share["degree"]), ("9/10", 2))
        for name, exact in (("captured", Fraction(3, 4) + Fraction(25, 128)), ("captured_before", Fraction(3, 4))):
            self.assertLessEqual(abs(Fraction(share[name]["value"]) - exact), Fraction(share[name]["radius"]))
        self.assertLess(Fraction(share["lower_bound_without_kappa(1)"]["value"]), Fraction(share["captured"]["value"]))
        low = sum(int(row["multiplicity"]) * Fraction(row["exact"]) / (Fraction(row["exact"]) + Fraction(1, 10)) for row in plain["eigenvalues"])
        rest = 10 * (1 - sum(int(row["multiplicity"]) * Fraction(row["exact"]) for row in plain["eigenvalues"]))
        dimension = result["effective_dimension"]
        self.assertLess(abs(Fraction(dimension["value"]) - low - rest / 2), rest / 2 + Fraction(dimension["radius"]))
        asymptotics = result["asymptotics"]
        self.assertEqual(asymptotics["law"], "C (k + 1/2)^-3")
        self.assertTrue(asymptotics["constant"]["value"].startswith("0.15915494309189533"))  # 1/(2 pi)
        self.assertEqual([entry["degree"] for entry in asymptotics["relative_errors"]], [0, 2, 4, 6])
        self.assertIn("degrees 0 to 2 capture 0.9453125", self.run_ntk(*arguments, "--format", "table").stdout)
        erf = json.loads(self.run_ntk(*"spectrum --activation erf --asymptotics --format json".split()).stdout)
        self.assertIsNone(erf["asymptotics"])
        self.assertIn("capture 0.99", self.run_ntk("spectrum", "--share", "0.9999999999", exit_code=3).stderr)

    def test_kernel_and_its_expansion(self) -> None:
        arguments = "kernel --activation relu --dim 3 --degrees 0:6 --digits 40 --at -1,0,3/10,1".split()
        result = json.loads(self.run_ntk(*arguments, "--format", "json").stdout)
        self.assertEqual((result["dim"], result["digits"], result["max_degree"]), (3, 40, 6))
        self.assertEqual([point["t"] for point in result["points"]], ["-1", "0", "3/10", "1"])
        # P_k of Legendre and the eigenvalues of test_spectrum_of_relu, by hand.
        exact = {0: Fraction(1, 4), 1: Fraction(1, 6), 2: Fraction(5, 128), 4: Fraction(1, 384), 6: Fraction(23, 32768)}
        for point in result["points"]:
            t = Fraction(point["t"])
            legendre = [Fraction(1), t]
            for k in range(1, 6):
                legendre.append(((2 * k + 1) * t * legendre[k] - k * legendre[k - 1]) / (k + 1))
            total = sum((2 * k + 1) * value * legendre[k] for k, value in exact.items())
            kappa, partial, rest = (point[name] for name in ("kappa", "partial_sum", "rest"))
            self.assertLessEqual(abs(Fraction(partial["value"]) - total), Fraction(partial["radius"]))
            self.assertLessEqual(abs(Fraction(kappa["value"]) - total - Fraction(rest["value"])), sum(Fraction(x["radius"]) for x in (kappa, rest)))
            self.assertLessEqual(abs(Fraction(rest["value"])), Fraction(result["remainder_bound"]))
            self.assertEqual(point["verdict"], "holds")
        self.assertLessEqual(abs(Fraction(result["points"][3]["kappa"]["value"]) - 1), Fraction(1, 10**40))
        table = self.run_ntk(*arguments, "--format", "table").stdout
        csv = self.run_ntk(*arguments, "--format", "csv").stdout.splitlines()
        self.assertEqual(csv[0], "t,kappa(t),radius,partial sum,rest,verdict")
        self.assertIn(csv[3].split(",")[1], table)
        self.run_ntk(*arguments, "--out", "kernel.json")
        self.assertEqual(self.run_ntk(*arguments, "--format", "json").stdout, (self.folder / "kernel.json").read_text())

    def spectrum(self, arguments: str) -> dict:
        return json.loads(self.run_ntk("spectrum", *arguments.split(), "--format", "json").stdout)

    def test_deep_kernels(self) -> None:
        # With the he parametrisation each ReLU layer keeps Sigma(1) = 1 and adds 1 to Theta(1).
        for depth in (1, 2, 4):
            result = self.spectrum(f"--depth {depth} --parametrization he --degrees 0:3 --digits 12")
            self.assertEqual(result["kernel"]["depth"], depth)
            self.assertEqual(result["kernel"]["weight_variance"], "2")
            self.assertEqual(Fraction(result["trace"]["kappa(1)"]["value"]), depth + 1)
        one, two = (self.spectrum(f"--parametrization {name} --degrees 0:4") for name in ("ntk", "he"))
        for x, y in zip(one["eigenvalues"], two["eigenvalues"], strict=True):
            self.assertLess(abs(2 * Fraction(x["value"]) - Fraction(y["value"])), Fraction(1, 10**29))

    def test_laws_of_the_weights(self) -> None:
        (self.folder / "law.txt").write_text("# radius probability\n1/2 0.25\n\n2 3/4\n")
        mixed = self.spectrum("--activation tanh --weights radial:law.txt --degrees 0:5 --digits 20")
        parts = [self.spectrum(f"--activation tanh --weights sphere:{r} --degrees 0:5 --digits 20 --route ridge") for r in ("1/2", "2")]
        self.assertEqual(mixed["kernel"]["weights"], "radial:law.txt")
        for whole, short, long in zip(*(result["eigenvalues"] for result in (mixed, *parts)), strict=True):
            expected = Fraction(short["value"]) / 4 + 3 * Fraction(long["value"]) / 4
            self.assertLess(abs(Fraction(whole["value"]) - expected), Fraction(1, 10**20))
        self.assertIsNone(mixed["trace"]["tail_bound"])
        (self.folder / "law.txt").write_text("1 0.5\n2 0.4\n")
        done = self.run_ntk("spectrum", "--weights", "radial:law.txt", exit_code=2)
        self.assertIn("law.txt:2: the probabilities add up to 9/10: expected exactly 1", done.stderr)

    def test_every_route_agrees(self) -> None:
        for arguments, routes in (("--bias 1", ["exact", "ball", "quadrature"]), ("--activation erf --bias 1", ["ball", "ridge", "quadrature"])):
            for eigenvalue in self.spectrum(f"{arguments} --degrees 0:3 --digits 15 --route all")["eigenvalues"]:
                self.assertEqual([route["route"] for route in eigenvalue["routes"]], routes)
                self.assertTrue(eigenvalue["consistent"])
        for route in ("ball", "ridge"):
            for eigenvalue in self.spectrum(f"--activation erf --bias 1 --degrees 0:3 --digits 15 --route {route}")["eigenvalues"]:
                self.assertEqual(eigenvalue["route"], route)

    def test_closed_forms_with_biases(self) -> None:
        found = self.spectrum("--bias 1 --dim 4 --degrees 0:2 --digits 20")["eigenvalues"]
        # Terms with chi2 are outside the grammar of "exact".
        self.assertIn("chi2", found[0]["closed_form"])
        self.assertNotIn("exact", found[0])
        self.assertEqual(found[2]["exact"], "(-241/50)*sqrt(2)/pi^2 + (79/10)*log(1+sqrt(2))/pi^2")

    def test_bench_reports_time_and_error(self) -> None:
        for arguments, route, reference in (
            ("--bias 2 --output-bias --degrees 0:20 --digits 30", "ball", "the same with 40 digits more"),
            ("--degrees 0:20 --digits 30 --route ball", "ball", "closed form"),
            ("--degrees 0:20 --digits 30", "exact", "the same with 40 digits more"),
        ):
            with self.subTest(arguments):
                done = self.run_ntk("bench", "spectrum", *arguments.split(), "--repeat", 3, "--format", "json")
                result = json.loads(done.stdout)
                for clock in ("cpu_s", "wall_s"):
                    self.assertLessEqual(0, result[clock]["min"])
                    self.assertLessEqual(result[clock]["min"], result[clock]["median"])
                    self.assertLessEqual(result[clock]["median"], result[clock]["max"])
                self.assertEqual(result["work"], {"unit": "eigenvalue", "count": 21})
                self.assertAlmostEqual(result["cost_per_unit_ns"] * 21e-9, result["cpu_s"]["median"], delta=2e-6)
                self.assertEqual((result["route"], result["repeat"], result["threads"]), (route, 3, 1))
                error = result["error"]
                self.assertEqual((error["reference"], error["consistent"]), (reference, True))
                self.assertLessEqual(Fraction(error["largest_relative_radius"]), Fraction(1, 10**30))
                self.assertLessEqual(Fraction(error["largest_relative_distance"]), Fraction(1, 10**30))
        flow = json.loads(self.run_ntk(*"bench flow default --time 2 --tolerances 1e-4,1e-6 --repeat 1 --format json".split()).stdout)
        integrators = [run["integrator"] for run in flow["runs"]]
        # CVODE where the build has it.
        self.assertEqual(integrators[:4], 2 * ["dormand-prince"] + 2 * ["exponential-rosenbrock"])
        self.assertIn(integrators[4:], ([], 2 * ["cvode"]))
        for run in flow["runs"]:
            # The other integrator is the reference, so both are right or both are wrong in the same way.
            self.assertTrue(0 < run["error"] < 100 * run["tolerance"], run)
        table = self.run_ntk(*"bench spectrum --degrees 0:5 --repeat 2 --format table".split()).stdout
        self.assertIn("6 eigenvalues, 30 digits, 2 times", table)

    def test_list(self) -> None:
        listed = json.loads(self.run_ntk("verify", "--list", "--format", "json").stdout)
        presets = pathlib.Path(__file__).resolve().parents[2] / "verify" / "study" / "presets"
        self.assertEqual([preset["name"] for preset in listed["presets"]], sorted(file.stem for file in presets.glob("*.toml")))
        ids = [check["id"] for check in listed["checks"]]
        for check in ("trace", "routes", "damping-factor", "D1", "D3", "U1", "U2", "U3"):
            self.assertIn(check, ids)
        plain = self.run_ntk("verify", "--list").stdout
        for name in ids:
            self.assertIn(name, plain)

    def test_verify_writes_its_report(self) -> None:
        study = self.small_study()
        done = self.run_ntk("verify", study, "--out", "deep/report", "--quiet")
        self.assertEqual(done.stderr, "")
        out = self.folder / "deep/report"
        self.assertEqual({file.name for file in out.iterdir()}, REPORT_FILES)
        report = json.loads((out / "report.json").read_text())
        self.assertEqual(report["schema"], "ntk-report/1")
        (summary,) = report["studies"]
        self.assertEqual((summary["regime"]["p"], summary["regime"]["n"]), (64 * 5 + 1, 24))
        for check in report["checks"]:
            self.assertIn(check["verdict"], VERDICTS)
            if check["verdict"] != "not applicable":
                self.assertIn(check["id"], done.stdout)
            control = check["mutation_control"]
            self.assertEqual(control is None, check["verdict"] == "not applicable", check["id"])
            if control:
                self.assertEqual(control["verdict"], "violated", check["id"])
        self.assertNotIn("violated", [check["verdict"] for check in report["checks"]])
        cases = list(xml.parse(out / "junit.xml").getroot().iter("testcase"))
        self.assertEqual(len(cases), len(report["checks"]) + len(report["proofs"]["obligations"]))
        html = (out / "report.html").read_text()
        self.assertIn("<svg", html)
        self.assertNotIn("<script", html)
        self.assertIn("D3", (out / "report.md").read_text())

    def test_proofs_in_the_report(self) -> None:
        def proofs(*options: str) -> object:
            self.run_ntk("verify", "relu-spectrum", "--out", "proofs", *options)
            return json.loads((self.folder / "proofs" / "report.json").read_text())["proofs"]

        theorems = [one for one in proofs()["obligations"] if one["kind"] == "theorem"]
        self.assertEqual([(one["verdict"], one["status"]) for one in theorems], [("passed", "proved for all parameters")] * 4)
        self.assertIn('<svg class="map"', (self.folder / "proofs" / "report.html").read_text())
        self.assertIsNone(proofs("--no-proofs"))
        self.assertIsNone(proofs("--only", "trace"))
        self.assertTrue(proofs("--only", "trace", "--proofs")["map"]["nodes"])

    def without_times(self, out: str) -> object:
        report = json.loads((self.folder / out / "report.json").read_text())
        for check in report["checks"]:
            del check["seconds"]
        for obligation in (report["proofs"] or {}).get("obligations", []):
            del obligation["seconds"]
        if report["proofs"]:
            del report["proofs"]["seconds"]
        del report["environment"]
        return report

    def test_the_same_for_every_number_of_threads(self) -> None:
        study = self.small_study()
        for threads in (1, 2, 3):
            self.run_ntk("verify", study, "--threads", threads, "--out", f"out{threads}", "--quiet")
        self.assertEqual(self.without_times("out1"), self.without_times("out2"))
        self.assertEqual(self.without_times("out1"), self.without_times("out3"))

    def test_only_and_seed(self) -> None:
        study = self.small_study()
        self.run_ntk("verify", study, "--only", "D3", "--seed", 11, "--out", "out", "--quiet")
        report = self.without_times("out")
        self.assertEqual([check["id"] for check in report["checks"]], ["D3"])
        self.assertEqual(dict(report["studies"][0]["settings"])["seed"], "11")

    def test_an_interruption_leaves_nothing_partial(self) -> None:
        for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            out = self.folder / number.name
            process = subprocess.Popen([PROGRAM, "verify", "default", "--out", out], cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            process.stderr.readline()  # it is at work
            process.send_signal(number)
            printed, _ = process.communicate(timeout=60)
            self.assertEqual(process.returncode, code)
            self.assertEqual(printed, "")
            self.assertEqual(list(out.iterdir()) if out.exists() else [], [])


if __name__ == "__main__":
    PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main()
