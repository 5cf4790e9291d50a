# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0
"""ntk simulate against NumPy, killed and taken up, on a full disk, and with bad input. Argument: the program ntk."""
import json
import math
import os
import pathlib
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

import with_numpy

numpy = with_numpy.numpy

PROGRAM = ""
DIM, WIDTH, SAMPLES = 3, 32, 12
STUDY = f"""\
[kernel]
activation = "tanh"
bias = 1.0
output_bias = true
[target]
probes = [{{degree = 1}}, {{degree = 2, amplitude = 0.5, axis = [1, 0, 0]}}]
[network]
width = {WIDTH}
[data]
samples = {SAMPLES}
seed = 3
[flow]
time = 2.0
tolerance = 1e-8
output_times = [0.5, 1]
[checks]
probes = [0, 1, 2]
"""


def changed(**replaced: str) -> str:
    """The study with lines `key = value` replaced or, for keys that it does not have, added to their section."""
    text = STUDY
    sections = {"method": "flow", "step": "flow", "batch": "flow", "integrator": "flow", "noise": "data",
                "points": "data", "labels": "data", "initialisation": "network"}  # fmt: skip
    for key, value in replaced.items():
        lines = text.splitlines()
        at = [i for i, line in enumerate(lines) if line.startswith(key + " ")]
        if at:
            lines[at[0]] = f"{key} = {value}" if value else ""
        else:
            lines.insert(lines.index(f"[{sections[key]}]") + 1, f"{key} = {value}")
        text = "\n".join(lines) + "\n"
    return text


class Folder:
    """A folder with a study in it."""

    def __init__(self, text: str):
        self.kept = tempfile.TemporaryDirectory()
        self.path = pathlib.Path(self.kept.name)
        self.out = self.path / "out"
        (self.path / "study.toml").write_text(text)

    def command(self, *options: str) -> list:
        return [PROGRAM, "--quiet", "--threads", "1", "simulate", str(self.path / "study.toml"), "--out", str(self.out), *options]

    def run(self, *options: str, **settings) -> subprocess.CompletedProcess:
        return subprocess.run(self.command(*options), capture_output=True, text=True, timeout=600, **settings)

    def trajectory(self) -> dict:
        return json.loads((self.out / "trajectory.json").read_text())

    def arrays(self) -> dict:
        with numpy.load(self.out / "trajectory.npz") as arrays:
            return {name: arrays[name] for name in arrays.files}

    def names(self) -> list:
        return sorted(entry.name for entry in self.out.iterdir())


class TanhNetwork:
    """The network of the study, and its gradient, written down once more."""

    def __init__(self, points: "numpy.ndarray", labels: "numpy.ndarray", width: int = WIDTH):
        self.points, self.labels, self.width = points, labels, width

    def parts(self, theta: "numpy.ndarray") -> tuple:
        m = self.width
        return theta[:m], theta[m : m + DIM * m].reshape(DIM, m), theta[m + DIM * m : -1], theta[-1]

    def values(self, theta: "numpy.ndarray", points: "numpy.ndarray") -> "numpy.ndarray":
        outputs, weights, biases, output_bias = self.parts(theta)
        return numpy.tanh(points @ weights + biases) @ outputs / math.sqrt(self.width) + output_bias

    def residual(self, theta: "numpy.ndarray") -> "numpy.ndarray":
        return self.values(theta, self.points) - self.labels

    def velocity(self, theta: "numpy.ndarray") -> "numpy.ndarray":
        outputs, weights, biases, _ = self.parts(theta)
        hidden = numpy.tanh(self.points @ weights + biases)
        residual = self.residual(theta) / len(self.labels)
        slopes = (1 - hidden**2) * outputs * residual[:, None] / math.sqrt(self.width)
        by_output = hidden.T @ residual / math.sqrt(self.width)
        return -numpy.concatenate([by_output, (self.points.T @ slopes).ravel(), slopes.sum(axis=0), [residual.sum()]])

    def flow(self, theta: "numpy.ndarray", duration: float, steps: int) -> "numpy.ndarray":
        """The classical Runge-Kutta method of order 4."""
        h = duration / steps
        for _ in range(steps):
            first = self.velocity(theta)
            second = self.velocity(theta + h / 2 * first)
            third = self.velocity(theta + h / 2 * second)
            fourth = self.velocity(theta + h * third)
            theta = theta + h / 6 * (first + 2 * second + 2 * third + fourth)
        return theta


