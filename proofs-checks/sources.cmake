# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0
#
# Written by tests/layering/source_lists.py --write, which also is the test that nothing is missing.

set(NTK_PROOF_SOURCES
    constants/concave_maximum.cpp
    constants/elementary.cpp
    constants/gaussian_functions.cpp
    constants/line_function.cpp
    constants/logistic.cpp
    constants/obligations.cpp
    convergence/certificate.cpp
    convergence/consequences.cpp
    convergence/obligations.cpp
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
    duhamel/obligations.cpp
    duhamel/on_sample.cpp
    engine/axioms.cpp
    engine/differential_equation.cpp
    engine/enclosure.cpp
    engine/free_algebra.cpp
    engine/gamma_term.cpp
    engine/obligation.cpp
    engine/polynomial.cpp
    engine/power_series.cpp
    engine/proof.cpp
    engine/rational_function.cpp
    engine/rewriting.cpp
    engine/status.cpp
    engine/theory_map.cpp
    registry.cpp
    sampling/concentration.cpp
    sampling/identity.cpp
    sampling/obligations.cpp
    sampling/second_moments.cpp
    sampling/spectrum.cpp)
