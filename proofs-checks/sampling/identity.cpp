// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/engine/rewriting.hpp"
#include "proofs-checks/sampling/obligations.hpp"

namespace ntk::proofs {

/// Letters act on functions from the left. E and E_n are the means over the sphere and over the sample, phi and k the
/// multiplications by phi and by k(x) = dC . grad f(x), 1 the constant function. By Mercer T = mu phi 1 E phi + T', T'
/// the part of the other eigenfunctions. T_n = J E_n J*, where J* g = g grad f takes values in the space of parameters
/// and J v = <grad f, v>: this is T_n g = E_n[K(., x_j) g(x_j)] with K = <grad f, grad f>. dC = E phi J.
Obligation sampling_identity() {
    return {
        "sampling-identity",
        "The source of the deviation is the error of the sample, times the eigenvalue, plus the error of the kernel.",
        "<(T - T_n) r, phi> = mu (E - E_n)[phi r] + E_n[h r], h = mu phi - dC . grad f",
        "Chain of bounds",
        {{"sign", Change::sign, "h = mu phi + dC . grad f"},
         {"factor", Change::constant, "(E - E_n)[phi r] without the factor mu"},
         {"orthogonal", Change::hypothesis, "phi is no eigenfunction: <T' g, phi> = 0 dropped"},
         {"norm", Change::hypothesis, "the norm of phi is 1 dropped: E[phi²] = 2"}},
        [](Proof& proof, const Variant& variant) {
            const RationalFunction mu = proof.given("mu", real_at_least(0));
            proof.given("r", "any function; phi: an eigenfunction of T of norm 1 with eigenvalue mu");
            const FreeElement residual = FreeElement::letter("r");
            std::vector<Relation> relations = {
                {{"E", "phi", "phi", "1"}, FreeElement(variant.pick("norm", 2L, 1L))},
                {{"E", "phi", "J"}, FreeElement::letter("dC")},
                {{"dC", "E_n"}, product_of({"E_n", "dC"})},  // a mean of vectors, then a linear form
                {{"dC", "J*"}, FreeElement::letter("k")},
            };
            if (!variant.is("orthogonal")) relations.push_back({{"E", "phi", "T'"}, FreeElement()});
            const FreeElement population = mu * product_of({"phi", "1", "E", "phi"}) + FreeElement::letter("T'");
            const FreeElement sample = product_of({"J", "E_n", "J*"});
            const FreeElement source = rewrite(product_of({"E", "phi"}) * (population - sample) * residual, relations);
            const FreeElement difference =
                (FreeElement::letter("E") - FreeElement::letter("E_n")) * FreeElement::letter("phi") * residual;
            const FreeElement h =
                mu * FreeElement::letter("phi") - FreeElement(variant.pick("sign", -1L, 1L)) * FreeElement::letter("k");
            const FreeElement factor = variant.is("factor") ? FreeElement(1) : FreeElement(mu);
            proof.algebra("the source of the deviation", source,
                          factor * difference + FreeElement::letter("E_n") * h * residual);
            proof.uses("mercer");
            proof.uses("kernel-flow");
            proof.observed_by("D3");
        }};
}

/// The weight e^{-mu(t-s)} times mu integrates to mu D = 1 - e^{-mu t}: the error of the sample is not divided by mu.
/// Cauchy-Schwarz: with H = E_n[h^2], R = E_n[r^2], B = E_n[h r], H - B^2/R is E_n[(h - B r/R)^2].
Obligation sampling_bound() {
    return {
        "sampling-bound",
        "The line U3: the error of the sample enters with 1 - e^{-mu t}, that of the kernel with D(mu,t) and the "
        "product of two norms.",
        "|int e^{-mu(t-s)} delta(s) ds| <= (1-e^{-mu t}) sup |(E-E_n)[phi r]| + D(mu,t) sup ||r||_n sup ||h||_n",
        "Chain of bounds",
        {{"factor", Change::constant, "1 - e^{-mu t} replaced by half of it"},
         {"sign", Change::sign, "the sample's part subtracted"},
         {"cauchy-schwarz", Change::constant, "||h||² ||r||² replaced by half of it"}},
        [](Proof& proof, const Variant& variant) {
            const RationalFunction mu = proof.given("mu", positive());
            proof.given("t", real_at_least(0));
            const RationalFunction e = proof.function("e^{-mu t}", between(0, 1), {"mu", "t"});
            const RationalFunction damping = (RationalFunction(1) - e) / mu;
            const Derivation by_time({{"e^{-mu t}", -mu * e}});
            proof.identity("D is the integral of the weight", by_time(damping), e);
            proof.identity("D(mu,0) = 0", damping.substitute({{"e^{-mu t}", 1}}), 0);
            // |delta| <= mu a + b with a, b the suprema.
            const RationalFunction a = proof.given("sup |(E-E_n)[phi r]|", real_at_least(0));
            const RationalFunction b = proof.given("sup |E_n[h r]|", real_at_least(0));
            const RationalFunction sign = variant.pick("sign", -1L, 1L);
            const RationalFunction half = variant.pick("factor", Rational(1, 2), Rational(1));
            proof.identity("the integral of the source", damping * (mu * a + b),
                           sign * half * (RationalFunction(1) - e) * a + damping * b);
            const RationalFunction h = proof.given("E_n[h²]", real_at_least(0));
            const RationalFunction r = proof.given("E_n[r²]", positive());
            const RationalFunction product = proof.given("E_n[h r]", any_real());
            const RationalFunction square = proof.given("E_n[(h-xr)²]", real_at_least(0));
            const RationalFunction x = product / r;
            // h^2 = (h - x r)^2 + 2 x h r - x^2 r^2.
            const RationalFunction from_square = square + RationalFunction(2) * x * product - x * x * r;
            const RationalFunction weight = variant.pick("cauchy-schwarz", Rational(1, 2), Rational(1));
            proof.identity("E_n[h²] from E_n[(h-xr)²] at x = E_n[hr]/E_n[r²]", from_square,
                           square + product * product / r);
            const RationalFunction gap = (weight * h * r - product * product).substitute({{"E_n[h²]", from_square}});
            proof.identity("Cauchy-Schwarz", gap, square * r);
            proof.nonnegative("E_n[hr]² <= E_n[h²] E_n[r²]", square * r);
            proof.nonnegative("E_n[h²] is a mean of squares", h);
            proof.uses("sampling-identity");
            proof.uses("damped-identity-of-probe");
            proof.uses("damped-supremum");
            proof.observed_by("U3");
        }};
}

}  // namespace ntk::proofs
