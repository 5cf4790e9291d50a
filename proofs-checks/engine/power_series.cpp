// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/engine/power_series.hpp"

#include <algorithm>
#include <stdexcept>

namespace ntk::proofs {
namespace {

Rational factorial(unsigned n) {
    Rational product = 1;
    for (unsigned i = 2; i <= n; ++i) product *= i;
    return product;
}

FreeElement scaled(const FreeElement& x, const Rational& factor) { return FreeElement(RationalFunction(factor)) * x; }

}  // namespace

PowerSeries::PowerSeries(std::vector<FreeElement> coefficients) : coefficients_(std::move(coefficients)) {
    if (coefficients_.empty()) throw std::domain_error("PowerSeries: no coefficients: expected at least one");
}

PowerSeries PowerSeries::constant(const FreeElement& value, unsigned order) {
    std::vector<FreeElement> coefficients(order + 1);
    coefficients[0] = value;
    return PowerSeries(std::move(coefficients));
}

PowerSeries PowerSeries::exponential(const FreeElement& x, unsigned order) {
    std::vector<FreeElement> coefficients{FreeElement(1)};
    for (unsigned i = 1; i <= order; ++i) coefficients.push_back(scaled(coefficients.back() * x, Rational(1) / i));
    return PowerSeries(std::move(coefficients));
}

const FreeElement& PowerSeries::coefficient(unsigned i) const {
    if (i > order()) {
        throw std::domain_error("PowerSeries::coefficient: " + std::to_string(i) + ": expected at most the order " +
                                std::to_string(order()));
    }
    return coefficients_[i];
}

PowerSeries PowerSeries::derivative() const {
    if (order() == 0) throw std::domain_error("PowerSeries::derivative: of a series of order 0 nothing is known");
    std::vector<FreeElement> result;
    for (unsigned i = 1; i <= order(); ++i) result.push_back(scaled(coefficients_[i], Rational(i)));
    return PowerSeries(std::move(result));
}

PowerSeries PowerSeries::integral() const {
    std::vector<FreeElement> result{FreeElement()};
    for (unsigned i = 0; i <= order(); ++i) result.push_back(scaled(coefficients_[i], Rational(1) / (i + 1)));
    return PowerSeries(std::move(result));
}

PowerSeries operator-(const PowerSeries& x) {
    std::vector<FreeElement> result;
    for (const FreeElement& coefficient : x.coefficients_) result.push_back(-coefficient);
    return PowerSeries(std::move(result));
}

PowerSeries operator+(const PowerSeries& x, const PowerSeries& y) {
    std::vector<FreeElement> result;
    for (unsigned i = 0; i <= std::min(x.order(), y.order()); ++i) {
        result.push_back(x.coefficients_[i] + y.coefficients_[i]);
    }
    return PowerSeries(std::move(result));
}

PowerSeries operator-(const PowerSeries& x, const PowerSeries& y) { return x + (-y); }

PowerSeries operator*(const PowerSeries& x, const PowerSeries& y) {
    std::vector<FreeElement> result(std::min(x.order(), y.order()) + 1);
    for (unsigned i = 0; i < result.size(); ++i) {
        for (unsigned j = 0; j <= i; ++j) result[i] += x.coefficients_[j] * y.coefficients_[i - j];
    }
    return PowerSeries(std::move(result));
}

PowerSeries convolution(const PowerSeries& x, const PowerSeries& y) {
    std::vector<FreeElement> result(std::min(x.order(), y.order()) + 2);
    for (unsigned n = 1; n < result.size(); ++n) {
        for (unsigned i = 0; i < n; ++i) {
            const unsigned j = n - 1 - i;
            result[n] += scaled(x.coefficient(i) * y.coefficient(j), factorial(i) * factorial(j) / factorial(n));
        }
    }
    return PowerSeries(std::move(result));
}

PowerSeries linear_flow(const PowerSeries& kernel, const FreeElement& start) {
    std::vector<FreeElement> r{start};
    for (unsigned i = 0; i <= kernel.order(); ++i) {
        FreeElement sum;
        for (unsigned j = 0; j <= i; ++j) sum += kernel.coefficient(j) * r[i - j];
        r.push_back(scaled(sum, Rational(-1) / (i + 1)));
    }
    return PowerSeries(std::move(r));
}

}  // namespace ntk::proofs
