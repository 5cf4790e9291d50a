# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0
"""Includes go downwards only: reads the #include lines of the tree and fails on an upward one.

The numbers are those of the rooms in the design; a file may include its own room and rooms with a smaller number.
The program's rooms have numbers of their own; those with equal numbers do not know each other.
"""
import pathlib
import re
import sys
from typing import Iterator

LIBRARY_ROOMS = {
    "numeric": 1, "ledger": 2, "sphere": 3, "activation": 4, "ridge": 5,
    "kernel": 6, "spectrum": 7, "network": 8, "flow": 9, "deviation": 10,
}  # fmt: skip
PROGRAM_ROOMS = {"files": 1, "study": 2, "report": 2, "simulation": 3, "sweep": 3, "benchmarks": 3, "cli": 4}
# The report renders what is in the ledger and computes nothing.
REPORT_MAY_INCLUDE = {"numeric", "ledger"}
HOUSES = ["lib", "proofs-checks", "verify", "tests"]
# Headers that stand beside the rooms: plain declarations without includes of their own.
WITHOUT_ROOM = {"ntk/version.hpp", "verify/embedded.hpp"}

INCLUDE = re.compile(r'^\s*#\s*include\s*["<]((?:ntk|proofs-checks|verify|tests)/[^">]+)[">]', re.MULTILINE)
MENTION_OF_TESTS = re.compile(r"(?<![\w/])tests/")


def house_and_room(path: str) -> tuple[str, str]:
    """("lib", "sphere") for lib/ntk/sphere/zonal.cpp as for the include ntk/sphere/zonal.hpp."""
    parts = path.removeprefix("lib/").split("/")
    house = "lib" if parts[0] == "ntk" else parts[0]
    return house, parts[1] if len(parts) > 2 else ""


def upward(path: str, include: str) -> str | None:
    """Why `path` may not include `include`, or None."""
    if include in WITHOUT_ROOM:
        include_house, include_room = ("lib" if include.startswith("ntk/") else "verify"), None
    else:
        include_house, include_room = house_and_room(include)
    house, room = house_and_room(path)
    if HOUSES.index(include_house) > HOUSES.index(house):
        return f"{house} knows nothing of {include_house}"
    if house == "verify" and room == "report" and include_house == "lib" and include_room not in REPORT_MAY_INCLUDE | {None}:
        return "verify/report computes nothing: of the library it sees " + " and ".join(sorted(REPORT_MAY_INCLUDE))
    if house == "proofs-checks" and include_house == house and room == "engine" and include_room != "engine":
        return "the engine of proofs-checks knows nothing of obligations"
    if include_house != house or include_room is None or include_room == room:
        return None
    numbers = {"lib": LIBRARY_ROOMS, "verify": PROGRAM_ROOMS}.get(house)
    if numbers is None or (house == "verify" and path == "verify/main.cpp"):
        return None
    for name in (room, include_room):
        if name not in numbers:
            return f"the room '{name}' has no number in tests/layering/check.py"
    if numbers[include_room] >= numbers[room]:
        return f"{include_room} ({numbers[include_room]}) is not below {room} ({numbers[room]})"
    return None


def complaints(path: str, text: str) -> Iterator[str]:
    for match in INCLUDE.finditer(text):
        reason = upward(path, match[1])
        if reason:
            line = text.count("\n", 0, match.start(1)) + 1
            yield f'{path}:{line}: includes "{match[1]}": {reason}'
    if path.startswith("lib/"):
        for match in MENTION_OF_TESTS.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            yield f"{path}:{line}: names the folder of the tests: the library knows nothing of it"


def self_test() -> None:
    """Each of these must be caught, or let through: a check that cannot fail would be worth nothing."""
    wrong = [
        ("lib/ntk/sphere/zonal.cpp", '#include "ntk/kernel/kernel.hpp"'),
        ("lib/ntk/sphere/zonal.hpp", "#  include <ntk/deviation/bounds.hpp>"),
        ("lib/ntk/flow/flow.cpp", '#include "verify/study/study.hpp"'),
        ("lib/ntk/flow/flow.cpp", '#include "proofs-checks/trace.hpp"'),
        ("lib/ntk/flow/flow.cpp", '#include "ntk/cellar/box.hpp"'),
        ("lib/ntk/flow/flow.cpp", 'std::ifstream table("tests/golden/table.csv");'),
        ("proofs-checks/trace.cpp", '#include "verify/cli/table.hpp"'),
        ("proofs-checks/engine/proof.cpp", '#include "proofs-checks/registry.hpp"'),
        ("proofs-checks/engine/proof.cpp", '#include "proofs-checks/damping/obligations.hpp"'),
        ("verify/report/html.cpp", '#include "ntk/spectrum/eigenvalues.hpp"'),
        ("verify/report/html.cpp", '#include "verify/study/study.hpp"'),
        ("verify/study/study.cpp", '#include "verify/cli/table.hpp"'),
        ("verify/cli/verify.cpp", '#include "tests/lib/helper.hpp"'),
    ]
    right = [
        ("lib/ntk/kernel/kernel.cpp", '#include "ntk/sphere/zonal.hpp"'),
        ("lib/ntk/kernel/kernel.cpp", '#include "ntk/kernel/parts.hpp"'),
        ("lib/ntk/kernel/kernel.cpp", '#include "ntk/version.hpp"'),
        ("proofs-checks/trace.cpp", '#include "ntk/deviation/bounds.hpp"'),
        ("proofs-checks/damping/quarter.cpp", '#include "proofs-checks/engine/obligation.hpp"'),
        ("verify/cli/prove.cpp", '#include "proofs-checks/registry.hpp"'),
        ("verify/report/html.cpp", '#include "ntk/ledger/check.hpp"'),
        ("verify/report/html.cpp", '#include "verify/embedded.hpp"'),
        ("verify/cli/verify.cpp", '#include "verify/report/html.hpp"'),
        ("verify/main.cpp", '#include "verify/cli/application.hpp"'),
        ("tests/lib/sphere/zonal_test.cpp", '#include "ntk/kernel/kernel.hpp"'),
    ]
    for path, line in wrong:
        assert list(complaints(path, line)), f"not caught: {line} in {path}"
    for path, line in right:
        assert not list(complaints(path, line)), f"wrongly caught: {line} in {path}"


def main() -> int:
    self_test()
    root = pathlib.Path(__file__).resolve().parents[2]
    files = sorted(file for house in HOUSES for ending in ("*.hpp", "*.cpp") for file in (root / house).rglob(ending))
    found = [line for file in files for line in complaints(file.relative_to(root).as_posix(), file.read_text())]
    for line in found:
        print(line)
    print(f"{len(files)} files, {len(found)} complaints")
    return 1 if found or not files else 0


if __name__ == "__main__":
    sys.exit(main())
