# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0
#
# Written by tests/layering/source_lists.py --write, which also is the test that nothing is missing.

set(NTK_PROOF_SOURCES
    chain/before_training.cpp
    chain/obligations.cpp
    chain/projected_exponential.cpp
    constants/concave_maximum.cpp
    constants/elementary.cpp
    constants/gaussian_functions.cpp
    constants/line_function.cpp
    constants/logistic.cpp
    constants/obligations.cpp
    convergence/certificate.cpp
    convergence/consequences.cpp
    convergence/obligations.cpp
    damping/bounded_movement.cpp
    damping/damped_integral.cpp
    damping/damping_factor.cpp
    damping/movement.cpp
    damping/obligations.cpp
    damping/quarter.cpp
    dual/closed_dual.cpp
    dual/derivative_rule.cpp
    dual/integrals.cpp
    dual/obligations.cpp
    dual/relu_angle.cpp
    dual/relu_powers.cpp
    dual/smooth_duals.cpp
    duhamel/kernel_flow.cpp
    duhamel/obligations.cpp
    duhamel/on_sample.cpp
    duhamel/on_sphere.cpp
    eigenvalues/coefficient_rules.cpp
    eigenvalues/decay_bounds.cpp
    eigenvalues/decay_form.cpp
    eigenvalues/dual_powers.cpp
    eigenvalues/formulas.cpp
    eigenvalues/half_moments.cpp
    eigenvalues/hidden_bias_forms.cpp
    eigenvalues/hidden_bias_recurrence.cpp
    eigenvalues/hidden_bias_values.cpp
    eigenvalues/hidden_bias_variances.cpp
    eigenvalues/monomials.cpp
    eigenvalues/obligations.cpp
    eigenvalues/radial_moments.cpp
    eigenvalues/relu_eigenvalues.cpp
    eigenvalues/relu_monotone.cpp
    eigenvalues/relu_power_eigenvalues.cpp
    eigenvalues/t_multiplication.cpp
    engine/axioms.cpp
    engine/differential_equation.cpp
    engine/enclosure.cpp
    engine/free_algebra.cpp
    engine/gamma_term.cpp
    engine/obligation.cpp
    engine/polynomial.cpp
    engine/power_series.cpp
    engine/proof.cpp
    engine/proof_positivity.cpp
    engine/proof_support.cpp
    engine/rational_function.cpp
    engine/rewriting.cpp
    engine/status.cpp
    engine/theory_map.cpp
    gegenbauer/addition.cpp
    gegenbauer/bounds.cpp
    gegenbauer/derivative.cpp
    gegenbauer/equation.cpp
    gegenbauer/formulas.cpp
    gegenbauer/harmonics.cpp
    gegenbauer/obligations.cpp
    gegenbauer/orthogonality.cpp
    gegenbauer/recurrence.cpp
    gegenbauer/sphere.cpp
    quadrature/eigenvalue_remainder.cpp
    quadrature/eigenvalue_rounding.cpp
    quadrature/ellipse.cpp
    quadrature/fixed_point.cpp
    quadrature/gauss_legendre.cpp
    quadrature/laplace.cpp
    quadrature/obligations.cpp
    registry.cpp
    sampling/concentration.cpp
    sampling/identity.cpp
    sampling/obligations.cpp
    sampling/second_moments.cpp
    sampling/spectrum.cpp
    theorems/obligations.cpp
    theorems/overparameterised.cpp
    theorems/underparameterised.cpp
    network/basic_drift.cpp
    network/hessian_drift.cpp
    network/neuron_derivatives.cpp
    network/obligations.cpp
    network/pair_drift.cpp
    network/pair_drift_l2.cpp
    network/pair_motion.cpp)
set_source_files_properties(
    chain/before_training.cpp chain/obligations.cpp chain/projected_exponential.cpp
    PROPERTIES UNITY_GROUP NTK_PROOF_SOURCES_1)
set_source_files_properties(
    constants/concave_maximum.cpp constants/elementary.cpp constants/gaussian_functions.cpp constants/logistic.cpp
    constants/obligations.cpp
    PROPERTIES UNITY_GROUP NTK_PROOF_SOURCES_2)
