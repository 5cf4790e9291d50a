// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
//
// What a careful user of Arb would write: one rigorous adaptive integration per degree, nothing shared. It is the other
// side of verify/benchmarks/spectrum.py and uses nothing of the library. ReLU with hidden biases of variance 1 and an
// output bias, d = 3. Arguments: DIGITS FIRST LAST STEP. Prints one line "degree midpoint radius" per degree.
#if __has_include(<flint/acb_calc.h>)
#include <flint/acb_calc.h>
#include <flint/acb_hypgeom.h>
#else
#include <acb_calc.h>
#include <acb_hypgeom.h>
#endif

#include <cstdio>
#include <cstdlib>
#include <initializer_list>

namespace {

/// The principal arcsine, not finite where it is not analytic and the integrator asks for that.
void analytic_asin(acb_t result, const acb_t z, bool must_be_analytic, slong bits) {
    arb_t size;
    arb_init(size);
    arb_abs(size, acb_realref(z));
    arb_sub_ui(size, size, 1, bits);
    if (must_be_analytic && arb_contains_zero(acb_imagref(z)) && !arb_is_negative(size)) {
        acb_indeterminate(result);
    } else {
        acb_asin(result, z, bits);
    }
    arb_clear(size);
}

/// kappa(cos theta) P_k(cos theta) sin(theta)/2 with phi = 2 arcsin(sin(theta/2)/sqrt(2)), the angle of
/// u = (t + 1)/2: kappa = (sin phi + cos phi (pi - phi))/pi + (t + 1)(pi - phi)/(2 pi) + 1.
int integrand(acb_ptr result, const acb_t theta, void* parameter, slong order, slong bits) {
    const slong degree = *static_cast<slong*>(parameter);
    acb_t phi, sine, cosine, rest, pi, t, factor;
    for (acb_ptr x : {phi, sine, cosine, rest, pi, t, factor}) acb_init(x);
    acb_const_pi(pi, bits);
    acb_mul_2exp_si(phi, theta, -1);
    acb_sin(phi, phi, bits);
    acb_set_ui(rest, 2);
    acb_sqrt(rest, rest, bits);
    acb_div(phi, phi, rest, bits);
    analytic_asin(phi, phi, order != 0, bits);
    acb_mul_2exp_si(phi, phi, 1);
    acb_sin_cos(sine, cosine, phi, bits);
    acb_sub(rest, pi, phi, bits);
    acb_cos(t, theta, bits);
    acb_add_ui(factor, t, 1, bits);
    acb_mul_2exp_si(factor, factor, -1);
    acb_add(factor, factor, cosine, bits);
    acb_mul(factor, factor, rest, bits);
    acb_add(factor, factor, sine, bits);
    acb_div(factor, factor, pi, bits);
    acb_add_ui(factor, factor, 1, bits);
    acb_sin(sine, theta, bits);
    acb_mul_2exp_si(sine, sine, -1);
    acb_mul(factor, factor, sine, bits);
    acb_zero(rest);
    acb_set_si(phi, degree);
    acb_hypgeom_legendre_p(cosine, phi, rest, t, 0, bits);
    acb_mul(result, factor, cosine, bits);
    for (acb_ptr x : {phi, sine, cosine, rest, pi, t, factor}) acb_clear(x);
    return 0;
}

void print_eigenvalue(slong degree, slong digits) {
    const double bits_per_digit = 3.3219280948873627;
    const slong goal = static_cast<slong>(bits_per_digit * static_cast<double>(digits)) + 8;
    // mu_k falls like k^-3: 40 bits below kappa(1) are enough for every degree up to 1000.
    const slong guard = 48;
    acb_t value, from, to;
    for (acb_ptr x : {value, from, to}) acb_init(x);
    mag_t tolerance;
    mag_init(tolerance);
    mag_set_ui_2exp_si(tolerance, 1, -(goal + guard));
    // P_k on complex rectangles loses up to a bit per degree; with fewer bits the integrator bisects for minutes.
    for (slong bits = goal + guard + degree;; bits *= 2) {
        acb_const_pi(to, bits);
        acb_calc_integrate(value, integrand, &degree, from, to, goal + 16, tolerance, nullptr, bits);
        // The status is no promise (it says success with too few bits): only the radius counts.
        if (arb_rel_accuracy_bits(acb_realref(value)) >= goal || bits > 4 * goal) break;
    }
    char* midpoint = arb_get_str(acb_realref(value), digits + 12, ARB_STR_NO_RADIUS | ARB_STR_MORE);
    mag_t radius;
    mag_init(radius);
    mag_set(radius, arb_radref(acb_realref(value)));
    std::printf("%ld %s ", static_cast<long>(degree), midpoint);
    mag_print(radius);
    std::printf("\n");
    flint_free(midpoint);
    mag_clear(radius);
    mag_clear(tolerance);
    for (acb_ptr x : {value, from, to}) acb_clear(x);
}

}  // namespace

int main(int argument_count, char** arguments) {
    if (argument_count != 5) {
        std::fprintf(stderr, "usage: %s DIGITS FIRST LAST STEP\n", arguments[0]);
        return 2;
    }
    const slong digits = std::atol(arguments[1]);
    const slong step = std::atol(arguments[4]);
    if (digits < 1 || step < 1) return 2;
    for (slong degree = std::atol(arguments[2]); degree <= std::atol(arguments[3]); degree += step) {
        print_eigenvalue(degree, digits);
    }
    flint_cleanup();
    return 0;
}
