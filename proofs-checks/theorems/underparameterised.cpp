// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/theorems/obligations.hpp"

namespace ntk::proofs {

Obligation underparameterised_theorem() {
    return {
        "underparameterised-theorem",
        "Underparameterised theorem, explicit form, for smooth activations and an eigenfunction or a span of finitely "
        "many: the coefficients follow their damped start up to the sampling error and, times D(mu_k,t), the kernel "
        "error, with every term known before training.",
        "|c(t) - e^{-mu t} c(0)| <= (1-e^{-mu t}) [sampling + P Z + ... Rem] + D(mu,t) beta (|h_0| + Drift)",
        "The chain of bounds",
        {},
        [](Proof& proof, const Variant&) {
            proof.uses("damped-identity-of-probe");
            proof.uses("damping-factor-bounds");
            proof.uses("sampling-split");
            proof.uses("before-training");
            proof.uses("span-of-eigenfunctions");
            proof.leaves_open(
                "The random terms of U4 (sampling error at the start, Z, h_0) are bounded with probability 1 - 3 delta "
                "(U5).");
            for (const char* check : {"D3", "U1", "U2", "U3"}) proof.observed_by(check);
        },
        true};
}

Obligation corollary_on_sphere() {
    return {
        "corollary-on-sphere",
        "Corollary on the sphere: for uniform data the eigenfunctions are the spherical harmonics, and low degrees, "
        "whose eigenvalues are the largest, are learnt first.",
        "the theorem with mu_k = c_d int kappa P_k (1-t^2)^{(d-3)/2}, probes phi = sqrt(N(d,k)) P_k(<x,e>)",
        "Funk–Hecke",
        {},
        [](Proof& proof, const Variant&) {
            proof.uses("underparameterised-theorem");
            proof.uses("funk-hecke");
            proof.uses("addition-theorem");
            proof.leaves_open("The eigenvalues of the kernel in closed form, their order and their decay.");
            for (const char* check : {"trace", "routes"}) proof.observed_by(check);
        },
        true};
}

}  // namespace ntk::proofs
