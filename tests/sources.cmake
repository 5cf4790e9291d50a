# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0
#
# Written by tests/layering/source_lists.py --write, which also is the test that nothing is missing.

set(NTK_TEST_SOURCES
    lib/numeric/ball_test.cpp
    lib/numeric/clopper_pearson_test.cpp
    lib/numeric/damping_test.cpp
    lib/numeric/decimal_test.cpp
    lib/numeric/exact_test.cpp
    lib/numeric/lanczos_test.cpp
    lib/numeric/large_buffer_test.cpp
    lib/numeric/quadrature_test.cpp
    lib/numeric/random_test.cpp
    lib/numeric/rational_test.cpp
    lib/numeric/simd_test.cpp
    lib/numeric/threads_test.cpp
    lib/ledger/check_test.cpp
    lib/ledger/ledger_test.cpp
    lib/ledger/verdict_test.cpp
    lib/sphere/cubature_test.cpp
    lib/sphere/funk_hecke_test.cpp
    lib/sphere/gegenbauer_test.cpp
    lib/sphere/harmonics_test.cpp
    lib/sphere/poisson_test.cpp
    lib/sphere/zonal_mean_test.cpp
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
    lib/activation/vector_kernel_test.cpp
    lib/ridge/power_ridge_test.cpp
    lib/ridge/ridge_coefficients_test.cpp
    lib/ridge/ridge_table_test.cpp
    lib/ridge/weight_law_test.cpp
    lib/kernel/kernel_test.cpp
    lib/kernel/monte_carlo_test.cpp
    lib/spectrum/conventions_test.cpp
    lib/spectrum/eigenvalues_test.cpp
    lib/spectrum/exact_bias_test.cpp
    lib/spectrum/expansion_test.cpp
    lib/spectrum/golden_test.cpp
    lib/spectrum/radial_kernel_series_test.cpp
    lib/spectrum/remainders_test.cpp
    lib/spectrum/ridge_route_test.cpp
    lib/spectrum/series_test.cpp
    lib/spectrum/summary_test.cpp
    lib/spectrum/traps_test.cpp
    lib/network/empirical_kernel_test.cpp
    lib/network/energies_test.cpp
    lib/network/fused_network_test.cpp
    lib/network/gram_spectrum_test.cpp
    lib/network/linearised_network_test.cpp
    lib/network/network_test.cpp
    lib/network/parameters_test.cpp
    lib/network/population_test.cpp
    lib/flow/descent_bookkeeping_test.cpp
    lib/flow/exponential_rosenbrock_test.cpp
    lib/flow/gradient_descent_test.cpp
    lib/flow/gradient_flow_test.cpp
    lib/flow/kernel_flow_test.cpp
    lib/flow/kink_flow_test.cpp
    lib/flow/population_sample_test.cpp
    lib/flow/real_flow_test.cpp
    lib/flow/time_units_test.cpp
    lib/deviation/bootstrap_test.cpp
    lib/deviation/bound_checks_test.cpp
    lib/deviation/bound_tightness_test.cpp
    lib/deviation/checks_test.cpp
    lib/deviation/descent_checks_test.cpp
    lib/deviation/drift_bounds_test.cpp
    lib/deviation/error_estimate_test.cpp
    lib/deviation/observables_test.cpp
    lib/deviation/overparameterised_test.cpp
    lib/deviation/planner_test.cpp
    lib/deviation/random_instances_test.cpp
    lib/deviation/random_terms_test.cpp
    lib/deviation/rate_checks_test.cpp
    lib/deviation/regimes_test.cpp
    lib/deviation/sampled_drift_test.cpp
    lib/deviation/sampled_spectrum_test.cpp
    lib/deviation/simulation_test.cpp
    lib/deviation/sphere_checks_test.cpp
    lib/deviation/time_grid_test.cpp)
set_source_files_properties(
    lib/numeric/ball_test.cpp lib/numeric/clopper_pearson_test.cpp lib/numeric/damping_test.cpp
    lib/numeric/decimal_test.cpp lib/numeric/exact_test.cpp lib/numeric/lanczos_test.cpp
    lib/numeric/large_buffer_test.cpp lib/numeric/quadrature_test.cpp lib/numeric/random_test.cpp
    lib/numeric/rational_test.cpp lib/numeric/simd_test.cpp lib/numeric/threads_test.cpp
    PROPERTIES UNITY_GROUP NTK_TEST_SOURCES_1)
set_source_files_properties(
    lib/ledger/check_test.cpp lib/ledger/ledger_test.cpp
    PROPERTIES UNITY_GROUP NTK_TEST_SOURCES_2)
set_source_files_properties(
    lib/sphere/cubature_test.cpp lib/sphere/funk_hecke_test.cpp lib/sphere/gegenbauer_test.cpp
    lib/sphere/harmonics_test.cpp lib/sphere/zonal_mean_test.cpp lib/sphere/zonal_test.cpp
    PROPERTIES UNITY_GROUP NTK_TEST_SOURCES_3)
set_source_files_properties(
    lib/activation/activation_test.cpp lib/activation/constants_test.cpp lib/activation/deficits_test.cpp
    lib/activation/own_activation_test.cpp lib/activation/vector_kernel_test.cpp
    PROPERTIES UNITY_GROUP NTK_TEST_SOURCES_4)
set_source_files_properties(
    lib/activation/dual_series_test.cpp lib/activation/pointwise_test.cpp
    PROPERTIES UNITY_GROUP NTK_TEST_SOURCES_5)
