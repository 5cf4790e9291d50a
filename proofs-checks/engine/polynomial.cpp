// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/engine/polynomial.hpp"

#include <flint/fmpq.h>
#include <flint/fmpq_mpoly.h>

#include <algorithm>
#include <stdexcept>

namespace ntk::proofs {

namespace {

/// An fmpq that frees itself.
class FlintRational {
public:
    FlintRational() { fmpq_init(value_); }
    explicit FlintRational(const Rational& value) : FlintRational() { fmpq_set_mpq(value_, value.backend().data()); }
    ~FlintRational() { fmpq_clear(value_); }
    FlintRational(const FlintRational&) = delete;
    FlintRational& operator=(const FlintRational&) = delete;

    fmpq* get() { return value_; }
    Rational to_rational() const {
        Rational result;
        fmpq_get_mpq(result.backend().data(), value_);
        return result;
    }

private:
    fmpq_t value_;
};

}  // namespace

/// The symbols of a polynomial, sorted; never none, as FLINT is spared rings without symbols.
class Polynomial::Ring {
public:
    explicit Ring(std::vector<std::string> symbols) : names(std::move(symbols)) {
        fmpq_mpoly_ctx_init(context_, static_cast<slong>(std::max<std::size_t>(names.size(), 1)), ORD_DEGREVLEX);
    }
    ~Ring() { fmpq_mpoly_ctx_clear(context_); }
    Ring(const Ring&) = delete;
    Ring& operator=(const Ring&) = delete;

    const fmpq_mpoly_ctx_struct* context() const { return context_; }
    /// The number of symbols as FLINT counts them.
    std::size_t size() const { return std::max<std::size_t>(names.size(), 1); }
    std::optional<std::size_t> index(const std::string& name) const {
        const auto place = std::lower_bound(names.begin(), names.end(), name);
        if (place == names.end() || *place != name) return std::nullopt;
        return static_cast<std::size_t>(place - names.begin());
    }

    const std::vector<std::string> names;

private:
    fmpq_mpoly_ctx_t context_;
};

class Polynomial::Data {
public:
    explicit Data(std::shared_ptr<const Ring> its_ring) : ring(std::move(its_ring)) {
        fmpq_mpoly_init(value_, ring->context());
    }
    ~Data() { fmpq_mpoly_clear(value_, ring->context()); }
    Data(const Data&) = delete;
    Data& operator=(const Data&) = delete;

    fmpq_mpoly_struct* get() { return value_; }
    const fmpq_mpoly_struct* get() const { return value_; }
    const fmpq_mpoly_ctx_struct* context() const { return ring->context(); }

