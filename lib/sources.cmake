# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0
#
# Written by tests/layering/source_lists.py --write, which also is the test that nothing is missing.

set(NTK_SOURCES
    ntk/numeric/adaptive_precision.cpp
    ntk/numeric/ball.cpp
    ntk/numeric/clopper_pearson.cpp
    ntk/numeric/complex_ball.cpp
    ntk/numeric/damping.cpp
    ntk/numeric/decimal.cpp
    ntk/numeric/exact.cpp
    ntk/numeric/fma_peak.cpp
    ntk/numeric/fma_peak_avx2.cpp
    ntk/numeric/fma_peak_avx512.cpp
    ntk/numeric/lanczos.cpp
    ntk/numeric/large_buffer.cpp
    ntk/numeric/panel_product.cpp
    ntk/numeric/panel_product_avx2.cpp
    ntk/numeric/panel_product_avx512.cpp
    ntk/numeric/positive_series.cpp
    ntk/numeric/quadrature.cpp
    ntk/numeric/random.cpp
    ntk/numeric/rational.cpp
    ntk/numeric/real.cpp
    ntk/numeric/simd.cpp
    ntk/numeric/threads.cpp
    ntk/ledger/check.cpp
    ntk/ledger/ledger.cpp
    ntk/ledger/verdict.cpp
    ntk/sphere/cubature.cpp
    ntk/sphere/ellipse.cpp
    ntk/sphere/fixed_point.cpp
    ntk/sphere/funk_hecke.cpp
    ntk/sphere/harmonics.cpp
    ntk/sphere/points.cpp
    ntk/sphere/poisson.cpp
    ntk/sphere/zonal.cpp
    ntk/sphere/zonal_mean.cpp
    ntk/activation/activation.cpp
    ntk/activation/erf.cpp
    ntk/activation/gaussian.cpp
    ntk/activation/gelu.cpp
    ntk/activation/hermite.cpp
    ntk/activation/hermite_real.cpp
    ntk/activation/hermite_rule.cpp
    ntk/activation/polynomial.cpp
    ntk/activation/relu.cpp
    ntk/activation/relu_power.cpp
    ntk/activation/sigmoid.cpp
    ntk/activation/silu.cpp
    ntk/activation/softplus.cpp
    ntk/activation/tanh.cpp
    ntk/activation/trigonometric.cpp
    ntk/activation/vector_avx2.cpp
    ntk/activation/vector_avx512.cpp
    ntk/activation/vector_kernel.cpp
    ntk/ridge/kink_mean.cpp
    ntk/ridge/kink_table.cpp
    ntk/ridge/offset_mean.cpp
    ntk/ridge/power_ridge.cpp
    ntk/ridge/ridge_coefficients.cpp
    ntk/ridge/ridge_function.cpp
    ntk/ridge/ridge_table.cpp
    ntk/ridge/table_rule.cpp
    ntk/ridge/weight_law.cpp
    ntk/kernel/kernel.cpp
    ntk/spectrum/conventions.cpp
    ntk/spectrum/eigenvalues.cpp
    ntk/spectrum/exact_bias.cpp
    ntk/spectrum/exact_route.cpp
    ntk/spectrum/expansion.cpp
    ntk/spectrum/polynomial_kernel.cpp
    ntk/spectrum/power_moments.cpp
    ntk/spectrum/quadrature_route.cpp
    ntk/spectrum/radial_kernel_series.cpp
    ntk/spectrum/ridge_route.cpp
    ntk/spectrum/route_comparison.cpp
    ntk/spectrum/series_route.cpp
    ntk/spectrum/summary.cpp
    ntk/spectrum/trace.cpp
    ntk/spectrum/wanted_eigenvalues.cpp
    ntk/network/energies.cpp
    ntk/network/fused_avx2.cpp
    ntk/network/fused_avx512.cpp
    ntk/network/fused_linearisation.cpp
    ntk/network/fused_network.cpp
    ntk/network/gram_spectrum.cpp
    ntk/network/homogeneity.cpp
    ntk/network/linearised_network.cpp
    ntk/network/network.cpp
    ntk/network/packed_neurons.cpp
    ntk/network/parameters.cpp
    ntk/network/population.cpp
    ntk/flow/cvode.cpp
    ntk/flow/descent_bookkeeping.cpp
    ntk/flow/dormand_prince.cpp
    ntk/flow/exponential_rosenbrock.cpp
    ntk/flow/first_descent.cpp
    ntk/flow/gradient_descent.cpp
    ntk/flow/gradient_flow.cpp
    ntk/flow/kernel_flow.cpp
    ntk/flow/kink_contact.cpp
    ntk/flow/kink_flow.cpp
    ntk/flow/krylov_space.cpp
    ntk/flow/network_flow.cpp
    ntk/flow/phi_functions.cpp
    ntk/flow/piecewise_linear_flow.cpp
    ntk/flow/population_sample.cpp
    ntk/flow/real_flow.cpp
    ntk/flow/time_units.cpp
    ntk/flow/trajectory.cpp
    ntk/deviation/bootstrap.cpp
    ntk/deviation/bound_checks.cpp
    ntk/deviation/bound_lines.cpp
    ntk/deviation/bound_terms.cpp
    ntk/deviation/certified_width.cpp
    ntk/deviation/chain_checks.cpp
    ntk/deviation/chain_lines.cpp
    ntk/deviation/check_over_time.cpp
    ntk/deviation/checks.cpp
    ntk/deviation/convergence_certificate.cpp
    ntk/deviation/convergence_checks.cpp
    ntk/deviation/damping_checks.cpp
    ntk/deviation/descent_bound.cpp
    ntk/deviation/descent_checks.cpp
    ntk/deviation/descent_experiment.cpp
    ntk/deviation/descent_sample_checks.cpp
    ntk/deviation/descent_series.cpp
    ntk/deviation/drift_bounds.cpp
    ntk/deviation/eigendirection_checks.cpp
    ntk/deviation/experiment.cpp
    ntk/deviation/flow_checks.cpp
    ntk/deviation/flow_experiment.cpp
    ntk/deviation/given_trajectory.cpp
    ntk/deviation/identity_checks.cpp
    ntk/deviation/identity_series.cpp
    ntk/deviation/ingredient_checks.cpp
    ntk/deviation/kernel_distance.cpp
    ntk/deviation/kernel_simulation.cpp
    ntk/deviation/observables.cpp
    ntk/deviation/overparameterised_checks.cpp
    ntk/deviation/planned_draw.cpp
    ntk/deviation/planned_law.cpp
    ntk/deviation/planner.cpp
    ntk/deviation/random_terms.cpp
    ntk/deviation/rate_checks.cpp
    ntk/deviation/sample_runs.cpp
    ntk/deviation/sampled_drift.cpp
    ntk/deviation/sampled_spectrum.cpp
    ntk/deviation/sampled_spectrum_checks.cpp
    ntk/deviation/series_notes.cpp
    ntk/deviation/simulation.cpp
    ntk/deviation/spectrum_checks.cpp
    ntk/deviation/sphere_checks.cpp
    ntk/deviation/sphere_run.cpp
    ntk/deviation/start_quantities.cpp
    ntk/deviation/target_bounds.cpp
    ntk/deviation/tight_instances.cpp
    ntk/deviation/time_grid.cpp
    ntk/deviation/training.cpp)
