// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/theorems/obligations.hpp"

namespace ntk::proofs {

/// The certificate (O2) keeps the Gram matrix near its limit and lets the residual decay; then D1 (O3).
Obligation extension_of_arora() {
    return {
        "extension-of-arora-et-al",
        "Extension of Arora et al. to general smooth activations with all parameters trained: under the certificate of "
        "convergence the norm of the residual follows the damped start, up to beta eps/(2 lambda_n).",
        "| |r_t|_n - (sum e^{-2 lambda_i t} <r_0,u_i>_n^2)^{1/2} | <= (2 beta eps/lambda_n)(e^{-lambda_n t/2} - "
        "e^{-lambda_n t})",
        "Overparameterised regime",
        {},
        [](Proof& proof, const Variant&) {
            proof.uses("first-exit");
            proof.uses("decay-before-exit");
            proof.uses("residual-follows-kernel");
            proof.uses("spectral-theorem");
            for (const char* check : {"D1", "O2", "O3", "O3-curve"}) proof.observed_by(check);
        },
        true};
}

/// D1, projected (O1), and the two blocks of the spectrum (O4); the distance of the Gram matrices is bounded by a
/// drift.
Obligation extension_of_su_and_yang() {
    return {
        "extension-of-su-and-yang",
        "Extension of Su and Yang: for every k the part of the residual in the first k eigendirections falls at the "
        "rate lambda_k up to eps beta D(lambda_k,t), whatever the smaller eigenvalues are.",
        "|P_k r_t| <= e^{-lambda_k t} |P_k r_0| + eps beta D(lambda_k,t), |r_t| <= (e^{-2 lambda_k t} |P_k r_0|^2 + "
        "|(I-P_k) r_0|^2)^{1/2} + eps beta D(lambda_n,t)",
        "Overparameterised regime",
        {},
        [](Proof& proof, const Variant&) {
            proof.uses("projected-exponential");
            proof.uses("blocks-of-spectrum");
            proof.uses("damping-factor-bounds");
            proof.uses("gram-norm-by-entries");
            proof.uses("basic-drift");
            proof.uses("hessian-gram-drift");
            proof.uses("pair-drift");
            proof.uses("pair-drift-l2");
            for (const char* check : {"D1", "O1", "O4", "O4-span"}) proof.observed_by(check);
        },
        true};
}

}  // namespace ntk::proofs
