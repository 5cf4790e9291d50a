# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0
#
# Written by tests/layering/source_lists.py --write, which also is the test that nothing is missing.

set(NTK_PROOF_SOURCES
    chain/obligations.cpp
    chain/residual.cpp
    chain/sampling_split.cpp
    damping/bounded_movement.cpp
    damping/damped_integral.cpp
    damping/damping_factor.cpp
    damping/movement.cpp
    damping/obligations.cpp
    damping/quarter.cpp
    duhamel/kernel_flow.cpp
    duhamel/obligations.cpp
    duhamel/on_sample.cpp
    duhamel/on_sphere.cpp
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
    registry.cpp
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
