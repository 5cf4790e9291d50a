// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/kernel/kernel.hpp"
#include "ntk/numeric/random.hpp"
#include "tests/lib/golden.hpp"

#include <doctest/doctest.h>

#include <Eigen/Dense>

#include <cmath>
#include <string>
#include <vector>

/// Random finite networks, written here without a look at the kernel: forward pass, gradients by backpropagation, and
/// the empirical NTK as the sum over all parameters.
///
/// One hidden layer: the mean over networks is kappa at every width. More layers: it is kappa + c_1/n + c_2/n^2 + ...
/// in the width n, so the widths n, 2n, 4n with means K_1, K_2, K_4 are combined to B = (8 K_4 - 6 K_2 + K_1)/3, free
/// of c_1 and c_2; what B lacks is taken to be at most |B - A|, A = 2 K_4 - K_2 the combination of one order less. That
/// is a usual estimate of an extrapolation, not a bound. A comparison fails beyond 6 standard errors of B plus |B - A|.
/// For a normal mean whose extrapolation error obeys that estimate, a false alarm has probability below 2e-9, and below
/// 1e-6 for all of the at most 250 comparisons. The seeds are fixed: a test that passes always passes.
using namespace ntk;

namespace {

class FiniteNetwork {
public:
    FiniteNetwork(const KernelSpec& spec, int width, std::uint64_t seed)
        : spec_(spec), width_(width), stream_(seed, "monte carlo") {}

    /// The empirical kernel of a fresh network at two points of the unit circle with <x,x'> = cosine. The laws are
    /// rotation invariant, so that only the plane of the two points matters.
    double kernel(double cosine) {
        const Eigen::Vector2d first(1, 0), second(cosine, std::sqrt(1 - cosine * cosine));
        forward(first, second);
        const bool value_part = spec_.part != KernelPart::gradient, gradient_part = spec_.part != KernelPart::nngp;
        double sum = spec_.output_bias ? 1 : 0;
        if (value_part) sum += layer_mean(values_.back(), spec_.layers.size() - 1);
        if (gradient_part) sum += gradient_products(cosine);
        return sum;
    }

private:
    /// Column 0 and 1 belong to the two points.
    using Pair = Eigen::Matrix<double, Eigen::Dynamic, 2>;

    double normal() { return stream_.normal(next_++); }

    Eigen::MatrixXd draw(Eigen::Index rows, Eigen::Index columns) {
        Eigen::MatrixXd drawn(rows, columns);
        for (Eigen::Index i = 0; i < drawn.size(); ++i) drawn.data()[i] = normal();
        return drawn;
    }

    Eigen::VectorXd draw_vector() {
        Eigen::VectorXd drawn(width_);
        for (double& number : drawn) number = normal();
        return drawn;
    }

    double weight_variance(std::size_t layer) const { return spec_.layers[layer].weight_variance.convert_to<double>(); }

    /// sigma_w^2 mean_i h_i h'_i.
    double layer_mean(const Pair& values, std::size_t layer) const {
        return weight_variance(layer) * values.col(0).dot(values.col(1)) / width_;
    }

    void forward(const Eigen::Vector2d& first, const Eigen::Vector2d& second) {
        Eigen::Matrix2d inputs;
        inputs << first, second;
        weights_ = {draw(width_, 2)};
        Pair z = weights_.front() * inputs;
        for (std::size_t l = 0;; ++l) {
            const double deviation = std::sqrt(spec_.layers[l].bias_variance.convert_to<double>());
            const Eigen::VectorXd biases = deviation * draw_vector();
            z.colwise() += biases;
            Pair value(width_, 2), derivative(width_, 2);
            for (Eigen::Index i = 0; i < z.size(); ++i) {
                value.data()[i] = spec_.activation->value(z.data()[i]);
                derivative.data()[i] = spec_.activation->derivative(z.data()[i]);
            }
            values_.push_back(value);
            derivatives_.push_back(derivative);
            if (l + 1 == spec_.layers.size()) return;
            weights_.emplace_back(std::sqrt(weight_variance(l) / width_) * draw(width_, width_));
            z = weights_.back() * value;
        }
    }

    /// Sum over hidden layers of <df/dz, df'/dz> (<inputs of the layer> + 1_bias).
    double gradient_products(double cosine) {
        const std::size_t last = spec_.layers.size() - 1;
        const double scale =
            std::sqrt(weight_variance(last) * spec_.output_weight_variance.convert_to<double>() / width_);
        const Eigen::VectorXd output_weights = scale * draw_vector();
        Pair gradient = output_weights.asDiagonal() * derivatives_.back();
        double sum = 0;
        for (std::size_t l = last;; --l) {
            const double inputs = l == 0 ? cosine : layer_mean(values_[l - 1], l - 1);
            sum += gradient.col(0).dot(gradient.col(1)) * (inputs + (spec_.train_bias ? 1 : 0));
            if (l == 0) return sum;
            const Pair carried = weights_[l].transpose() * gradient;
            gradient = carried.cwiseProduct(derivatives_[l - 1]);
        }
    }

