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
    cli/plan.cpp
    cli/plan_output.cpp
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
    report/proof_json.cpp
    report/proof_parts.cpp
    report/report.cpp
    report/text.cpp
    report/theory_map_drawing.cpp
    report/verdict_table.cpp
    simulation/checkpoint_file.cpp
    simulation/run_simulation.cpp
    simulation/trajectory_files.cpp
    study/degrees.cpp
    study/expectations.cpp
    study/given_trajectory.cpp
    study/kernel_text.cpp
    study/keys.cpp
    study/nearest.cpp
    study/own_data.cpp
    study/parser.cpp
    study/proofs.cpp
    study/reader.cpp
    study/run_study.cpp)
set_source_files_properties(
    cli/application.cpp cli/bench.cpp cli/kernel.cpp cli/kernel_options.cpp cli/plan_output.cpp cli/progress.cpp
    cli/ridge.cpp cli/simulate.cpp cli/spectrum_summary.cpp cli/table.cpp cli/verify.cpp cli/version.cpp
    PROPERTIES UNITY_GROUP NTK_PROGRAM_SOURCES_1)
set_source_files_properties(
    cli/bench_flow.cpp cli/plan.cpp cli/prove.cpp
    PROPERTIES UNITY_GROUP NTK_PROGRAM_SOURCES_2)
set_source_files_properties(
    cli/bench_network.cpp cli/spectrum.cpp
    PROPERTIES UNITY_GROUP NTK_PROGRAM_SOURCES_3)
set_source_files_properties(
    files/atomic_file.cpp files/npy.cpp files/number_table.cpp files/numpy_archive.cpp
    PROPERTIES UNITY_GROUP NTK_PROGRAM_SOURCES_4)
set_source_files_properties(
    report/figures.cpp report/gnuplot.cpp report/html_parts.cpp report/html_report.cpp report/json_report.cpp
    report/json_text.cpp report/junit_report.cpp report/markdown_report.cpp report/mathml.cpp report/proof_parts.cpp
    report/report.cpp report/text.cpp
    PROPERTIES UNITY_GROUP NTK_PROGRAM_SOURCES_5)
set_source_files_properties(
    report/plot.cpp report/proof_json.cpp
    PROPERTIES UNITY_GROUP NTK_PROGRAM_SOURCES_6)
set_source_files_properties(
    report/theory_map_drawing.cpp report/verdict_table.cpp
    PROPERTIES UNITY_GROUP NTK_PROGRAM_SOURCES_7)
set_source_files_properties(
    simulation/checkpoint_file.cpp simulation/run_simulation.cpp simulation/trajectory_files.cpp
    PROPERTIES UNITY_GROUP NTK_PROGRAM_SOURCES_8)
set_source_files_properties(
    study/degrees.cpp study/expectations.cpp study/given_trajectory.cpp study/kernel_text.cpp study/keys.cpp
    study/nearest.cpp study/parser.cpp study/proofs.cpp study/run_study.cpp
    PROPERTIES UNITY_GROUP NTK_PROGRAM_SOURCES_9)
set_source_files_properties(
    study/own_data.cpp study/reader.cpp
    PROPERTIES UNITY_GROUP NTK_PROGRAM_SOURCES_10)

set(NTK_PRESETS
    study/presets/circle-erf.toml
    study/presets/default.toml
    study/presets/descent-erf.toml
    study/presets/descent-relu.toml
    study/presets/fewer-parameters.toml
    study/presets/gelu-ten-dimensions.toml
    study/presets/overparameterised-biases.toml
    study/presets/overparameterised-two-points.toml
    study/presets/own-data-labels.csv
    study/presets/own-data-points.csv
    study/presets/own-data.toml
    study/presets/plain-tanh.toml
    study/presets/population-circle.toml
    study/presets/relu-flow.toml
    study/presets/relu-spectrum.toml
    study/presets/softplus-five-dimensions.toml
    study/presets/vacuous.toml
    study/presets/weights-on-a-sphere.toml)

set(NTK_TEMPLATES
    report/templates/badge.html.mustache
    report/templates/check.html.mustache
    report/templates/figure.html.mustache
    report/templates/proofs.html.mustache
    report/templates/report.css
    report/templates/report.html.mustache
    report/templates/spectrum.html.mustache
    report/templates/trajectory.html.mustache)
