# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0
"""ntk verify --trajectory on networks that NumPy trained: an implementation that shares nothing with ours. Argument: the program ntk."""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

import with_numpy

numpy = with_numpy.numpy

PROGRAM = ""
DIM, WIDTH, SAMPLES = 3, 64, 24
STUDY = f"""\
[kernel]
activation = "tanh"
bias = 1.0
output_bias = true
[target]
probes = [{{degree = 1}}]
[network]
width = {WIDTH}
[data]
samples = {SAMPLES}
[flow]
time = 1.0
tolerance = 1e-9
[checks]
probes = [0, 1]
[spectrum]
degrees = "0:1"
digits = 10
"""
DYNAMICS = ["D1", "D3", "U1"]


class NumpyNetwork:
    """tanh, hidden and output biases, antisymmetric start, labels sqrt(3) x_3 (the zonal probe of degree 1)."""

    def __init__(self, seed: int):
        draw = numpy.random.default_rng(seed)
        self.points = draw.normal(size=(SAMPLES, DIM))
        self.points /= numpy.linalg.norm(self.points, axis=1)[:, None]
        self.labels = numpy.sqrt(3) * self.points[:, 2]
        weights, biases = draw.normal(size=(WIDTH // 2, DIM)), draw.normal(size=WIDTH // 2)
        outputs = draw.choice([-1.0, 1.0], WIDTH // 2)
        self.start = [numpy.concatenate([outputs, -outputs]), numpy.concatenate([weights, weights]),
                      numpy.concatenate([biases, biases]), numpy.zeros(())]  # fmt: skip

    def residuals(self, state: list) -> "numpy.ndarray":
        outputs, weights, biases, output_bias = state
        return numpy.tanh(self.points @ weights.T + biases) @ outputs / numpy.sqrt(WIDTH) + output_bias - self.labels

    def velocity(self, state: list) -> list:
        outputs, weights, biases, _ = state
        values = numpy.tanh(self.points @ weights.T + biases)
        residuals = self.residuals(state) / SAMPLES
        slopes = residuals[:, None] * (1 - values**2) * outputs / numpy.sqrt(WIDTH)
        return [-values.T @ residuals / numpy.sqrt(WIDTH), -slopes.T @ self.points, -slopes.sum(axis=0), -residuals.sum()]

    def euler(self, state: list, step: float) -> list:
        return [x + step * v for x, v in zip(state, self.velocity(state))]

    def runge_kutta(self, state: list, step: float) -> list:
        def moved(velocity: list, length: float) -> list:
            return self.velocity([x + length * v for x, v in zip(state, velocity)])

        first = self.velocity(state)
        second = moved(first, step / 2)
        third = moved(second, step / 2)
        fourth = moved(third, step)
        return [x + step / 6 * (a + 2 * b + 2 * c + d) for x, a, b, c, d in zip(state, first, second, third, fourth)]

    def train(self, method: str, step: float, recorded: int = 4) -> dict:
        """The arrays of a run up to time 1."""
        advance, state = getattr(self, method), self.start
        states = [state]
        for _ in range(recorded):
            for _ in range(round(1 / recorded / step)):
                state = advance(state, step)
            states.append(state)
        parts = [numpy.array([one[i] for one in states]) for i in range(4)]
        return dict(zip(("output_weights", "weights", "biases", "output_bias"), parts),
                    times=numpy.linspace(0, 1, recorded + 1), points=self.points, labels=self.labels,
                    residuals=numpy.array([self.residuals(one) for one in states]))  # fmt: skip


def as_pytorch(run: dict) -> dict:
    """The state_dict of Sequential(Linear, Tanh, Linear), in other kinds of numbers and orders that stay exact."""
    return {"times": run["times"], "points": run["points"].astype(">f8"), "labels": run["labels"],
            "net.0.weight": numpy.asfortranarray(run["weights"]), "net.0.bias": run["biases"],
            "net.2.weight": run["output_weights"][:, None, :], "net.2.bias": run["output_bias"][:, None]}  # fmt: skip


def as_theta(run: dict) -> dict:
    count = len(run["times"])
    theta = numpy.concatenate([run["output_weights"], run["weights"].transpose(0, 2, 1).reshape(count, -1), run["biases"],
                               run["output_bias"][:, None]], axis=1)  # fmt: skip
    return {"times": run["times"], "points": run["points"], "labels": run["labels"], "theta": theta}


class Trajectories(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.network = NumpyNetwork(5)
        cls.accurate = cls.network.train("runge_kutta", 0.01)

    def setUp(self) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="ntk-trajectory-")
        self.addCleanup(self.folder.cleanup)
        self.path = pathlib.Path(self.folder.name)
        (self.path / "study.toml").write_text(STUDY)

    def write(self, arrays: dict, compressed: bool = False) -> None:
        (numpy.savez_compressed if compressed else numpy.savez)(self.path / "run.npz", **arrays)

    def verify(self, studies: str = "./study.toml") -> subprocess.CompletedProcess:
        return subprocess.run([PROGRAM, "verify", *studies.split(), "--trajectory", "run.npz", "--quiet", "--out", "out",
                               "--only", *DYNAMICS], cwd=self.path, capture_output=True, text=True)  # fmt: skip

    def checks(self, arrays: dict, compressed: bool = False) -> tuple[int, dict]:
        self.write(arrays, compressed)
        done = self.verify()
        report = self.path / "out" / "report.json"
        self.assertTrue(report.exists(), done.stderr)
        return done.returncode, {check["id"]: check for check in json.loads(report.read_text())["checks"]}

    def refused(self, arrays: dict, message: str) -> None:
        self.write(arrays)
        done = self.verify()
        self.assertEqual(done.returncode, 2, done.stdout + done.stderr)
        self.assertIn(message, done.stderr)

    def test_every_layout_gives_the_same(self) -> None:
        run = dict(self.accurate)
        results = []
        for arrays, compressed in ((run, False), (as_pytorch(run), True), (as_theta(run), False)):
            code, checks = self.checks(arrays, compressed)
            self.assertEqual(code, 0)
            self.assertEqual({check["verdict"] for check in checks.values()}, {"holds"})
            results.append({name: (check["margin"], check["errors"]) for name, check in checks.items()})
        self.assertEqual(results[0], results[1])
        self.assertEqual(results[0], results[2])

    def test_a_coarse_integrator_is_inconclusive_never_violated(self) -> None:
        code, checks = self.checks(self.network.train("euler", 0.05))
        self.assertEqual(code, 3)
        self.assertEqual({check["verdict"] for check in checks.values()}, {"inconclusive"})
        # First order: the error that the report states is that of the run, within a factor of ten.
        truth, coarse = self.accurate["residuals"], self.network.train("euler", 0.05)["residuals"]
        error = checks["D1"]["errors"]["trajectory"]
        self.assertGreater(error, numpy.sqrt(numpy.mean((truth - coarse) ** 2, axis=1)).max() / 10)
        self.assertLess(error, 1)

    def test_another_scale_is_noticed(self) -> None:
        """A model without the factor m^(-1/2) is another network."""
        run = dict(self.accurate)
        run["output_weights"] = run["output_weights"] / numpy.sqrt(WIDTH)
        code, _ = self.checks(run)
        self.assertNotEqual(code, 0)

    def test_a_single_state_is_a_start(self) -> None:
        names = ("output_weights", "weights", "biases", "output_bias")
        code, checks = self.checks({name: part for name, part in zip(names, self.network.start)})
        self.assertEqual(code, 0)
        self.assertEqual({check["verdict"] for check in checks.values()}, {"holds"})

    def test_residuals_alone_make_the_dynamics_not_applicable(self) -> None:
        code, checks = self.checks({name: self.accurate[name] for name in ("times", "points", "residuals")})
        self.assertEqual(code, 0)
        self.assertEqual({check["verdict"] for check in checks.values()}, {"not applicable"})

    def test_bad_files(self) -> None:
        good = self.accurate
        for change, message in (
            ({"weights": good["weights"][:, :, :2]}, 'run.npz: array "weights" has the shape (5, 64, 2): expected (5, 64, 3)'),
            ({"times": good["times"] + 1}, "expected a list of times that starts at 0 and increases"),
            ({"times": good["times"][:4]}, 'array "output_weights" has the shape (5, 64): expected (4, 64)'),
            ({"points": 2 * good["points"]}, "row 1 has the norm 2.0"),
            ({"labels": numpy.full(SAMPLES, numpy.nan)}, 'array "labels": number 1 is not finite'),
            ({"labels": numpy.array(["a"] * SAMPLES)}, "expected real numbers"),
            ({"theta": good["times"]}, "parameters in more than one way"),
        ):
            with self.subTest(message=message):
                self.refused({**good, **change}, message)
        without = {name: value for name, value in good.items() if name != "biases"}
        self.refused(without, "has no hidden biases, but the study's network has them (kernel.train_bias)")
        self.refused({"times": good["times"]}, "has neither parameters nor residuals")
        (self.path / "run.npz").write_text("no archive")
        self.assertIn("not a zip archive", self.verify().stderr)
        (self.path / "run.npz").unlink()
        self.assertEqual(self.verify().returncode, 2)

    def test_one_study_with_a_network(self) -> None:
        self.write(self.accurate)
        for studies, message in (("", "no study"), ("./study.toml default", "2 studies"), ("relu-spectrum", "no [network]")):
            done = self.verify(studies)
            self.assertEqual(done.returncode, 2)
            self.assertIn(message, done.stderr)


if __name__ == "__main__":
    with_numpy.require()
    PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main()
