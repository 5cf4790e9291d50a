# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0
"""Looks at the HTML report in headless Chromium: nothing wider than the page at 400 and 1280 pixels, plots wide enough with legible numbers, text with
enough contrast, in light and dark mode. The reports are those of the program given as argument (ntk-example-report DIRECTORY).

The page is put into a frame of the wanted width, since a window cannot be as narrow as a telephone; a script that only this copy has sends back what it
measured. Prints SKIPPED and ends with 77 where there is no Chromium.
"""
import html
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

WIDTHS = (400, 1280)
SMALLEST_TICK_LABEL = 10  # pixels
SMALLEST_PLOT = 280  # pixels

# Measures the page from inside. Contrast after WCAG 2: relative luminance of text against the first opaque background behind it.
MEASURE = r"""
const luminance = c => { const f = c.slice(0, 3).map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  return 0.2126 * f[0] + 0.7152 * f[1] + 0.0722 * f[2]; };
const channels = text => (text.match(/[\d.]+/g) || []).map(Number);
const background = e => { for (; e; e = e.parentElement) { const c = channels(getComputedStyle(e).backgroundColor);
  if (c.length === 3 || c[3] === 1) return c; } return [255, 255, 255]; };
const contrast = e => { const a = luminance(channels(getComputedStyle(e).color)), b = luminance(background(e));
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05); };
const name = e => e.tagName + '.' + (e.getAttribute('class') || '') + ': ' + (e.textContent || '').slice(0, 40);
addEventListener('load', () => {
  const width = document.documentElement.clientWidth;
  const all = [...document.body.querySelectorAll('*')];
  const shown = all.filter(e => e.getClientRects().length > 0);
  const html = shown.filter(e => !e.closest('svg') && !e.closest('.skip') && !e.closest('thead'));
  const wide = html.filter(e => e.getBoundingClientRect().right > width + 0.5 && !e.parentElement.closest('.scroll'));
  const texts = html.filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()));
  const plots = [...document.querySelectorAll('svg.plot')];
  const scale = plots.map(e => e.getBoundingClientRect().width / e.viewBox.baseVal.width);
  const label = plots.map((e, i) => scale[i] * Math.max(...[...e.querySelectorAll('g[font-size]')].map(g => parseFloat(g.getAttribute('font-size')))));
  parent.postMessage(JSON.stringify({
    width, scroll_width: document.documentElement.scrollWidth, wide: wide.slice(0, 5).map(name), texts: texts.length,
    faint: texts.filter(e => contrast(e) < 4.5).slice(0, 5).map(e => contrast(e).toFixed(2) + ' ' + name(e)),
    plots: plots.length, narrowest_plot: Math.min(...plots.map(e => e.getBoundingClientRect().width)), smallest_label: Math.min(...label),
    dark: luminance(background(document.body)) < 0.1, formulas: [...document.querySelectorAll('math')].filter(e => e.getBoundingClientRect().width > 20).length,
  }), '*');
});
"""
HOST = """<!DOCTYPE html><meta charset="utf-8"><meta name="color-scheme" content="light dark">
<pre id="result"></pre><iframe src="{page}" style="border:0;width:{width}px;height:3000px"></iframe>
<script>addEventListener('message', e => document.getElementById('result').textContent = e.data)</script>"""


def find_chromium() -> str | None:
    return next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)


def measure(chromium: str, report: pathlib.Path, width: int, dark: bool) -> dict:
    page = report.with_name("measured.html")
    page.write_text(report.read_text().replace("</head>", f"<script>{MEASURE}</script></head>", 1))
    host = report.with_name("host.html")
    host.write_text(HOST.format(page=page.name, width=width))
    command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--virtual-time-budget=20000", "--window-size=1400,3100",
               f"--user-data-dir={report.parent / 'profile'}", f"--blink-settings=preferredColorScheme={0 if dark else 1}"]  # fmt: skip
    run = subprocess.run(command + ["--dump-dom", host.as_uri()], capture_output=True, text=True, timeout=120)
    found = re.search(r'<pre id="result">(.+?)</pre>', run.stdout, re.DOTALL)
    if not found:
        raise RuntimeError(f"Chromium measured nothing (exit {run.returncode}):\n{run.stderr[-2000:]}")
    return json.loads(html.unescape(found[1]))


def complaints(seen: dict, width: int, dark: bool) -> list[str]:
    found = []
    if seen["width"] != width:
        found.append(f"the frame is {seen['width']} wide, not {width}")
    if seen["scroll_width"] > width or seen["wide"]:
        found.append(f"wider than the page: {seen['scroll_width']} > {width}, {seen['wide']}")
    if seen["dark"] != dark:
        found.append("the colour scheme is not followed")
    if seen["faint"] or seen["texts"] < 10:
        found.append(f"text with less contrast than 4.5: {seen['faint']} of {seen['texts']}")
    if seen["plots"] < 1 or seen["narrowest_plot"] < SMALLEST_PLOT or seen["smallest_label"] < SMALLEST_TICK_LABEL:
        found.append(f"{seen['plots']} plots, narrowest {seen['narrowest_plot']}, smallest label {seen['smallest_label']}")
    return found


def main() -> int:
    chromium = find_chromium()
    if chromium is None:
        print("SKIPPED: no Chromium here (Debian: apt-get install chromium)")
        return 77
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.argv[1], folder], check=True, stdout=subprocess.DEVNULL)
        reports = sorted(pathlib.Path(folder).glob("*/report.html"))
        assert len(reports) == 2, reports
        for report in reports:
            for width in WIDTHS:
                for dark in (False, True):
                    seen = measure(chromium, report, width, dark)
                    found = complaints(seen, width, dark)
                    if report.parent.name == "example" and seen["formulas"] < 5:
                        found.append(f"only {seen['formulas']} formulas are shown")
                    failures += len(found)
                    print(report.parent.name, width, "dark" if dark else "light", "; ".join(found) or "good")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
