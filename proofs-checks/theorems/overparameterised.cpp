// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/theorems/obligations.hpp"

namespace ntk::proofs {

Obligation extension_of_arora() {
    return {
        "extension-of-arora-et-al",
        "Extension of Arora et al. to general smooth activations with all parameters trained: under the certificate of "
        "convergence the norm of the residual follows the damped start, up to beta eps/(2 lambda_n).",
        "| |r_t| - (sum e^{-2 lambda_i t} <r_0,u_i>^2)^{1/2} | <= (2 beta eps/lambda_n)(e^{-lambda_n t/2} - "
        "e^{-lambda_n t})",
        "Overparameterised regime",
        {},
        [](Proof& proof, const Variant&) {
            proof.uses("residual-under-convergence");
            proof.uses("damped-identity-on-sample");
            proof.uses("spectral-theorem");
            proof.uses("hessian-gram-drift");
            proof.uses("basic-drift");
            proof.uses("pair-drift");
            proof.uses("pair-drift-l2");
            proof.leaves_open(
                "The certificate of convergence (O2): the Gram matrix stays within lambda_n/2 of its limit for all "
                "times.");
            proof.observed_by("D1");
        },
        true};
}

Obligation extension_of_su_and_yang() {
    return {
        "extension-of-su-and-yang",
        "Extension of Su and Yang: the part of the residual in the first k eigendirections falls at the rate lambda_k "
        "up "
        "to eps beta D(lambda_k,t), whatever the smaller eigenvalues are.",
        "|P_k r_t| <= e^{-lambda_k t} |P_k r_0| + eps beta D(lambda_k,t)",
        "Overparameterised regime",
        {},
        [](Proof& proof, const Variant&) {
            proof.uses("projected-exponential");
            proof.uses("damped-identity-on-sample");
            proof.uses("damping-factor-is-integral");
            proof.uses("damping-factor-bounds");
            proof.uses("basic-drift");
            proof.uses("hessian-gram-drift");
            proof.uses("pair-drift");
            proof.leaves_open(
                "The whole residual as the root of a sum of two squares plus eps beta D(lambda_n,t), for all k (O4).");
            proof.observed_by("D1");
        },
        true};
}

}  // namespace ntk::proofs