    KernelSpec spec_;
    int width_;
    RandomStream stream_;
    std::uint64_t next_ = 0;
    std::vector<Eigen::MatrixXd> weights_;
    std::vector<Pair> values_, derivatives_;
};

struct Mean {
    double value, standard_error;
};

Mean mean_kernel(const KernelSpec& spec, int width, int networks, double cosine) {
    double sum = 0, squares = 0;
    for (int i = 0; i < networks; ++i) {
        const std::uint64_t seed = 1'000'000 * static_cast<std::uint64_t>(width) + static_cast<std::uint64_t>(i);
        const double one = FiniteNetwork(spec, width, seed).kernel(cosine);
        sum += one;
        squares += one * one;
    }
    const double mean = sum / networks;
    return {mean, std::sqrt((squares / networks - mean * mean) / (networks - 1))};
}

constexpr double allowed_errors = 6;

/// The distance from kappa in units of what is allowed; beyond 1 the networks contradict the kernel.
double disagreement(const KernelSpec& networks_of, const Kernel& kernel, double cosine) {
    const int width = 16;
    const int networks = test::full_size() ? 2000 : 120;
    const double kappa = kernel.at(cosine);
    const Mean wide = mean_kernel(networks_of, 4 * width, networks, cosine);
    if (networks_of.layers.size() == 1) return std::abs(wide.value - kappa) / (allowed_errors * wide.standard_error);
    const Mean middle = mean_kernel(networks_of, 2 * width, networks, cosine);
    const Mean narrow = mean_kernel(networks_of, width, networks, cosine);
    const double first_order = 2 * wide.value - middle.value;
    const double second_order = (8 * wide.value - 6 * middle.value + narrow.value) / 3;
    const double standard_error =
        std::hypot(8 * wide.standard_error, 6 * middle.standard_error, narrow.standard_error) / 3;
    const double allowed = allowed_errors * standard_error + std::abs(second_order - first_order);
    return std::abs(second_order - kappa) / allowed;
}

/// Layers that all differ. Activations that grow fast get small weights, which keeps the fourth moments of the kernel
/// small enough for a normal mean.
KernelSpec spec_of(const std::string& activation, int depth) {
    KernelSpec spec;
    spec.activation = make_activation(activation);
    const bool grows = activation.rfind("relu-power", 0) == 0 || activation.rfind("polynomial", 0) == 0;
    const Rational scale(1, grows ? 6 : 1);
    const std::vector<Layer> layers = {
        {Rational(1, 2), scale}, {Rational(1, 4), Rational(3 * scale / 2)}, {Rational(1, 8), Rational(4 * scale / 3)}};
    spec.layers.assign(layers.begin(), layers.begin() + depth);
    spec.train_bias = true;
    spec.output_bias = spec.activation->has_gradient();
    spec.output_weight_variance = Rational(5, 4);
    if (!spec.activation->has_gradient()) spec.part = KernelPart::nngp;
    return spec;
}

const std::vector<std::string> activations = {
    "relu",       "relu-power:2", "leaky-relu:1/5", "step", "erf", "tanh",     "sigmoid",
    "softplus:2", "gelu",         "silu",           "sin",  "cos", "gaussian", "polynomial:1/2,1,1/4"};

}  // namespace

TEST_CASE("random networks of one, two and three hidden layers have the kernel as their mean, for every activation") {
    for (const std::string& activation : activations) {
        for (int depth = 1; depth <= 3; ++depth) {
            KernelSpec spec = spec_of(activation, depth);
            for (const double cosine : {0.6, -0.35}) {
                CAPTURE(activation);
                CAPTURE(depth);
                CAPTURE(cosine);
                CHECK(disagreement(spec, Kernel(spec), cosine) <= 1);
            }
            if (!test::full_size()) continue;
            spec.output_bias = false;
            for (const KernelPart part : {KernelPart::nngp, KernelPart::gradient}) {
                if (part == KernelPart::gradient && !spec.activation->has_gradient()) continue;
                spec.part = part;
                CHECK(disagreement(spec, Kernel(spec), 0.25) <= 1);
            }
        }
    }
}

TEST_CASE("the random networks contradict a kernel with another weight variance or without the training of biases") {
    for (const std::string activation : {"erf", "tanh"}) {
        for (int depth = 1; depth <= 3; ++depth) {
            const KernelSpec spec = spec_of(activation, depth);
            std::vector<KernelSpec> wrong(2, spec);
            // The full size resolves an error of a quarter in one variance, the short form only gross ones.
            wrong[0].layers.back().weight_variance *= test::full_size() ? Rational(5, 4) : Rational(3);
            wrong[1].train_bias = false;
            for (const KernelSpec& other : wrong) {
                CAPTURE(activation);
                CAPTURE(depth);
                CAPTURE(Kernel(other).description());
                CHECK(disagreement(spec, Kernel(other), 0.6) > 1);
            }
        }
    }
}