set_source_files_properties(
    ntk/numeric/adaptive_precision.cpp ntk/numeric/ball.cpp ntk/numeric/clopper_pearson.cpp ntk/numeric/complex_ball.cpp
    ntk/numeric/damping.cpp ntk/numeric/decimal.cpp ntk/numeric/exact.cpp ntk/numeric/fma_peak.cpp
    ntk/numeric/fma_peak_avx2.cpp ntk/numeric/fma_peak_avx512.cpp ntk/numeric/lanczos.cpp ntk/numeric/large_buffer.cpp
    PROPERTIES UNITY_GROUP NTK_SOURCES_1)
set_source_files_properties(
    ntk/numeric/panel_product.cpp ntk/numeric/panel_product_avx2.cpp ntk/numeric/panel_product_avx512.cpp
    ntk/numeric/positive_series.cpp ntk/numeric/quadrature.cpp ntk/numeric/random.cpp ntk/numeric/rational.cpp
    ntk/numeric/real.cpp ntk/numeric/simd.cpp ntk/numeric/threads.cpp
    PROPERTIES UNITY_GROUP NTK_SOURCES_2)
set_source_files_properties(
    ntk/ledger/check.cpp ntk/ledger/ledger.cpp ntk/ledger/verdict.cpp
    PROPERTIES UNITY_GROUP NTK_SOURCES_3)
set_source_files_properties(
    ntk/sphere/cubature.cpp ntk/sphere/ellipse.cpp ntk/sphere/fixed_point.cpp ntk/sphere/funk_hecke.cpp
    ntk/sphere/harmonics.cpp ntk/sphere/points.cpp ntk/sphere/poisson.cpp ntk/sphere/zonal.cpp ntk/sphere/zonal_mean.cpp
    PROPERTIES UNITY_GROUP NTK_SOURCES_4)
