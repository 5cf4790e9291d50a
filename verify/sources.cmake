# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0
#
# Written by tests/layering/source_lists.py --write, which also is the test that nothing is missing.

set(NTK_PROGRAM_SOURCES
    benchmarks/measure.cpp
    cli/application.cpp
    cli/bench.cpp
    cli/bench_flow.cpp
    cli/bench_network.cpp
    cli/bench_population.cpp
    cli/bench_spectrum.cpp
    cli/kernel.cpp
    cli/kernel_options.cpp
    cli/progress.cpp
    cli/prove.cpp
    cli/ridge.cpp
    cli/simulate.cpp
    cli/spectrum.cpp
    cli/spectrum_summary.cpp
    cli/table.cpp
    cli/verify.cpp
    cli/version.cpp
    files/atomic_file.cpp
    files/npy.cpp
    files/number_table.cpp
    files/numpy_archive.cpp
    files/numpy_writer.cpp
    report/figures.cpp
    report/gnuplot.cpp
    report/html_parts.cpp
    report/html_report.cpp
    report/json_report.cpp
    report/json_text.cpp
    report/junit_report.cpp
    report/markdown_report.cpp
    report/mathml.cpp
    report/plot.cpp
    report/report.cpp
    report/text.cpp
    report/verdict_table.cpp
    simulation/checkpoint_file.cpp
    simulation/run_simulation.cpp
    simulation/trajectory_files.cpp
    study/degrees.cpp
    study/given_trajectory.cpp
    study/kernel_text.cpp
    study/keys.cpp
    study/nearest.cpp
    study/own_data.cpp
    study/parser.cpp
    study/reader.cpp
    study/run_study.cpp)

set(NTK_PRESETS
    study/presets/default.toml
    study/presets/relu-spectrum.toml)

set(NTK_TEMPLATES
    report/templates/badge.html.mustache
    report/templates/check.html.mustache
    report/templates/figure.html.mustache
    report/templates/report.css
    report/templates/report.html.mustache
    report/templates/spectrum.html.mustache
    report/templates/trajectory.html.mustache)
