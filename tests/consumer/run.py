# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0
"""Installs the build tree given as argument, builds the project of this folder against it, and runs what came out."""
import pathlib
import shutil
import subprocess
import sys

EXPECTED = "mu_1 = 1/6\n"


def run(*command: object) -> str:
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def main() -> None:
    build = pathlib.Path(sys.argv[1]).resolve()
    here = pathlib.Path(__file__).resolve().parent
    scratch = build / "consumer"
    # Nothing of an earlier installation may help; the consumer's own build starts anew for the same reason.
    shutil.rmtree(scratch, ignore_errors=True)
    prefix = scratch / "prefix"
    run("cmake", "--install", build, "--prefix", prefix)
    run("cmake", "-G", "Ninja", "-S", here, "-B", scratch / "build", f"-DCMAKE_PREFIX_PATH={prefix}", "-DCMAKE_BUILD_TYPE=Release")
    run("cmake", "--build", scratch / "build")
    printed = run(scratch / "build" / "consumer")
    if printed != EXPECTED:
        sys.exit(f"the consumer printed {printed!r} instead of {EXPECTED!r}")
    installed = prefix / "bin" / "ntk"
    if installed.exists():
        run(installed, "--version")
        # The presets travel inside the program.
        run(installed, "verify", "--list")


if __name__ == "__main__":
    main()
