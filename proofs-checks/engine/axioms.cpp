// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/engine/axioms.hpp"

namespace ntk::proofs {

const std::vector<Axiom>& axioms() {
    static const std::vector<Axiom> all = {
        {"addition-theorem",
         "The sum of Y(x) Y(y) over an orthonormal basis of the spherical harmonics of degree k is N(d,k) P_k(<x,y>).",
         "C. Müller, Spherical Harmonics, Lecture Notes in Mathematics 17, Springer 1966, Theorem 2"},
        {"bernstein", "Bernstein's inequality for sums of independent bounded variables of known variance.",
         "S. Boucheron, G. Lugosi, P. Massart, Concentration Inequalities, Oxford University Press 2013, Section 2.8"},
        {"cauchy-theorem",
         "The integral of an analytic function over a closed curve does not change as the curve moves through the "
         "domain of analyticity; a function analytic in an ellipse with foci -1 and 1 is the sum of its Chebyshev "
         "series there.",
         "L. N. Trefethen, Approximation Theory and Approximation Practice, SIAM 2013, Theorem 8.1"},
        {"comparison-principle",
         "If u' <= F(t,u), v' >= F(t,v), u(0) <= v(0), and F is locally Lipschitz in its second argument and, for "
         "systems, increasing off the diagonal, then u <= v as long as both exist.",
         "W. Walter, Ordinary Differential Equations, Springer 1998, Sections 9 and 10"},
        {"fundamental-theorem-of-calculus",
         "The integral of a derivative is the difference of the boundary values, also where those are limits at ends "
         "at which the integrand is integrable, and for values in a Banach space, where an integral is no longer than "
         "the integral of the norm.",
         "W. Rudin, Principles of Mathematical Analysis, 3rd edition, McGraw-Hill 1976, Theorems 6.21 and 6.25; S. "
         "Lang, Real and Functional Analysis, 3rd edition, Springer 1993, Chapter XIII"},
        {"funk-hecke",
         "The integral of kappa(<x,y>) Y(y) over the sphere is mu_k Y(x) for every harmonic Y of degree k, with mu_k = "
         "c_d int kappa(t) P_k(t) (1-t^2)^{(d-3)/2} dt.",
         "C. Müller, Spherical Harmonics, Lecture Notes in Mathematics 17, Springer 1966, Theorem 6"},
        {"gamma-ratio-limit", "z^{b-a} Gamma(z+a)/Gamma(z+b) tends to 1 as z grows.",
         "NIST Digital Library of Mathematical Functions, 5.11.12"},
        {"gauss-quadrature",
         "The Gauss-Legendre rule with N nodes has positive weights, is symmetric, and is exact for polynomials of "
         "degree up to 2N-1.",
         "P. J. Davis, P. Rabinowitz, Methods of Numerical Integration, Academic Press 1984, Section 2.7"},
        {"gauss-summation", "Gauss' and Vandermonde's sums of hypergeometric series at 1.",
         "NIST Digital Library of Mathematical Functions, 15.4.20 and 15.4.24"},
        {"gronwall", "u' <= a u + b with a >= 0 implies u(t) <= e^{at} u(0) + int_0^t e^{a(t-s)} b(s) ds.",
         "W. Walter, Ordinary Differential Equations, Springer 1998, Section 29"},
        {"harmonic-decomposition",
         "Homogeneous polynomials of degree k are the direct sum of the harmonic ones and |x|^2 times those of degree "
         "k-2.",
         "C. Müller, Spherical Harmonics, Lecture Notes in Mathematics 17, Springer 1966, Section 1"},
        {"hoeffding", "Hoeffding's inequality for means of independent bounded variables.",
         "W. Hoeffding, Journal of the American Statistical Association 58 (1963), 13-30, Theorem 2"},
        {"heat-equation",
         "The mean E[f(y + sqrt(q) g)] over a standard normal g is the only solution of S_q = S_yy/2 with S(0,y) = "
         "f(y) that grows at most like e^{a y²}, for continuous f of at most linear growth.",
         "L. C. Evans, Partial Differential Equations, 2nd edition, American Mathematical Society 2010, Section 2.3, "
         "Theorems 1 and 7"},
        {"hermite-completeness",
         "The normalised Hermite polynomials are an orthonormal basis of the square-integrable functions for the "
         "Gaussian measure.",
         "G. Szegő, Orthogonal Polynomials, American Mathematical Society 1939, Theorem 5.7.1"},
        {"integration-by-parts",
         "The derivative of a locally absolutely continuous function on the line that is integrable together with its "
         "derivative has the integral 0.",
         "W. Rudin, Real and Complex Analysis, 3rd edition, McGraw-Hill 1987, Theorem 7.20"},
        {"intermediate-value-theorem",
         "A continuous function on an interval that takes two values takes every value between them.",
         "W. Rudin, Principles of Mathematical Analysis, 3rd edition, McGraw-Hill 1976, Theorem 4.23"},
        {"linear-ode-uniqueness",
         "A linear system y' = A(t) y + b(t) with continuous A, b has exactly one solution with given y(0).",
         "W. Walter, Ordinary Differential Equations, Springer 1998, Section 14"},
        {"mcdiarmid",
         "A function of independent variables with differences bounded by c_i exceeds its mean by e with probability "
         "at most exp(-2 e^2 / sum c_i^2).",
         "C. McDiarmid, On the method of bounded differences, Surveys in Combinatorics 1989, Cambridge University "
         "Press, 148-188"},
        {"mean-value-theorem", "A differentiable function with derivative >= 0 on an interval is non-decreasing there.",
         "W. Rudin, Principles of Mathematical Analysis, 3rd edition, McGraw-Hill 1976, Theorem 5.11"},
        {"mercer",
         "A continuous positive semi-definite kernel is the absolutely and uniformly convergent sum of its eigenvalues "
         "times products of eigenfunctions.",
         "J. Mercer, Philosophical Transactions of the Royal Society A 209 (1909), 415-446"},
        {"norm-inequalities", "The triangle inequality and the inequality of Cauchy and Schwarz.",
         "W. Rudin, Principles of Mathematical Analysis, 3rd edition, McGraw-Hill 1976, Theorem 1.37"},
        {"pinelis",
         "A martingale in a Hilbert space with differences bounded by c_i exceeds e in norm with probability at most 2 "
         "exp(-e^2 / (2 sum c_i^2)).",
         "I. Pinelis, Annals of Probability 22 (1994), 1679-1706, Theorem 3.5"},
        {"spectral-theorem",
         "A compact self-adjoint operator has an orthonormal basis of eigenvectors; functions of it act on "
         "eigenvalues.",
         "M. Reed, B. Simon, Functional Analysis, Academic Press 1980, Theorem VI.16"},
        {"taylor",
         "A function whose derivative of order j is bounded by L differs from its Taylor polynomial of degree j - 1 at "
         "distance h by at most L h^j/j!.",
         "W. Rudin, Principles of Mathematical Analysis, 3rd edition, McGraw-Hill 1976, Theorems 5.15 and 5.19"},
        {"weyl",
         "The eigenvalues of two self-adjoint compact operators, in order and completed by zeros, differ by at most "
         "the operator norm of the difference.",
         "R. Bhatia, Matrix Analysis, Springer 1997, Corollary III.2.6; T. Kato, Communications on Pure and Applied "
         "Mathematics 40 (1987), 865-872"},
    };
    return all;
}

}  // namespace ntk::proofs