set_source_files_properties(
    ntk/activation/activation.cpp ntk/activation/erf.cpp ntk/activation/hermite.cpp ntk/activation/relu.cpp
    ntk/activation/sigmoid.cpp ntk/activation/silu.cpp ntk/activation/softplus.cpp ntk/activation/tanh.cpp
    ntk/activation/vector_avx2.cpp ntk/activation/vector_avx512.cpp ntk/activation/vector_kernel.cpp
    PROPERTIES UNITY_GROUP NTK_SOURCES_5)
set_source_files_properties(
    ntk/activation/gaussian.cpp ntk/activation/gelu.cpp ntk/activation/hermite_real.cpp ntk/activation/hermite_rule.cpp
    ntk/activation/polynomial.cpp ntk/activation/relu_power.cpp ntk/activation/trigonometric.cpp
    PROPERTIES UNITY_GROUP NTK_SOURCES_6)
set_source_files_properties(
    ntk/ridge/kink_mean.cpp ntk/ridge/kink_table.cpp ntk/ridge/ridge_coefficients.cpp ntk/ridge/ridge_function.cpp
    ntk/ridge/weight_law.cpp
    PROPERTIES UNITY_GROUP NTK_SOURCES_7)
set_source_files_properties(
    ntk/ridge/offset_mean.cpp ntk/ridge/power_ridge.cpp ntk/ridge/ridge_table.cpp
    PROPERTIES UNITY_GROUP NTK_SOURCES_8)
set_source_files_properties(
    ntk/spectrum/conventions.cpp ntk/spectrum/eigenvalues.cpp ntk/spectrum/exact_bias.cpp ntk/spectrum/expansion.cpp
    ntk/spectrum/quadrature_route.cpp ntk/spectrum/radial_kernel_series.cpp ntk/spectrum/route_comparison.cpp
    ntk/spectrum/series_route.cpp ntk/spectrum/wanted_eigenvalues.cpp
    PROPERTIES UNITY_GROUP NTK_SOURCES_9)
set_source_files_properties(
    ntk/spectrum/exact_route.cpp ntk/spectrum/polynomial_kernel.cpp ntk/spectrum/ridge_route.cpp
    ntk/spectrum/summary.cpp ntk/spectrum/trace.cpp
    PROPERTIES UNITY_GROUP NTK_SOURCES_10)
set_source_files_properties(
    ntk/network/energies.cpp ntk/network/fused_avx2.cpp ntk/network/fused_avx512.cpp ntk/network/fused_linearisation.cpp
    ntk/network/fused_network.cpp ntk/network/homogeneity.cpp ntk/network/packed_neurons.cpp ntk/network/population.cpp
    PROPERTIES UNITY_GROUP NTK_SOURCES_11)
set_source_files_properties(
    ntk/network/gram_spectrum.cpp ntk/network/linearised_network.cpp
    PROPERTIES UNITY_GROUP NTK_SOURCES_12)
set_source_files_properties(
    ntk/flow/cvode.cpp ntk/flow/descent_bookkeeping.cpp ntk/flow/first_descent.cpp ntk/flow/gradient_flow.cpp
    ntk/flow/phi_functions.cpp ntk/flow/trajectory.cpp
    PROPERTIES UNITY_GROUP NTK_SOURCES_13)
set_source_files_properties(
    ntk/flow/dormand_prince.cpp ntk/flow/exponential_rosenbrock.cpp ntk/flow/kernel_flow.cpp ntk/flow/krylov_space.cpp
    ntk/flow/network_flow.cpp ntk/flow/piecewise_linear_flow.cpp ntk/flow/real_flow.cpp
    PROPERTIES UNITY_GROUP NTK_SOURCES_14)
set_source_files_properties(
    ntk/flow/gradient_descent.cpp ntk/flow/kink_contact.cpp ntk/flow/time_units.cpp
    PROPERTIES UNITY_GROUP NTK_SOURCES_15)
set_source_files_properties(
    ntk/deviation/bootstrap.cpp ntk/deviation/bound_checks.cpp ntk/deviation/certified_width.cpp
    ntk/deviation/chain_checks.cpp ntk/deviation/check_over_time.cpp ntk/deviation/convergence_checks.cpp
    ntk/deviation/damping_checks.cpp ntk/deviation/descent_series.cpp ntk/deviation/experiment.cpp
    ntk/deviation/flow_checks.cpp ntk/deviation/given_trajectory.cpp ntk/deviation/identity_checks.cpp
    PROPERTIES UNITY_GROUP NTK_SOURCES_16)
