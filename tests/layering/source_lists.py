# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0
"""Compares the source lists of CMake (*/sources.cmake) with the tree; with --write it writes them anew.

A list in a file, not a glob: a file that was forgotten or left behind is noticed here, and the build never looks for files.
"""
import pathlib
import sys

from check import LIBRARY_ROOMS

HEAD = """\
# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0
#
# Written by tests/layering/source_lists.py --write, which also is the test that nothing is missing.
"""

# file with the lists: {name of the list: (patterns, files left out)}
LISTS = {
    "lib": {"NTK_SOURCES": (["ntk/**/*.cpp"], []), "NTK_HEADERS": (["ntk/**/*.hpp"], [])},
    "proofs-checks": {"NTK_PROOF_SOURCES": (["**/*.cpp"], [])},
    "verify": {
        "NTK_PROGRAM_SOURCES": (["**/*.cpp"], ["main.cpp", "benchmarks/arb_integrate.cpp"]),
        "NTK_PRESETS": (["study/presets/*"], []),
        "NTK_TEMPLATES": (["report/templates/*"], []),
    },
    "tests": {
        "NTK_TEST_SOURCES": (["lib/**/*.cpp"], []),
        "NTK_PROOF_TEST_SOURCES": (["proofs/**/*.cpp"], []),
        "NTK_PROGRAM_TEST_SOURCES": (["benchmarks/*.cpp", "report/*.cpp", "study/*.cpp", "files/*.cpp"], []),
    },
}


def order(path: str) -> tuple[int, str]:
    """Rooms from the ground upwards, names by the alphabet within."""
    rooms = [LIBRARY_ROOMS[part] for part in path.split("/") if part in LIBRARY_ROOMS]
    return (rooms[0] if rooms else 0, path)


def text_of(folder: pathlib.Path) -> str:
    text = HEAD
    for name, (patterns, left_out) in LISTS[folder.name].items():
        found = {file.relative_to(folder).as_posix() for pattern in patterns for file in folder.glob(pattern) if file.is_file()}
        lines = "".join(f"\n    {path}" for path in sorted(found - set(left_out), key=order))
        text += f"\nset({name}{lines})\n"
    return text


def main() -> int:
    root = pathlib.Path(__file__).resolve().parents[2]
    wrong = []
    for name in LISTS:
        file, text = root / name / "sources.cmake", text_of(root / name)
        if file.read_text() == text:
            continue
        if "--write" in sys.argv[1:]:
            file.write_text(text)
            continue
        wrong.append(name)
        listed, there = set(file.read_text().split()), set(text.split())
        for word in sorted(there - listed):
            print(f"{name}/sources.cmake: not listed: {word}")
        for word in sorted(listed - there):
            print(f"{name}/sources.cmake: listed, but not in the tree or out of place: {word}")
    if wrong:
        print("python3 tests/layering/source_lists.py --write brings the lists up to date")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
