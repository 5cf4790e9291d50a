// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/theorems/obligations.hpp"

namespace ntk::proofs {

/// D3 gives the deviation as a damped integral; U3 takes sampling and kernel error apart; U4 bounds both by what is
/// known at the start, by one of the drift bounds; U5 bounds what is random there. For a span, the squares of the
/// bounds of its eigenfunctions are added. The paper's own form hides its constants and is not claimed.
Obligation underparameterised_theorem() {
    return {
        "underparameterised-theorem",
        "Underparameterised theorem in its explicit form, for smooth activations and an eigenfunction or the span of "
        "finitely many: the coefficients follow their damped start up to the sampling error and, times D(mu_k,t), the "
        "kernel error; every term is known before training, and for bounded activations with a = ±1 the random ones "
        "are bounded with probability 1 - 3 delta.",
        "|c(t) - e^{-mu t} c(0)| <= (1-e^{-mu t}) (|(E-E_n)[phi r_0]| + P Z + (E|phi| + E_n|phi|) Rem) + D(mu,t) beta "
        "(|h_0|_n + Drift)",
        "Chain of bounds",
        {},
        [](Proof& proof, const Variant&) {
            proof.uses("damped-identity-of-probe");
            proof.uses("damping-factor-bounds");
            proof.uses("sampling-bound");
            proof.uses("before-training");
            proof.uses("random-terms");
            proof.uses("span-of-eigenfunctions");
            for (const char* check : {"D2", "D3", "U1", "U2", "U3", "U4", "U5", "linear-split", "chain-order", "span"})
                proof.observed_by(check);
        },
        true};
}

/// The kernel of rotation-invariant weights depends on <x,y>, so Funk and Hecke apply; its eigenvalues are sums of
/// those of powers of <x,y> with the weights of the Hermite series, which are not negative, and D falls with mu.
Obligation corollary_on_sphere() {
    return {
        "corollary-on-sphere",
        "Corollary on the sphere: for uniform data the eigenfunctions are the spherical harmonics, zonal probes have "
        "norm 1 and the largest value sqrt(N(d,k)), the eigenvalues are not negative, and degrees with large "
        "eigenvalues are learnt first.",
        "the theorem with mu_k = c_d int kappa P_k (1-t^2)^{(d-3)/2} of multiplicity N(d,k), phi = sqrt(N(d,k)) "
        "P_k(<x,e>)",
        "Funk–Hecke",
        {},
        [](Proof& proof, const Variant&) {
            proof.uses("underparameterised-theorem");
            proof.uses("funk-hecke");
            proof.uses("addition-theorem");
            proof.uses("harmonic-dimension");
            proof.uses("gegenbauer-norm");
            proof.uses("gegenbauer-bound");
            proof.uses("hermite-expansion");
            proof.uses("hermite-derivative-rule");
            proof.uses("monomial-eigenvalues");
            proof.uses("t-multiplication");
            proof.uses("damping-factor-monotone");
            for (const char* check : {"trace", "routes"}) proof.observed_by(check);
        },
        true};
}

}  // namespace ntk::proofs