set_source_files_properties(
    ntk/deviation/bound_lines.cpp ntk/deviation/chain_lines.cpp ntk/deviation/checks.cpp
    ntk/deviation/convergence_certificate.cpp ntk/deviation/descent_sample_checks.cpp ntk/deviation/identity_series.cpp
    ntk/deviation/ingredient_checks.cpp ntk/deviation/kernel_distance.cpp ntk/deviation/kernel_simulation.cpp
    ntk/deviation/observables.cpp ntk/deviation/overparameterised_checks.cpp ntk/deviation/planned_draw.cpp
    PROPERTIES UNITY_GROUP NTK_SOURCES_17)
set_source_files_properties(
    ntk/deviation/bound_terms.cpp ntk/deviation/descent_checks.cpp ntk/deviation/sample_runs.cpp
    ntk/deviation/series_notes.cpp ntk/deviation/spectrum_checks.cpp ntk/deviation/sphere_run.cpp
    ntk/deviation/target_bounds.cpp ntk/deviation/time_grid.cpp
    PROPERTIES UNITY_GROUP NTK_SOURCES_18)
set_source_files_properties(
    ntk/deviation/descent_bound.cpp ntk/deviation/descent_experiment.cpp ntk/deviation/eigendirection_checks.cpp
    PROPERTIES UNITY_GROUP NTK_SOURCES_19)
set_source_files_properties(
    ntk/deviation/drift_bounds.cpp ntk/deviation/sphere_checks.cpp
    PROPERTIES UNITY_GROUP NTK_SOURCES_20)
set_source_files_properties(
    ntk/deviation/flow_experiment.cpp ntk/deviation/planned_law.cpp ntk/deviation/planner.cpp
    ntk/deviation/rate_checks.cpp ntk/deviation/sampled_spectrum.cpp ntk/deviation/tight_instances.cpp
    ntk/deviation/training.cpp
    PROPERTIES UNITY_GROUP NTK_SOURCES_21)
set_source_files_properties(
    ntk/deviation/random_terms.cpp ntk/deviation/sampled_spectrum_checks.cpp ntk/deviation/simulation.cpp
    PROPERTIES UNITY_GROUP NTK_SOURCES_22)

