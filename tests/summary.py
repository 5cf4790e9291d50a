# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0
"""One line per test of CTest, from its JUnit file and its log; the last line has the numbers of passed, failed and skipped ones.

A test made of doctest cases counts as many as it ran; it fails when it ran none. Under a test that failed stands how it
ended, and the end of what it printed.
"""
import pathlib
import re
import sys
import xml.etree.ElementTree as xml

CASES = re.compile(r"test cases:\s*(\d+) \|\s*(\d+) passed \|\s*(\d+) failed \|\s*(\d+) skipped")


def count(case: xml.Element) -> tuple[str, int, int, int, str]:
    """Verdict, passed, failed, skipped, remark."""
    output = case.findtext("system-out") or ""
    seconds = f"{float(case.get('time', '0')):.0f} s"
    status = case.get("status")
    if status in ("notrun", "disabled"):
        reasons = [line for line in output.splitlines() if line.startswith("SKIPPED:")]
        remark = reasons[0].removeprefix("SKIPPED:").strip() if reasons else "no reason given"
        return "SKIPPED", 0, 0, 1, remark
    match = CASES.search(output)
    if match:
        ran, passed, failed = (int(match[i]) for i in (1, 2, 3))
        if status == "run" and ran > 0 and failed == 0:
            return "passed", passed, 0, 0, f"{seconds}, {passed} cases"
        return "FAILED", passed, max(failed, 1), 0, f"{seconds}, {failed} of {ran} cases"
    if status == "run" and "[doctest]" not in output:
        return "passed", 1, 0, 0, seconds
    return "FAILED", 0, 1, 0, seconds


def endings(log: str) -> dict[str, str]:
    """How each failed test ended (a signal, a time-out, or just "Failed"), from the end of the log; the JUnit file lacks it."""
    return dict(re.findall(r"^\s*\d+ - (\S+) \((.+?)\)", log.partition("The following tests FAILED:")[2], re.MULTILINE))


def last_lines(case: xml.Element, lines: int = 25) -> list[str]:
    printed = [line for line in (case.findtext("system-out") or "").splitlines() if line.strip() and "MESSAGE:" not in line]
    return printed[-lines:]


def main() -> int:
    suite = xml.parse(sys.argv[1]).getroot()
    ended = endings(pathlib.Path(sys.argv[2]).read_text(errors="replace"))
    totals = [0, 0, 0]
    for case in sorted(suite.iter("testcase"), key=lambda case: case.get("name", "")):
        verdict, passed, failed, skipped, remark = count(case)
        totals = [totals[0] + passed, totals[1] + failed, totals[2] + skipped]
        print(f"{case.get('name'):<28} {verdict:<8} {remark}")
        if verdict == "FAILED":
            name = case.get("name")
            print(*(f"    {line}" for line in [f"ended with: {ended.get(name, 'no word from CTest')}", *last_lines(case)]), sep="\n")
    if sum(totals) == 0:
        totals[1] = 1
        print("CTest knows no test")
    print(*totals)
    return 0


if __name__ == "__main__":
    sys.exit(main())
