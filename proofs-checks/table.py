# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0
"""Writes the table of README.md anew from what `ntk prove --format markdown` prints. Argument: the program ntk."""
import pathlib
import subprocess
import sys

MARKS = ("<!-- table: written by table.py -->\n", "<!-- end of table -->\n")


def main() -> None:
    readme = pathlib.Path(__file__).resolve().parent / "README.md"
    table = subprocess.run([sys.argv[1], "prove", "--format", "markdown"], capture_output=True, text=True, check=True).stdout
    before, rest = readme.read_text().split(MARKS[0])
    behind = rest.split(MARKS[1])[1]
    readme.write_text(before + MARKS[0] + table + MARKS[1] + behind)


if __name__ == "__main__":
    main()
