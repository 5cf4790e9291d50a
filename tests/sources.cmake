# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0
#
# Written by tests/layering/source_lists.py --write, which also is the test that nothing is missing.

set(NTK_TEST_SOURCES
    lib/numeric/ball_test.cpp
    lib/numeric/damping_test.cpp
    lib/numeric/decimal_test.cpp
    lib/numeric/exact_test.cpp
    lib/numeric/quadrature_test.cpp
    lib/numeric/random_test.cpp
    lib/numeric/rational_test.cpp
    lib/numeric/threads_test.cpp
    lib/ledger/check_test.cpp
    lib/ledger/ledger_test.cpp
    lib/ledger/verdict_test.cpp
    lib/sphere/funk_hecke_test.cpp
    lib/sphere/gegenbauer_test.cpp
    lib/sphere/harmonics_test.cpp
    lib/sphere/zonal_test.cpp
    lib/activation/activation_test.cpp
    lib/activation/constants_test.cpp
    lib/activation/deficits_test.cpp
    lib/activation/dual_series_test.cpp
    lib/activation/dual_test.cpp
    lib/activation/hermite_test.cpp
    lib/activation/own_activation_test.cpp
    lib/activation/pointwise_test.cpp
    lib/activation/strip_test.cpp
    lib/ridge/power_ridge_test.cpp
    lib/ridge/ridge_coefficients_test.cpp
    lib/ridge/weight_law_test.cpp
    lib/kernel/kernel_test.cpp
    lib/spectrum/conventions_test.cpp
    lib/spectrum/eigenvalues_test.cpp
    lib/spectrum/exact_bias_test.cpp
    lib/spectrum/expansion_test.cpp
    lib/spectrum/golden_test.cpp
    lib/spectrum/ridge_route_test.cpp
    lib/spectrum/series_test.cpp
    lib/spectrum/summary_test.cpp
    lib/network/network_test.cpp
    lib/network/population_test.cpp
    lib/flow/gradient_flow_test.cpp
    lib/deviation/checks_test.cpp
    lib/deviation/time_grid_test.cpp)

set(NTK_PROGRAM_TEST_SOURCES
    benchmarks/measure_test.cpp
    report/example_ledger.cpp
    report/markup.cpp
    report/plot_test.cpp
    report/report_test.cpp
    report/text_test.cpp
    study/degrees_test.cpp
    study/nearest_test.cpp
    study/parser_test.cpp)
