# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0
"""Breaks one thing at a time in a copy of the tree and demands that it is noticed. Arguments: the folder to work in, and
words: then only entries whose names have one of them. `--list` prints the table mutant -> who notices, and fails where an
entry does not fit its file or a kind of mistake has no entry.

Each entry of mutants.toml names a file, a text that stands there exactly once, its replacement, and the commands that notice
it: `ntk-tests ...` and `ntk-program-tests ...` must fail, `ntk verify ...` must find something violated (exit code 1). All of
them must succeed before, and a mutant that does not compile is an error, not a catch. The copy and its build stay in the
folder, so that a mutant costs the files it touches.
"""
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import tomllib

ROOT = pathlib.Path(__file__).resolve().parents[2]
TARGETS = {"ntk": "ntk-program", "ntk-tests": "ntk-tests", "ntk-program-tests": "ntk-program-tests"}
PROGRAMS = {"ntk": "ntk", "ntk-tests": "tests/ntk-tests", "ntk-program-tests": "tests/ntk-program-tests"}
KINDS = {"1/mu for D(mu,t)", "undamped", "wrong sign", "sqrt(n) in eigenvectors", "K_0 for K_t"}
NO_CASES = re.compile(r"test cases:\s*0 \|")


def copy_tree(copy: pathlib.Path) -> None:
    """Files that did not change keep their time, so that nothing is compiled for them."""
    listed = subprocess.run(
        ["git", "-C", ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard"], capture_output=True, text=True, check=True
    ).stdout.split("\0")
    names = {name for name in listed if name and (ROOT / name).is_file()}
    for old in [file for file in copy.rglob("*") if file.is_file()]:
        if old.relative_to(copy).as_posix() not in names:
            old.unlink()
    for name in names:
        source, target = (ROOT / name).read_bytes(), copy / name
        if not target.exists() or target.read_bytes() != source:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source)


def build(directory: pathlib.Path, targets: set[str]) -> str | None:
    """The complaint of the compiler, or None."""
    done = subprocess.run(
        ["cmake", "--build", directory, "--target", *sorted(targets)],
        capture_output=True, text=True, env=os.environ | {"CCACHE_BASEDIR": str(directory.parent / "tree")},
    )  # fmt: skip
    return None if done.returncode == 0 else (done.stdout + done.stderr)[-4000:]


def exit_code(directory: pathlib.Path, command: str) -> int:
    """A run of doctest without a single case counts as a failure of the entry: its filter is wrong."""
    words = shlex.split(command)
    with tempfile.TemporaryDirectory() as scratch:
        done = subprocess.run([directory / PROGRAMS[words[0]], *words[1:]], cwd=scratch, capture_output=True, text=True)
    if words[0] != "ntk" and NO_CASES.search(done.stdout):
        raise SystemExit(f"no test case matches: {command}")
    return done.returncode


def noticed(code: int, command: str) -> bool:
    return code == 1 if command.startswith("ntk ") else code != 0


def try_mutant(mutant: dict, copy: pathlib.Path, directory: pathlib.Path) -> list[str]:
    file = copy / mutant["file"]
    original = file.read_text()
    if original.count(mutant["text"]) != 1:
        return [f"its text stands {original.count(mutant['text'])} times in {mutant['file']}, not once"]
    commands = mutant["noticed_by"]
    file.write_text(original.replace(mutant["text"], mutant["replacement"]))
    try:
        complaint = build(directory, {TARGETS[shlex.split(command)[0]] for command in commands})
        if complaint:
            return [f"does not compile:\n{complaint}"]
        codes = [(exit_code(directory, command), command) for command in commands]
        return [f"not noticed by: {command} (exit code {code})" for code, command in codes if not noticed(code, command)]
    finally:
        file.write_text(original)


def list_mutants(mutants: list[dict]) -> int:
    complaints = [f"no mutant of the kind {kind}" for kind in sorted(KINDS - {mutant.get("kind") for mutant in mutants})]
    for mutant in mutants:
        kind = mutant.get("kind")
        print(f"{mutant['name']}{f' [{kind}]' if kind else ''} -> {'; '.join(mutant['noticed_by'])}")
        count = (ROOT / mutant["file"]).read_text().count(mutant["text"])
        if count != 1:
            complaints.append(f"{mutant['name']}: its text stands {count} times in {mutant['file']}, not once")
        if kind is not None and kind not in KINDS:
            complaints.append(f"{mutant['name']}: unknown kind {kind}: expected one of {', '.join(sorted(KINDS))}")
        if mutant["replacement"] == mutant["text"] or not mutant["noticed_by"]:
            complaints.append(f"{mutant['name']}: changes nothing, or nobody is to notice it")
    print("\n".join(complaints))
    return 1 if complaints else 0


def main() -> int:
    mutants = tomllib.loads((ROOT / "tests/mutation/mutants.toml").read_text())["mutant"]
    if sys.argv[1] == "--list":
        return list_mutants(mutants)
    work, words = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2:]
    copy, directory = work / "tree", work / "build"
    mutants = [mutant for mutant in mutants if not words or any(word in mutant["name"] for word in words)]
    copy.mkdir(parents=True, exist_ok=True)
    copy_tree(copy)
    subprocess.run(
        ["cmake", "-G", "Ninja", "-S", copy, "-B", directory, "-DCMAKE_BUILD_TYPE=Release", "-DNTK_BUILD_TESTS=ON", "-DNTK_BUILD_PROGRAM=ON"],
        check=True,
    )
    commands = sorted({command for mutant in mutants for command in mutant["noticed_by"]})
    complaint = build(directory, {TARGETS[shlex.split(command)[0]] for command in commands})
    if complaint:
        raise SystemExit(f"the unchanged tree does not compile:\n{complaint}")
    for command in commands:
        if exit_code(directory, command) != 0:
            raise SystemExit(f"fails already without a mutation: {command}")
    survivors = 0
    for mutant in mutants:
        complaints = try_mutant(mutant, copy, directory)
        survivors += bool(complaints)
        print(f"{mutant['name']}: {'; '.join(complaints) or 'noticed'}", flush=True)
    print(f"FIGURE: {len(mutants) - survivors} of {len(mutants)} mutants noticed")
    return 1 if survivors or not mutants else 0


if __name__ == "__main__":
    sys.exit(main())
