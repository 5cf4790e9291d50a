# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0
#
# Written by tests/layering/source_lists.py --write, which also is the test that nothing is missing.

set(NTK_PROOF_SOURCES
    damping/damping_factor.cpp
    damping/movement.cpp
    damping/obligations.cpp
    damping/quarter.cpp
    duhamel/obligations.cpp
    duhamel/on_sample.cpp
    eigenvalues/decay.cpp
    eigenvalues/formulas.cpp
    eigenvalues/funk_hecke.cpp
    eigenvalues/half_moments.cpp
    eigenvalues/hidden_bias.cpp
    eigenvalues/hidden_bias_forms.cpp
    eigenvalues/hidden_bias_values.cpp
    eigenvalues/obligations.cpp
    eigenvalues/relu.cpp
    engine/axioms.cpp
    engine/enclosure.cpp
    engine/free_algebra.cpp
    engine/gamma_term.cpp
    engine/obligation.cpp
    engine/polynomial.cpp
    engine/power_series.cpp
    engine/proof.cpp
    engine/rational_function.cpp
    engine/status.cpp
    engine/theory_map.cpp
    gegenbauer/addition.cpp
    gegenbauer/bounds.cpp
    gegenbauer/equation.cpp
    gegenbauer/formulas.cpp
    gegenbauer/obligations.cpp
    gegenbauer/orthogonality.cpp
    gegenbauer/recurrence.cpp
    gegenbauer/sphere.cpp
    quadrature/laplace.cpp
    quadrature/obligations.cpp
    quadrature/remainder.cpp
    quadrature/rounding.cpp
    registry.cpp)