set(NTK_HEADERS
    ntk/numeric/adaptive_precision.hpp
    ntk/numeric/arb.hpp
    ntk/numeric/ball.hpp
    ntk/numeric/clopper_pearson.hpp
    ntk/numeric/damping.hpp
    ntk/numeric/decimal.hpp
    ntk/numeric/errors.hpp
    ntk/numeric/exact.hpp
    ntk/numeric/fma_chains.hpp
    ntk/numeric/fma_peak.hpp
    ntk/numeric/lanczos.hpp
    ntk/numeric/lanes.hpp
    ntk/numeric/large_buffer.hpp
    ntk/numeric/message_number.hpp
    ntk/numeric/panel_block.hpp
    ntk/numeric/panel_product.hpp
    ntk/numeric/panel_product_levels.hpp
    ntk/numeric/positive_series.hpp
    ntk/numeric/quadrature.hpp
    ntk/numeric/random.hpp
    ntk/numeric/rational.hpp
    ntk/numeric/real.hpp
    ntk/numeric/simd.hpp
    ntk/numeric/threads.hpp
    ntk/ledger/check.hpp
    ntk/ledger/ledger.hpp
    ntk/ledger/proofs.hpp
    ntk/ledger/verdict.hpp
    ntk/sphere/angle_function.hpp
    ntk/sphere/cubature.hpp
    ntk/sphere/ellipse.hpp
    ntk/sphere/fixed_point.hpp
    ntk/sphere/funk_hecke.hpp
    ntk/sphere/gegenbauer.hpp
    ntk/sphere/harmonics.hpp
    ntk/sphere/points.hpp
    ntk/sphere/poisson.hpp
    ntk/sphere/zonal.hpp
    ntk/sphere/zonal_mean.hpp
    ntk/activation/activation.hpp
    ntk/activation/erf.hpp
    ntk/activation/gaussian.hpp
    ntk/activation/gelu.hpp
    ntk/activation/hermite.hpp
    ntk/activation/hermite_rule.hpp
    ntk/activation/logistic.hpp
    ntk/activation/polynomial.hpp
    ntk/activation/relu.hpp
    ntk/activation/relu_power.hpp
    ntk/activation/sigmoid.hpp
    ntk/activation/silu.hpp
    ntk/activation/smooth.hpp
    ntk/activation/softplus.hpp
    ntk/activation/tanh.hpp
    ntk/activation/trigonometric.hpp
    ntk/activation/vector_evaluate.hpp
    ntk/activation/vector_functions.hpp
    ntk/activation/vector_kernel.hpp
    ntk/activation/vector_math.hpp
    ntk/activation/vector_tables.hpp
    ntk/ridge/kink_integral.hpp
    ntk/ridge/kink_mean.hpp
    ntk/ridge/kink_table.hpp
    ntk/ridge/offset_mean.hpp
    ntk/ridge/power_ridge.hpp
    ntk/ridge/ridge_coefficients.hpp
    ntk/ridge/ridge_function.hpp
    ntk/ridge/ridge_table.hpp
    ntk/ridge/table_rule.hpp
    ntk/ridge/weight_law.hpp
    ntk/kernel/kernel.hpp
    ntk/spectrum/conventions.hpp
    ntk/spectrum/eigenvalues.hpp
    ntk/spectrum/exact_bias.hpp
    ntk/spectrum/exact_route.hpp
    ntk/spectrum/expansion.hpp
    ntk/spectrum/polynomial_kernel.hpp
    ntk/spectrum/power_moments.hpp
    ntk/spectrum/quadrature_route.hpp
    ntk/spectrum/radial_kernel_series.hpp
    ntk/spectrum/ridge_route.hpp
    ntk/spectrum/route_comparison.hpp
    ntk/spectrum/series_route.hpp
    ntk/spectrum/summary.hpp
    ntk/spectrum/trace.hpp
    ntk/spectrum/wanted_eigenvalues.hpp
    ntk/network/energies.hpp
    ntk/network/fused_kernels.hpp
    ntk/network/fused_linearisation.hpp
    ntk/network/fused_linearised_templates.hpp
    ntk/network/fused_network.hpp
    ntk/network/fused_pair_templates.hpp
    ntk/network/fused_table.hpp
    ntk/network/fused_templates.hpp
    ntk/network/gram_spectrum.hpp
    ntk/network/homogeneity.hpp
    ntk/network/linearised_network.hpp
    ntk/network/network.hpp
    ntk/network/packed_neurons.hpp
    ntk/network/parameters.hpp
    ntk/network/population.hpp
    ntk/network/reference.hpp
    ntk/flow/chatter_watch.hpp
    ntk/flow/descent_bookkeeping.hpp
    ntk/flow/dormand_prince_stepper.hpp
    ntk/flow/first_descent.hpp
    ntk/flow/flow_system.hpp
    ntk/flow/gradient_descent.hpp
    ntk/flow/gradient_flow.hpp
    ntk/flow/kernel_flow.hpp
    ntk/flow/kink_contact.hpp
    ntk/flow/kink_flow.hpp
    ntk/flow/krylov_space.hpp
    ntk/flow/network_flow.hpp
    ntk/flow/phi_functions.hpp
    ntk/flow/piecewise_linear_flow.hpp
    ntk/flow/population_sample.hpp
    ntk/flow/real_flow.hpp
    ntk/flow/recorder.hpp
    ntk/flow/time_units.hpp
    ntk/flow/trajectory.hpp
    ntk/deviation/bootstrap.hpp
    ntk/deviation/bound_lines.hpp
    ntk/deviation/bound_terms.hpp
    ntk/deviation/certified_width.hpp
    ntk/deviation/chain_lines.hpp
    ntk/deviation/check_over_time.hpp
    ntk/deviation/checks.hpp
    ntk/deviation/convergence_certificate.hpp
    ntk/deviation/damped_paths.hpp
    ntk/deviation/descent_bound.hpp
    ntk/deviation/descent_experiment.hpp
    ntk/deviation/descent_series.hpp
    ntk/deviation/drift_bounds.hpp
    ntk/deviation/experiment.hpp
    ntk/deviation/given_trajectory.hpp
    ntk/deviation/identity_series.hpp
    ntk/deviation/kernel_distance.hpp
    ntk/deviation/kernel_simulation.hpp
    ntk/deviation/observables.hpp
    ntk/deviation/overparameterised.hpp
    ntk/deviation/planned_draw.hpp
    ntk/deviation/planned_law.hpp
    ntk/deviation/planner.hpp
    ntk/deviation/random_terms.hpp
    ntk/deviation/sample_runs.hpp
    ntk/deviation/sampled_drift.hpp
    ntk/deviation/sampled_spectrum.hpp
    ntk/deviation/series_notes.hpp
    ntk/deviation/simulation.hpp
    ntk/deviation/sphere_run.hpp
    ntk/deviation/start_quantities.hpp
    ntk/deviation/target_bounds.hpp
    ntk/deviation/tight_instances.hpp
    ntk/deviation/time_grid.hpp
    ntk/deviation/training.hpp)