    const std::shared_ptr<const Ring> ring;

private:
    fmpq_mpoly_t value_;
};

Polynomial::Polynomial() : Polynomial(0L) {}

Polynomial::Polynomial(long value) : Polynomial(Rational(value)) {}

Polynomial::Polynomial(const Rational& value) {
    const auto data = std::make_shared<Data>(std::make_shared<Ring>(std::vector<std::string>{}));
    FlintRational number(value);
    fmpq_mpoly_set_fmpq(data->get(), number.get(), data->context());
    data_ = data;
}

Polynomial Polynomial::symbol(const std::string& name) {
    if (name.empty()) throw std::domain_error("Polynomial::symbol: name = \"\": expected a non-empty name");
    const auto data = std::make_shared<Data>(std::make_shared<Ring>(std::vector<std::string>{name}));
    fmpq_mpoly_gen(data->get(), 0, data->context());
    return Polynomial(Pointer(data));
}

Polynomial::Pointer Polynomial::in_ring(const Pointer& data, const std::shared_ptr<const Ring>& ring) {
    if (data->ring == ring) return data;
    std::vector<slong> places(data->ring->size(), 0);
    for (std::size_t i = 0; i < data->ring->names.size(); ++i) {
        places[i] = static_cast<slong>(*ring->index(data->ring->names[i]));
    }
    const auto moved = std::make_shared<Data>(ring);
    fmpq_mpoly_compose_fmpq_mpoly_gen(moved->get(), data->get(), places.data(), data->context(), ring->context());
    return moved;
}

std::pair<Polynomial::Pointer, Polynomial::Pointer> Polynomial::in_common_ring(const Polynomial& x,
                                                                               const Polynomial& y) {
    const std::shared_ptr<const Ring>& left = x.data_->ring;
    const std::shared_ptr<const Ring>& right = y.data_->ring;
    const auto includes = [](const Ring& large, const Ring& small) {
        return std::includes(large.names.begin(), large.names.end(), small.names.begin(), small.names.end());
    };
    if (includes(*left, *right)) return {x.data_, in_ring(y.data_, left)};
    if (includes(*right, *left)) return {in_ring(x.data_, right), y.data_};
    std::vector<std::string> names;
    std::set_union(left->names.begin(), left->names.end(), right->names.begin(), right->names.end(),
                   std::back_inserter(names));
    const auto ring = std::make_shared<const Ring>(names);
    return {in_ring(x.data_, ring), in_ring(y.data_, ring)};
}

bool Polynomial::is_zero() const { return fmpq_mpoly_is_zero(data_->get(), data_->context()) != 0; }

bool Polynomial::is_constant() const { return fmpq_mpoly_is_fmpq(data_->get(), data_->context()) != 0; }

Rational Polynomial::constant() const {
    if (!is_constant()) throw std::domain_error("Polynomial::constant: " + to_string(*this) + " is not a number");
    FlintRational number;
    fmpq_mpoly_get_fmpq(number.get(), data_->get(), data_->context());
    return number.to_rational();
}

std::vector<std::string> Polynomial::symbols() const {
    std::vector<std::string> found;
    for (const std::string& name : data_->ring->names) {
        if (degree(name) > 0) found.push_back(name);
    }
    return found;
}

unsigned Polynomial::degree(const std::string& name) const {
    const std::optional<std::size_t> place = data_->ring->index(name);
    if (!place || is_zero()) return 0;
    return static_cast<unsigned>(fmpq_mpoly_degree_si(data_->get(), static_cast<slong>(*place), data_->context()));
}

Polynomial Polynomial::coefficient(const std::string& name, unsigned power) const {
    const std::optional<std::size_t> place = data_->ring->index(name);
    if (!place) return power == 0 ? *this : Polynomial();
    const auto result = std::make_shared<Data>(data_->ring);
    const slong variable = static_cast<slong>(*place);
    const ulong exponent = power;
    fmpq_mpoly_get_coeff_vars_ui(result->get(), data_->get(), &variable, &exponent, 1, data_->context());
    return Polynomial(Pointer(result));
}

std::vector<Polynomial::Term> Polynomial::terms() const {
    std::vector<Term> result;
    std::vector<ulong> exponents(data_->ring->size());
    const slong length = fmpq_mpoly_length(data_->get(), data_->context());
    for (slong i = 0; i < length; ++i) {
        FlintRational number;
        fmpq_mpoly_get_term_coeff_fmpq(number.get(), data_->get(), i, data_->context());
        fmpq_mpoly_get_term_exp_ui(exponents.data(), data_->get(), i, data_->context());
        Term term{number.to_rational(), {}};
        for (std::size_t j = 0; j < data_->ring->names.size(); ++j) {
            if (exponents[j] > 0) term.exponents[data_->ring->names[j]] = static_cast<unsigned>(exponents[j]);
        }
        result.push_back(std::move(term));
    }
    return result;
}

bool Polynomial::has_nonnegative_coefficients() const {
    const std::vector<Term> all = terms();
    return std::all_of(all.begin(), all.end(), [](const Term& term) { return term.coefficient >= 0; });
}

Polynomial Polynomial::substitute(const std::map<std::string, Polynomial>& values) const {
    const std::vector<std::string>& names = data_->ring->names;
    if (names.empty()) return *this;
    std::vector<Polynomial> images;
    std::vector<std::string> all;
    for (const std::string& name : names) {
        const auto place = values.find(name);
        images.push_back(place == values.end() ? symbol(name) : place->second);
        const std::vector<std::string>& more = images.back().data_->ring->names;
        all.insert(all.end(), more.begin(), more.end());
    }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    const auto ring = std::make_shared<const Ring>(all);
    std::vector<Pointer> kept;
    std::vector<fmpq_mpoly_struct*> pointers;
    for (const Polynomial& image : images) {
        kept.push_back(in_ring(image.data_, ring));
        // FLINT takes an array of pointers to what it only reads.
        pointers.push_back(const_cast<fmpq_mpoly_struct*>(kept.back()->get()));
    }
    const auto result = std::make_shared<Data>(ring);
    if (fmpq_mpoly_compose_fmpq_mpoly(result->get(), data_->get(), pointers.data(), data_->context(),
                                      ring->context()) == 0) {
        throw std::overflow_error("Polynomial::substitute: the result is too large");
    }
    return Polynomial(Pointer(result));
}

Rational Polynomial::evaluate(const Point& point) const {
    Rational sum = 0;
    for (const Term& term : terms()) {
        Rational product = term.coefficient;
        for (const auto& [name, exponent] : term.exponents) {
            const auto place = point.find(name);
            if (place == point.end()) throw std::domain_error("Polynomial::evaluate: no value for the symbol " + name);
            for (unsigned i = 0; i < exponent; ++i) product *= place->second;
        }
        sum += product;
    }
    return sum;
}

Polynomial Polynomial::derivative(const std::string& name) const {
    const std::optional<std::size_t> place = data_->ring->index(name);
    if (!place) return {};
    const auto result = std::make_shared<Data>(data_->ring);
    fmpq_mpoly_derivative(result->get(), data_->get(), static_cast<slong>(*place), data_->context());
    return Polynomial(Pointer(result));
}

Polynomial& Polynomial::operator+=(const Polynomial& other) { return *this = *this + other; }
Polynomial& Polynomial::operator-=(const Polynomial& other) { return *this = *this - other; }
Polynomial& Polynomial::operator*=(const Polynomial& other) { return *this = *this * other; }

Polynomial operator-(const Polynomial& x) {
    const auto result = std::make_shared<Polynomial::Data>(x.data_->ring);
    fmpq_mpoly_neg(result->get(), x.data_->get(), result->context());
    return Polynomial(Polynomial::Pointer(result));
}

Polynomial operator+(const Polynomial& x, const Polynomial& y) {
    const auto [left, right] = Polynomial::in_common_ring(x, y);
    const auto result = std::make_shared<Polynomial::Data>(left->ring);
    fmpq_mpoly_add(result->get(), left->get(), right->get(), result->context());
    return Polynomial(Polynomial::Pointer(result));
}

Polynomial operator-(const Polynomial& x, const Polynomial& y) {
    const auto [left, right] = Polynomial::in_common_ring(x, y);
    const auto result = std::make_shared<Polynomial::Data>(left->ring);
    fmpq_mpoly_sub(result->get(), left->get(), right->get(), result->context());
    return Polynomial(Polynomial::Pointer(result));
}

Polynomial operator*(const Polynomial& x, const Polynomial& y) {
    const auto [left, right] = Polynomial::in_common_ring(x, y);
    const auto result = std::make_shared<Polynomial::Data>(left->ring);
    fmpq_mpoly_mul(result->get(), left->get(), right->get(), result->context());
    return Polynomial(Polynomial::Pointer(result));
}

bool operator==(const Polynomial& x, const Polynomial& y) {
    const auto [left, right] = Polynomial::in_common_ring(x, y);
    return fmpq_mpoly_equal(left->get(), right->get(), left->context()) != 0;
}

Polynomial pow(const Polynomial& x, int exponent) {
    if (exponent < 0) throw std::domain_error("pow: exponent = " + std::to_string(exponent) + ": expected one >= 0");
    const auto result = std::make_shared<Polynomial::Data>(x.data_->ring);
    if (fmpq_mpoly_pow_ui(result->get(), x.data_->get(), static_cast<ulong>(exponent), result->context()) == 0) {
        throw std::overflow_error("pow: the power of a polynomial is too large");
    }
    return Polynomial(Polynomial::Pointer(result));
}

Polynomial gcd(const Polynomial& x, const Polynomial& y) {
    const auto [left, right] = Polynomial::in_common_ring(x, y);
    const auto result = std::make_shared<Polynomial::Data>(left->ring);
    if (fmpq_mpoly_gcd(result->get(), left->get(), right->get(), result->context()) == 0) {
        throw std::overflow_error("gcd: the polynomials are too large");
    }
    return Polynomial(Polynomial::Pointer(result));
}

std::optional<Polynomial> quotient(const Polynomial& x, const Polynomial& y) {
    if (y.is_zero()) throw std::domain_error("quotient: division of a polynomial by zero");
    const auto [left, right] = Polynomial::in_common_ring(x, y);
    const auto result = std::make_shared<Polynomial::Data>(left->ring);
    if (fmpq_mpoly_divides(result->get(), left->get(), right->get(), result->context()) == 0) return std::nullopt;
    return Polynomial(Polynomial::Pointer(result));
}

Rational leading_coefficient(const Polynomial& x) {
    if (x.is_zero()) return 0;
    FlintRational number;
    fmpq_mpoly_get_term_coeff_fmpq(number.get(), x.data_->get(), 0, x.data_->context());
    return number.to_rational();
}

std::string to_string(const Polynomial& x) {
    std::string text;
    for (const Polynomial::Term& term : x.terms()) {
        const bool negative = term.coefficient < 0;
        const Rational size = negative ? Rational(-term.coefficient) : term.coefficient;
        text += text.empty() ? (negative ? "-" : "") : (negative ? " - " : " + ");
        std::string product = size == 1 && !term.exponents.empty() ? "" : to_string(size);
        for (const auto& [name, exponent] : term.exponents) {
            product += (product.empty() ? "" : "*") + name + (exponent > 1 ? "^" + std::to_string(exponent) : "");
        }
        text += product;
    }
    return text.empty() ? "0" : text;
}

}  // namespace ntk::proofs