class Simulations(unittest.TestCase):
    def folder(self, text: str) -> Folder:
        made = Folder(text)
        self.addCleanup(made.kept.cleanup)
        return made

    def simulated(self, text: str, code: int = 0) -> Folder:
        folder = self.folder(text)
        found = folder.run()
        self.assertEqual(found.returncode, code, found.stderr + found.stdout)
        return folder

    def test_gradient_flow_is_that_of_numpy_within_the_stated_errors(self) -> None:
        for integrator in ("dormand-prince", "exponential-rosenbrock"):
            folder = self.simulated(changed(integrator=f'"{integrator}"'))
            trajectory, arrays = folder.trajectory(), folder.arrays()
            self.assertEqual(trajectory["schema"], "ntk-trajectory/1")
            self.assertEqual(trajectory["status"], "complete")
            self.assertEqual(list(arrays["times"]), [0, 0.5, 1, 2])
            network = TanhNetwork(arrays["points"], arrays["labels"])
            theta = arrays["theta"][0]
            for i, (start, end) in enumerate([(0, 0.5), (0.5, 1), (1, 2)]):
                theta = network.flow(theta, end - start, 400)
                # Runge-Kutta with these steps is good to 1e-11.
                error = trajectory["parameter_error"] + 1e-11
                self.assertLessEqual(numpy.linalg.norm(theta - arrays["theta"][i + 1]), error)
                self.assertLess(error, 1e-7)
                at = trajectory["times"].index(end)
                norm = numpy.sqrt(numpy.mean(network.residual(theta) ** 2))
                self.assertLessEqual(abs(norm - trajectory["residual_norm"]["value"][at]), trajectory["residual_norm"]["error"][at] + 1e-11)
                self.assertLess(numpy.abs(arrays["residuals"][i + 1] - network.residual(theta)).max(), error + 1e-11)
            self.assertEqual({check["id"]: check["verdict"] for check in trajectory["checks"]}, {"energy": "holds", "monotone": "holds", "conservation": "not applicable"})
            self.assertEqual(folder.names(), ["trajectory.json", "trajectory.npz"])

    def test_the_integrators_agree_on_every_preset_within_their_errors(self) -> None:
        presets = pathlib.Path(__file__).resolve().parents[2] / "verify" / "study" / "presets"
        for preset in sorted(presets.glob("*.toml")):
            text = preset.read_text()
            # Descent has no integrator, and kinks are crossed by one alone: the others refuse them.
            if "[network]" not in text or 'method = "gradient-descent"' in text:
                continue
            kinks = 'activation = "relu"' in text
            found = {}
            for integrator in ("dormand-prince", "exponential-rosenbrock", "cvode"):
                lines = [line for line in text.splitlines() if not line.startswith(("integrator", "tolerance"))]
                lines.insert(lines.index("[flow]") + 1, f'integrator = "{integrator}"\ntolerance = 1e-8')
                folder = self.folder("\n".join(lines) + "\n")
                for table in presets.glob("*.csv"):
                    shutil.copy(table, folder.path)
                run = folder.run()
                if kinks and integrator != "dormand-prince":
                    self.assertEqual(run.returncode, 2)
                    self.assertIn("needs a smooth velocity", run.stderr)
                    continue
                if integrator == "cvode" and "no SUNDIALS" in run.stderr:
                    continue
                self.assertEqual(run.returncode, 0, run.stderr)
                found[integrator] = folder.trajectory()
            first = found["dormand-prince"]
            for integrator, other in found.items():
                pairs = [(first["residual_norm"], other["residual_norm"]), (first["movement"], other["movement"])]
                pairs += [(a["coefficient"], b["coefficient"]) for a, b in zip(first["probes"], other["probes"])]
                for mine, theirs in pairs:
                    for i in range(len(first["times"])):
                        error = mine["error"][i] + theirs["error"][i]
                        self.assertLessEqual(abs(mine["value"][i] - theirs["value"][i]), error, f"{preset.name} {integrator} {i}")
                        # CVODE at this tolerance is good to some 1e-5 alone, and says three times that.
                        self.assertLess(error, 1e-4 if integrator == "cvode" else 1e-5)

    def test_relu_crosses_its_kinks_until_it_slides(self) -> None:
        statuses = set()
        for seed in range(1, 9):
            folder = self.simulated(changed(activation='"relu"', width="512", time="0.5", output_times="[0.1, 0.25]", seed=str(seed)))
            trajectory = folder.trajectory()
            statuses.add(trajectory["status"])
            if trajectory["status"] == "complete":
                self.assertGreater(int(trajectory["facts"]["kinks crossed"].split()[0]), 0)
                verdicts = {check["id"]: check["verdict"] for check in trajectory["checks"]}
                self.assertEqual(verdicts, {"energy": "not applicable", "monotone": "holds", "conservation": "holds"})
            else:
                self.assertEqual(trajectory["status"], "not applicable (sliding)")
                self.assertRegex(trajectory["stopped"], "sliding at time")
                self.assertLess(trajectory["times"][-1], 0.5)
                self.assertEqual(len(trajectory["times"]), len(trajectory["loss"]["value"]))
        self.assertEqual(statuses, {"complete", "not applicable (sliding)"})

    def test_coefficients_and_energies_are_integrals_over_the_sphere(self) -> None:
        folder = self.simulated(STUDY)
        trajectory, arrays = folder.trajectory(), folder.arrays()
        nodes, node_weights = numpy.polynomial.legendre.leggauss(60)
        angles = 2 * numpy.pi * numpy.arange(120) / 120
        heights, turns = numpy.meshgrid(nodes, angles, indexing="ij")
        radii = numpy.sqrt(1 - heights**2)
        points = numpy.stack([radii * numpy.cos(turns), radii * numpy.sin(turns), heights], axis=-1).reshape(-1, DIM)
        weights = numpy.repeat(node_weights / 2 / 120, 120)
        network = TanhNetwork(arrays["points"], arrays["labels"])
        second = lambda t: math.sqrt(5) * (3 * t**2 - 1) / 2
        target = math.sqrt(3) * points[:, 2] + 0.5 * second(points[:, 0])
        residual = network.values(arrays["theta"][-1], points) - target
        probes = [numpy.ones(len(points)), math.sqrt(3) * points[:, 2], second(points[:, 2])]
        for probe, found in zip(probes, trajectory["probes"]):
            value = numpy.sum(weights * residual * probe)
            self.assertLessEqual(abs(value - found["coefficient"]["value"][-1]), found["coefficient"]["error"][-1] + 1e-12)
        energies = trajectory["degree_energies"]
        rest = numpy.sum(weights * residual**2) - sum(row[-1] for row in energies["value"])
        self.assertLess(-1e-9, rest)
        self.assertLess(rest, energies["tail_bound"][-1] + 1e-9)
        self.assertAlmostEqual(energies["value"][0][-1], numpy.sum(weights * residual) ** 2, delta=energies["error"][0][-1] + 1e-12)

    def test_gradient_descent_is_that_of_numpy(self) -> None:
        folder = self.simulated(changed(method='"gradient-descent"', step="0.1"))
        trajectory, arrays = folder.trajectory(), folder.arrays()
        network = TanhNetwork(arrays["points"], arrays["labels"])
        theta = arrays["theta"][0]
        for step in range(20):
            theta = theta + 0.1 * network.velocity(theta)
        self.assertLessEqual(numpy.linalg.norm(theta - arrays["theta"][-1]), trajectory["parameter_error"] + 1e-13)
        self.assertLess(trajectory["parameter_error"], 1e-11)
        for segment in trajectory["damped_deviations_of_descent"]:
            self.assertLessEqual(segment["distance"], segment["error"])
            self.assertLess(segment["error"], 1e-6 * segment["largest_deviation"])

    def test_mini_batches_depend_on_the_seed_alone(self) -> None:
        text = changed(method='"gradient-descent"', step="0.1", batch="5")
        first, second = self.simulated(text), self.simulated(text)
        self.assertEqual((first.out / "trajectory.npz").read_bytes(), (second.out / "trajectory.npz").read_bytes())
        self.assertEqual(len(first.arrays()["noise"]), 20)
        self.assertGreater(first.arrays()["noise"].min(), 0)

    def test_a_step_beyond_the_limit_of_stability_is_warned_of(self) -> None:
        folder = self.folder(changed(method='"gradient-descent"', step="2.0"))
        self.assertIn("exceeds the stability limit", folder.run().stderr)

    def test_a_value_that_is_not_finite_ends_the_run_with_what_there_is(self) -> None:
        folder = self.folder(changed(method='"gradient-descent"', step="1e200", time="1e202", output_times="[1e200, 1e201]"))
        found = folder.run()
        self.assertEqual(found.returncode, 3, found.stderr)
        self.assertRegex(found.stderr, "stopped .*not finite.*last good state at")
        trajectory = folder.trajectory()
        self.assertEqual(trajectory["status"], "stopped")
        self.assertIn("not finite", trajectory["stopped"])
        self.assertEqual(trajectory["checkpoints"][0], 0)

    def test_the_whole_population(self) -> None:
        folder = self.simulated(changed(samples='"population"'))
        trajectory, arrays = folder.trajectory(), folder.arrays()
        # The sample is dense enough for the flow of a thousand random points to be near, and the norm is that in L^2.
        self.assertNotIn("points", arrays)
        norm = trajectory["residual_norm"]
        self.assertAlmostEqual(norm["value"][0], math.sqrt(1.25), delta=norm["error"][0])
        energies = trajectory["degree_energies"]
        self.assertAlmostEqual(sum(row[-1] for row in energies["value"]), norm["value"][-1] ** 2, delta=1e-9 + energies["tail_bound"][-1])

    def test_infinite_width_is_the_kernel_flow_of_numpy(self) -> None:
        folder = self.simulated(changed(width='"infinite"', activation='"erf"'))
        trajectory, arrays = folder.trajectory(), folder.arrays()
        cosines = arrays["points"] @ arrays["points"].T
        covariance, variance = cosines + 1, 2.0
        kernel = (2 / math.pi) * numpy.arcsin(2 * covariance / (1 + 2 * variance))
        kernel += (4 / math.pi) / numpy.sqrt((1 + 2 * variance) ** 2 - 4 * covariance**2) * (cosines + 1) + 1
        eigenvalues, vectors = numpy.linalg.eigh(kernel / SAMPLES)
        for i, moment in enumerate(arrays["times"]):
            expected = vectors @ (numpy.exp(-eigenvalues * moment) * (vectors.T @ -arrays["labels"]))
            self.assertLess(numpy.abs(arrays["residuals"][i] - expected).max(), 1e-12)
        self.assertIsNone(trajectory["movement"])

    def test_infinite_width_and_the_whole_population_decay_by_the_eigenvalues(self) -> None:
        folder = self.simulated(changed(width='"infinite"', samples='"population"'))
        for probe in folder.trajectory()["probes"][1:2]:
            values = probe["coefficient"]["value"]
            self.assertAlmostEqual(values[-1], -math.exp(-2 * probe["eigenvalue"]), delta=1e-12)

    def test_own_data(self) -> None:
        draw = numpy.random.default_rng(1)
        points = draw.normal(size=(SAMPLES, DIM))
        points /= numpy.linalg.norm(points, axis=1)[:, None]
        labels = numpy.sin(3 * points[:, 0])
        for targets in (None, ""):
            text = changed(points='"points.csv"', labels='"labels.csv"', samples="")
            if targets == "":
                text = text.replace("[target]\nprobes = [{degree = 1}, {degree = 2, amplitude = 0.5, axis = [1, 0, 0]}]\n", "")
            folder = self.folder(text)
            numpy.savetxt(folder.path / "points.csv", points, delimiter=",", header="x,y,z", comments="", fmt="%.17g")
            numpy.savetxt(folder.path / "labels.csv", labels, fmt="%.17g")
            self.assertEqual(folder.run().returncode, 0)
            numpy.testing.assert_allclose(folder.arrays()["points"], points, rtol=0, atol=1e-15)
            numpy.testing.assert_array_equal(folder.arrays()["labels"], labels)
            self.assertEqual(folder.trajectory()["probes"][0]["of"], "network" if targets == "" else "residual")

    def test_label_noise(self) -> None:
        quiet, noisy = self.simulated(STUDY).arrays(), self.simulated(changed(noise="0.25")).arrays()
        numpy.testing.assert_array_equal(quiet["points"], noisy["points"])
        noise = noisy["labels"] - quiet["labels"]
        self.assertGreater(numpy.abs(noise).min(), 0)
        self.assertTrue(0.05 < noise.std() < 0.6)

    def test_its_arrays_are_a_trajectory_that_verify_takes(self) -> None:
        folder = self.simulated(STUDY)
        found = subprocess.run(
            [PROGRAM, "--quiet", "verify", str(folder.path / "study.toml"), "--trajectory", str(folder.out / "trajectory.npz"),
             "--out", str(folder.path / "report"), "--only", "D1", "D3", "energy"],
            capture_output=True, text=True, timeout=600)  # fmt: skip
        self.assertEqual(found.returncode, 0, found.stdout + found.stderr)
        report = json.loads((folder.path / "report" / "report.json").read_text())
        self.assertEqual({check["verdict"] for check in report["checks"]}, {"holds"})

    def test_killed_at_any_moment_and_taken_up_it_is_the_same(self) -> None:
        times = ", ".join(str(round(0.1 * i, 1)) for i in range(1, 30))
        cases = {
            "flow": changed(width="1024", samples="96", time="3.0", output_times=f"[{times}]"),
            "population": changed(width="64", samples='"population"', time="3.0", output_times=f"[{times}]"),
            "descent": changed(width="512", samples="96", time="3.0", output_times=f"[{times}]", method='"gradient-descent"',
                               step="0.004", batch="32"),
        }  # fmt: skip
        chance = random.Random(5)
        for name, text in cases.items():
            undisturbed = self.folder(text)
            start = time.monotonic()
            self.assertEqual(undisturbed.run().returncode, 0)
            duration = time.monotonic() - start
            disturbed = self.folder(text)
            kills = 0
            for attempt in range(200):
                process = subprocess.Popen(disturbed.command(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
                try:
                    output, errors = process.communicate(timeout=(None if attempt >= 6 else duration * chance.uniform(0.1, 0.5)))
                    self.assertEqual(process.returncode, 0, errors)
                    # Killed before its first checkpoint a run starts anew and says nothing.
                    self.assertTrue(kills > 0 or "taken up" not in output)
                    break
                except subprocess.TimeoutExpired:
                    process.send_signal(signal.SIGKILL)
                    process.communicate()
                    kills += 1
            self.assertGreater(kills, 0, name)
            self.assertEqual((undisturbed.out / "trajectory.npz").read_bytes(), (disturbed.out / "trajectory.npz").read_bytes(), name)
            first, second = undisturbed.trajectory(), disturbed.trajectory()
            for trajectory in (first, second):
                for check in trajectory["checks"]:
                    # The one thing that may differ.
                    check["seconds"], check["reproduce"] = 0, ""
            self.assertEqual(first, second, name)
            self.assertEqual(disturbed.names(), ["trajectory.json", "trajectory.npz"])

    def test_a_full_disk_leaves_nothing_half_written(self) -> None:
        for limit in (2_000, 75_000):
            folder = self.folder(STUDY)
            # Writing beyond the limit fails, as the signal for it stays ignored.
            found = folder.run(preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)), restore_signals=False)
            self.assertEqual(found.returncode, 4, found.stderr)
            self.assertRegex(found.stderr, r"\.(npz|json): cannot be written: File too large")
            self.assertLessEqual(set(folder.names()), {"checkpoint.npz"})
            self.assertEqual(folder.run().returncode, 0)
            self.assertEqual(folder.names(), ["trajectory.json", "trajectory.npz"])

    def test_a_checkpoint_of_another_study_is_not_taken_up(self) -> None:
        folder = self.folder(STUDY)
        folder.run(preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (75_000, 75_000)), restore_signals=False)
        self.assertEqual(folder.names(), ["checkpoint.npz"])
        (folder.path / "study.toml").write_text(changed(seed="4"))
        found = folder.run()
        self.assertEqual(found.returncode, 2)
        self.assertIn("checkpoint.npz: belongs to another study", found.stderr)
        self.assertEqual(folder.run("--restart").returncode, 0)

    def test_bad_input(self) -> None:
        cases = {
            changed(width='"wide"'): 'network.width = "wide": expected an integer >= 1 or "infinite"',
            changed(width='"infinite"', initialisation='"plain"'): "network.initialisation",
            changed(samples='"everybody"'): 'data.samples = "everybody": expected an integer >= 1 or "population"',
            changed(samples='"population"', noise="0.1"): "data.noise = 0.1: expected 0 with n = infinity",
            changed(noise="-1"): "data.noise = -1: expected a number >= 0",
            changed(method='"gradient-descent"'): "flow.step is missing",
            changed(step="0.1"): 'flow.step = 0.1: expected flow.method = "gradient-descent"',
            changed(method='"gradient-descent"', step="0"): "flow.step = 0: expected a number > 0",
            changed(method='"gradient-descent"', step="0.1", batch="13"): "flow.batch = 13: expected an integer from 1 to 12",
            changed(method='"gradient-descent"', step="0.1", samples='"population"'): "flow.method",
            changed(labels='"labels.csv"'): "data.labels",
            changed(points='"nowhere.csv"', samples=""): "nowhere.csv: no such file",
        }
        for text, message in cases.items():
            found = self.folder(text).run()
            self.assertEqual(found.returncode, 2, message + found.stderr)
            self.assertIn(message, found.stderr)

    def test_bad_tables(self) -> None:
        cases = {
            "1,0,0\n0,1\n": "points.csv:2: the row has 2 entries: expected 3 as in line 1",
            "1,0,0\n0,1,x\n": "points.csv:2: column 3: 'x': expected a finite number",
            "1,0,0\n0,1,nan\n": "points.csv:2: column 3: 'nan': expected a finite number",
            "1,0,0\n\n# far\n0,1,1\n": "points.csv:4: the point has the norm 1.4142135623",
            "1,0\n": "points.csv:1: 2 columns: expected 3",
            "x,y,z\n": "points.csv: has no row of numbers",
            "1,0,0,\n": "points.csv:1: column 4: '': expected a finite number",
            "1e999,0,0\n": "points.csv:1: column 1: '1e999': expected a finite number",
            "1,0,0\n0,0,1\n": "data.samples",
        }
        for table, message in cases.items():
            folder = self.folder(changed(points='"points.csv"'))
            (folder.path / "points.csv").write_text(table)
            found = folder.run()
            self.assertEqual(found.returncode, 2, message + found.stderr)
            self.assertIn(message, found.stderr)

    def test_a_study_without_a_network_is_refused(self) -> None:
        found = subprocess.run([PROGRAM, "simulate", "relu-spectrum"], capture_output=True, text=True, timeout=60)
        self.assertEqual(found.returncode, 2)
        self.assertIn("expected a study with a [network]", found.stderr)


if __name__ == "__main__":
    with_numpy.require()
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main()
