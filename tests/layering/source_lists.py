# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0
"""Compares the source lists of CMake (*/sources.cmake) with the tree; with --write it writes them anew.

A list in a file, not a glob: a file that was forgotten or left behind is noticed here, and the build never looks for files.
The lists also say which files a unity build (CMAKE_UNITY_BUILD) compiles as one: neighbours in a room without names in common.
"""
import pathlib
import re
import sys
import textwrap

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


# What a file declares for itself at the start of a line, as something that a neighbour may have as well.
TYPES = re.compile(r"^(?:template .*> )?(?:struct|class|enum|enum class|union) (\w+)|^using (\w+) =|^#define (\w+)", re.MULTILINE)
VALUES = re.compile(r"^(?!using|return|namespace)[A-Za-z_][\w:<>,&*\[\] ]*?[ &*>](\w+)(?=\{| = |;|\[)", re.MULTILINE)
FUNCTIONS = re.compile(r"^(?!using|return|namespace)[A-Za-z_][\w:<>,&*\[\] ]*?[ &*>](\w+\([^)]*)", re.MULTILINE)
UNNAMED = re.compile(r"^namespace \{$.*?^\}  // namespace$", re.MULTILINE | re.DOTALL)
USED = re.compile(r"^using namespace ([\w:]+);", re.MULTILINE)
LARGEST_GROUP = 12  # files: more save little and let single cores wait


def signature(declared: str) -> str:
    """The name of a function and the types of its arguments without their names: "f(int n, double x" gives "f(int, double"."""
    return re.sub(r"\s*\b\w+\s*(?=,|$)", "", " ".join(declared.split()))


class Unit:
    """One file, or several that are compiled as one."""

    def __init__(self, folder: pathlib.Path, path: str) -> None:
        text = (folder / path).read_text()
        self.members = [path]
        self.room = path.rpartition("/")[0], sorted(set(USED.findall(text)))
        self.values = set(VALUES.findall(text))
        self.words = set(re.findall(r"\w+", text))
        types = {name for found in TYPES.finditer(text) for name in found.groups() if name}
        self.names = types | {signature(function) for function in FUNCTIONS.findall(text)}
        # Its own functions, and those of others that it calls.
        self.own = {name.partition("(")[0] for part in UNNAMED.findall(text) for name in FUNCTIONS.findall(part)}
        self.called = set(re.findall(r"(\w+)\(", text)) - self.own

    def goes_with(self, other: "Unit") -> bool:
        """No type and no function twice, and nothing of one that hides or is hidden by a name of the other."""
        hidden = self.values & other.words or other.values & self.words or self.own & other.called or other.own & self.called
        return not self.names & other.names and not hidden and self.room == other.room and len(self.members) < LARGEST_GROUP

    def add(self, other: "Unit") -> None:
        self.members += other.members
        self.values |= other.values
        self.words |= other.words
        self.names |= other.names
        self.own |= other.own
        self.called |= other.called


def groups_of(folder: pathlib.Path, paths: list[str]) -> list[list[str]]:
    groups: list[Unit] = []
    for path in paths:
        unit = Unit(folder, path)
        group = next((group for group in groups if group.goes_with(unit)), None)
        if group is None:
            groups.append(unit)
        else:
            group.add(unit)
    return [group.members for group in groups if len(group.members) > 1]


def text_of(folder: pathlib.Path) -> str:
    text = HEAD
    for name, (patterns, left_out) in LISTS[folder.name].items():
        found = {file.relative_to(folder).as_posix() for pattern in patterns for file in folder.glob(pattern) if file.is_file()}
        paths = sorted(found - set(left_out), key=order)
        lines = "".join(f"\n    {path}" for path in paths)
        text += f"\nset({name}{lines})\n"
        if not any(path.endswith(".cpp") for path in paths):
            continue
        for number, members in enumerate(groups_of(folder, paths), 1):
            wrapped = textwrap.fill(" ".join(members), 120, initial_indent="    ", subsequent_indent="    ")
            text += f"set_source_files_properties(\n{wrapped}\n    PROPERTIES UNITY_GROUP {name}_{number})\n"
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