set_source_files_properties(
    lib/activation/hermite_test.cpp lib/activation/strip_test.cpp
    PROPERTIES UNITY_GROUP NTK_TEST_SOURCES_6)
set_source_files_properties(
    lib/ridge/power_ridge_test.cpp lib/ridge/ridge_coefficients_test.cpp lib/ridge/ridge_table_test.cpp
    lib/ridge/weight_law_test.cpp
    PROPERTIES UNITY_GROUP NTK_TEST_SOURCES_7)
set_source_files_properties(
    lib/kernel/kernel_test.cpp lib/kernel/monte_carlo_test.cpp
    PROPERTIES UNITY_GROUP NTK_TEST_SOURCES_8)
set_source_files_properties(
    lib/spectrum/conventions_test.cpp lib/spectrum/eigenvalues_test.cpp lib/spectrum/exact_bias_test.cpp
    lib/spectrum/golden_test.cpp lib/spectrum/radial_kernel_series_test.cpp lib/spectrum/remainders_test.cpp
    lib/spectrum/ridge_route_test.cpp lib/spectrum/summary_test.cpp lib/spectrum/traps_test.cpp
    PROPERTIES UNITY_GROUP NTK_TEST_SOURCES_9)
set_source_files_properties(
    lib/spectrum/expansion_test.cpp lib/spectrum/series_test.cpp
    PROPERTIES UNITY_GROUP NTK_TEST_SOURCES_10)
set_source_files_properties(
    lib/network/empirical_kernel_test.cpp lib/network/gram_spectrum_test.cpp
    PROPERTIES UNITY_GROUP NTK_TEST_SOURCES_11)
set_source_files_properties(
    lib/network/energies_test.cpp lib/network/parameters_test.cpp lib/network/population_test.cpp
    PROPERTIES UNITY_GROUP NTK_TEST_SOURCES_12)
set_source_files_properties(
    lib/flow/descent_bookkeeping_test.cpp lib/flow/exponential_rosenbrock_test.cpp lib/flow/real_flow_test.cpp
    PROPERTIES UNITY_GROUP NTK_TEST_SOURCES_13)
set_source_files_properties(
    lib/flow/gradient_flow_test.cpp lib/flow/population_sample_test.cpp
    PROPERTIES UNITY_GROUP NTK_TEST_SOURCES_14)
set_source_files_properties(
    lib/deviation/bootstrap_test.cpp lib/deviation/checks_test.cpp lib/deviation/drift_bounds_test.cpp
    lib/deviation/error_estimate_test.cpp lib/deviation/random_terms_test.cpp lib/deviation/rate_checks_test.cpp
    lib/deviation/sampled_spectrum_test.cpp
    PROPERTIES UNITY_GROUP NTK_TEST_SOURCES_15)
set_source_files_properties(
    lib/deviation/bound_checks_test.cpp lib/deviation/bound_tightness_test.cpp lib/deviation/random_instances_test.cpp
    PROPERTIES UNITY_GROUP NTK_TEST_SOURCES_16)
set_source_files_properties(
    lib/deviation/descent_checks_test.cpp lib/deviation/overparameterised_test.cpp lib/deviation/planner_test.cpp
    PROPERTIES UNITY_GROUP NTK_TEST_SOURCES_17)
set_source_files_properties(
    lib/deviation/regimes_test.cpp lib/deviation/sampled_drift_test.cpp lib/deviation/simulation_test.cpp
    PROPERTIES UNITY_GROUP NTK_TEST_SOURCES_18)

set(NTK_PROOF_TEST_SOURCES
    proofs/algebra_test.cpp
    proofs/differential_equation_test.cpp
    proofs/obligations_test.cpp
    proofs/proof_test.cpp
    proofs/rewriting_test.cpp
    proofs/supremum_test.cpp
    proofs/theory_map_test.cpp)
set_source_files_properties(
    proofs/algebra_test.cpp proofs/differential_equation_test.cpp proofs/obligations_test.cpp proofs/supremum_test.cpp
    proofs/theory_map_test.cpp
    PROPERTIES UNITY_GROUP NTK_PROOF_TEST_SOURCES_1)
set_source_files_properties(
    proofs/proof_test.cpp proofs/rewriting_test.cpp
    PROPERTIES UNITY_GROUP NTK_PROOF_TEST_SOURCES_2)

set(NTK_PROGRAM_TEST_SOURCES
    benchmarks/measure_test.cpp
    files/number_table_test.cpp
    files/numpy_archive_test.cpp
    files/numpy_writer_test.cpp
    report/example_ledger.cpp
    report/markup.cpp
    report/plot_test.cpp
    report/report_test.cpp
    report/text_test.cpp
    study/degrees_test.cpp
    study/expectations_test.cpp
    study/nearest_test.cpp
    study/parser_test.cpp)
set_source_files_properties(
    files/number_table_test.cpp files/numpy_writer_test.cpp
    PROPERTIES UNITY_GROUP NTK_PROGRAM_TEST_SOURCES_1)
set_source_files_properties(
    report/example_ledger.cpp report/markup.cpp
    PROPERTIES UNITY_GROUP NTK_PROGRAM_TEST_SOURCES_2)
set_source_files_properties(
    report/plot_test.cpp report/report_test.cpp report/text_test.cpp
    PROPERTIES UNITY_GROUP NTK_PROGRAM_TEST_SOURCES_3)
set_source_files_properties(
    study/degrees_test.cpp study/nearest_test.cpp
    PROPERTIES UNITY_GROUP NTK_PROGRAM_TEST_SOURCES_4)
