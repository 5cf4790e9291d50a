# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0
"""Runs the commands of README.md and compares what they print with what stands there. Argument: the program ntk.

Read are the fenced blocks marked `console`: lines `$ command` (a backslash at the end continues it), each followed by its output.
    …                   in a line stands for any text, on a line of its own for any number of lines
    # exit code N       at the end of a command: it is expected to end so, otherwise with 0
Each command runs in a scratch folder that looks like the top of the tree, with `ntk` on the PATH; stderr is not compared.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass

ROOT = pathlib.Path(__file__).resolve().parents[2]
ELLIPSIS = "…"
# What cannot run inside the test that it starts, or needs the network.
NOT_RUN = re.compile(r"^(bash tests/run|git clone|cd )")
EXIT_CODE = re.compile(r"\s+# exit code (\d+)$")


@dataclass
class Example:
    line: int
    command: str
    exit_code: int
    output: list[str]


def examples(text: str) -> list[Example]:
    found: list[Example] = []
    inside = continued = False
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("```"):
            inside, continued = line.strip() == "```console", False
        elif inside and continued:
            found[-1].command += " " + line.strip().removesuffix("\\").strip()
            continued = line.endswith("\\")
        elif inside and line.startswith("$ "):
            found.append(Example(number, line[2:].removesuffix("\\").strip(), 0, []))
            continued = line.endswith("\\")
        elif inside and found:
            found[-1].output.append(line.rstrip())
    for example in found:
        code = EXIT_CODE.search(example.command)
        if code:
            example.exit_code = int(code[1])
            example.command = example.command[: code.start()]
        while example.output and not example.output[-1]:
            example.output.pop()
    return found


def agrees(expected: list[str], printed: list[str]) -> bool:
    """Line by line, with the two meanings of the ellipsis."""
    pattern = ""
    for line in expected:
        if line.strip() == ELLIPSIS:
            pattern += r"(?:.*\n)*"
        else:
            pattern += ".*".join(re.escape(part) for part in line.split(ELLIPSIS)) + r"\n"
    return re.fullmatch(pattern, "".join(line.rstrip() + "\n" for line in printed)) is not None


def self_test() -> None:
    text = "```console\n$ ntk a \\\n  b # exit code 3\nx\n…\nz 1…3\n```\n```sh\n$ no\n```\n"
    (example,) = examples(text)
    assert (example.command, example.exit_code, example.output) == ("ntk a b", 3, ["x", "…", "z 1…3"]), example
    assert agrees(example.output, ["x", "y", "y", "z 123"])
    assert agrees(example.output, ["x", "z 13"])
    assert not agrees(example.output, ["x", "y", "z 12"])
    assert not agrees(["1.25"], ["1x25"])
    assert not agrees([], ["something"])


def scratch_folder(folder: pathlib.Path, program: pathlib.Path) -> dict[str, str]:
    for entry in ROOT.iterdir():
        if entry.name not in ("build", "ntk-report", ".git"):
            (folder / entry.name).symlink_to(entry)
    (folder / "build").mkdir()
    (folder / "build" / "ntk").symlink_to(program)
    return os.environ | {"PATH": f"{folder / 'build'}{os.pathsep}{os.environ['PATH']}"}


def complaint(example: Example, folder: pathlib.Path, environment: dict[str, str]) -> str | None:
    done = subprocess.run(["bash", "-c", example.command], cwd=folder, env=environment, capture_output=True, text=True)
    if done.returncode != example.exit_code:
        return f"exit code {done.returncode} instead of {example.exit_code}\n{done.stdout}{done.stderr}"
    if example.output and not agrees(example.output, done.stdout.splitlines()):
        return "printed\n" + done.stdout + "instead of\n" + "\n".join(example.output)
    return None


def main() -> int:
    self_test()
    program = pathlib.Path(sys.argv[1]).resolve()
    found = examples((ROOT / "README.md").read_text())
    compared = failed = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        environment = scratch_folder(folder, program)
        for example in found:
            if NOT_RUN.match(example.command):
                print(f"README.md:{example.line}: not run here: {example.command}")
                continue
            reason = complaint(example, folder, environment)
            compared += bool(example.output)
            failed += reason is not None
            print(f"README.md:{example.line}: {example.command}: {reason or 'as printed'}")
    if compared == 0:
        print("README.md has no example whose output could be compared")
    return 1 if failed or compared == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