set_source_files_properties(
    convergence/certificate.cpp convergence/obligations.cpp
    PROPERTIES UNITY_GROUP NTK_PROOF_SOURCES_3)
set_source_files_properties(
    damping/bounded_movement.cpp damping/damped_integral.cpp damping/damping_factor.cpp damping/movement.cpp
    damping/obligations.cpp damping/quarter.cpp
    PROPERTIES UNITY_GROUP NTK_PROOF_SOURCES_4)
set_source_files_properties(
    dual/closed_dual.cpp dual/derivative_rule.cpp dual/integrals.cpp dual/obligations.cpp dual/relu_angle.cpp
    dual/relu_powers.cpp dual/smooth_duals.cpp
    PROPERTIES UNITY_GROUP NTK_PROOF_SOURCES_5)
set_source_files_properties(
    duhamel/kernel_flow.cpp duhamel/obligations.cpp duhamel/on_sample.cpp duhamel/on_sphere.cpp
    PROPERTIES UNITY_GROUP NTK_PROOF_SOURCES_6)
set_source_files_properties(
    eigenvalues/coefficient_rules.cpp eigenvalues/decay_bounds.cpp eigenvalues/decay_form.cpp
    eigenvalues/dual_powers.cpp eigenvalues/formulas.cpp eigenvalues/half_moments.cpp eigenvalues/hidden_bias_forms.cpp
    eigenvalues/hidden_bias_recurrence.cpp eigenvalues/hidden_bias_values.cpp eigenvalues/hidden_bias_variances.cpp
    eigenvalues/monomials.cpp eigenvalues/obligations.cpp
    PROPERTIES UNITY_GROUP NTK_PROOF_SOURCES_7)
set_source_files_properties(
    eigenvalues/radial_moments.cpp eigenvalues/relu_eigenvalues.cpp eigenvalues/relu_monotone.cpp
    eigenvalues/relu_power_eigenvalues.cpp eigenvalues/t_multiplication.cpp
    PROPERTIES UNITY_GROUP NTK_PROOF_SOURCES_8)
set_source_files_properties(
    engine/axioms.cpp engine/differential_equation.cpp engine/enclosure.cpp engine/free_algebra.cpp
    engine/gamma_term.cpp engine/obligation.cpp engine/polynomial.cpp engine/power_series.cpp
    engine/proof_positivity.cpp engine/rational_function.cpp engine/rewriting.cpp engine/status.cpp
    PROPERTIES UNITY_GROUP NTK_PROOF_SOURCES_9)
set_source_files_properties(
    engine/proof.cpp engine/proof_support.cpp engine/theory_map.cpp
    PROPERTIES UNITY_GROUP NTK_PROOF_SOURCES_10)
set_source_files_properties(
    gegenbauer/addition.cpp gegenbauer/bounds.cpp gegenbauer/derivative.cpp gegenbauer/equation.cpp
    gegenbauer/formulas.cpp gegenbauer/obligations.cpp gegenbauer/orthogonality.cpp gegenbauer/recurrence.cpp
    gegenbauer/sphere.cpp
    PROPERTIES UNITY_GROUP NTK_PROOF_SOURCES_11)
set_source_files_properties(
    quadrature/eigenvalue_remainder.cpp quadrature/eigenvalue_rounding.cpp quadrature/ellipse.cpp
    quadrature/fixed_point.cpp quadrature/gauss_legendre.cpp quadrature/laplace.cpp quadrature/obligations.cpp
    PROPERTIES UNITY_GROUP NTK_PROOF_SOURCES_12)
set_source_files_properties(
    sampling/concentration.cpp sampling/identity.cpp sampling/obligations.cpp
    PROPERTIES UNITY_GROUP NTK_PROOF_SOURCES_13)
set_source_files_properties(
    theorems/obligations.cpp theorems/overparameterised.cpp theorems/underparameterised.cpp
    PROPERTIES UNITY_GROUP NTK_PROOF_SOURCES_14)
set_source_files_properties(
    network/basic_drift.cpp network/hessian_drift.cpp network/neuron_derivatives.cpp network/obligations.cpp
    network/pair_drift.cpp network/pair_motion.cpp
    PROPERTIES UNITY_GROUP NTK_PROOF_SOURCES_15)
