// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/flow/gradient_descent.hpp"

#include "ntk/flow/descent_bookkeeping.hpp"
#include "ntk/network/gram_spectrum.hpp"
#include "ntk/numeric/errors.hpp"
#include "ntk/numeric/message_number.hpp"
#include "ntk/numeric/random.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <stdexcept>

namespace ntk {
namespace {

constexpr long steps_between_progress = 64;

void require(bool condition, const std::string& what) {
    if (!condition) throw std::domain_error("gradient_descent: " + what);
}

void require_valid(const Network& network, const Eigen::VectorXd& start, const Eigen::VectorXd& labels,
                   const DescentOptions& options) {
    const Eigen::Index n = network.sample_count();
    require(start.size() == network.shape().parameter_count() && labels.size() == n,
            std::to_string(start.size()) + " parameters and " + std::to_string(labels.size()) + " labels: expected " +
                std::to_string(network.shape().parameter_count()) + " and " + std::to_string(n));
    require(start.allFinite() && labels.allFinite(), "parameters and labels must be finite");
    require(options.step > 0 && std::isfinite(options.step),
            "step = " + message_number(options.step) + ": must be finite and > 0");
    require(!options.record_steps.empty() && options.first_step >= 0 &&
                std::is_sorted(options.record_steps.begin(), options.record_steps.end()) &&
                options.record_steps.front() >= options.first_step,
            "record_steps: expected increasing numbers >= first_step >= 0");
    require(options.batch_size >= 0 && options.batch_size <= n,
            "batch_size = " + std::to_string(options.batch_size) + ": expected 0 to " + std::to_string(n));
    require(options.remainder_nodes == 0 || (options.remainder_nodes >= 2 && network.activation().kinks().empty()),
            "remainder_nodes = " + std::to_string(options.remainder_nodes) + " with " + network.activation().name() +
                ": expected 0, or at least 2 and an activation without kinks");
}

class Descent {
public:
    Descent(const Network& network, const Eigen::VectorXd& start, const Eigen::VectorXd& labels,
            const DescentOptions& options)
        : network_(network), labels_(labels), options_(options), theta_(start), index_(options.first_step) {
        if (options.check_stability) run_.stability = descent_stability(network, start, options.step);
        if (options.observe) bookkeeping_.emplace(network, labels, options.step, options.remainder_nodes);
        run_.step = options.step;
        run_.batch_size = options.batch_size;
    }

    DescentRun make() {
        for (const long wanted : options_.record_steps) {
            while (index_ < wanted) take_step();
            run_.steps.push_back(wanted);
            run_.parameters.push_back(theta_);
        }
        return std::move(run_);
    }

private:
    /// Parameters near the end of the range of a double are finite and too large for the network.
    void take_step() {
        try {
            advance();
        } catch (const std::domain_error& error) {
            stop(index_ + 1, std::string("a value is not finite (") + error.what() + ")");
        }
    }

    void advance() {
        const bool whole = options_.batch_size == 0;
        const bool both = !whole && (options_.record_noise || bookkeeping_);
        Eigen::VectorXd full, used;
        if (whole || both) full = gradient(network_, labels_);
        if (!whole) used = batch_gradient();
        const Eigen::VectorXd& taken = whole ? full : used;
        Eigen::VectorXd next = theta_ - options_.step * taken;
        if (!next.allFinite()) stop(index_ + 1, "the parameters are not finite");
        if (options_.record_noise) run_.noise.push_back(whole ? 0 : (used - full).norm());
        if (bookkeeping_) observe(next, whole ? nullptr : &full);
        theta_ = std::move(next);
        ++index_;
        if (options_.progress && index_ % steps_between_progress == 0) options_.progress(index_);
    }

    void observe(const Eigen::VectorXd& next, const Eigen::VectorXd* full) {
        const DescentStep& made = bookkeeping_->step(index_, theta_, next, full);
        if (!made.next_residual.allFinite()) stop(index_ + 1, "the residual is not finite");
        if (!made.remainder.allFinite() || !made.gram_term.allFinite()) {
            stop(index_ + 1, "the change of the residual is not finite");
        }
        options_.observe(made);
    }

    Eigen::VectorXd gradient(const Network& network, const Eigen::VectorXd& labels) const {
        Eigen::VectorXd found = -network.velocity(theta_, labels);
        if (!found.allFinite()) stop(index_, "the gradient is not finite");
        return found;
    }

    Eigen::VectorXd batch_gradient() const {
        const std::vector<Eigen::Index> batch =
            mini_batch(options_.seed, index_, options_.batch_size, network_.sample_count());
        return gradient(network_.on_points(network_.points()(Eigen::all, batch)), labels_(batch));
    }

    [[noreturn]] void stop(long at, const std::string& why) const {
        const std::string& warning = run_.stability.warning;
        throw Unreachable("gradient descent stopped at step " + std::to_string(at) + ": " + why +
                          "; last good state at step " + std::to_string(index_) +
                          (warning.empty() ? "" : " (" + warning + ")"));
    }

    const Network& network_;
    const Eigen::VectorXd& labels_;
    const DescentOptions& options_;
    std::optional<DescentBookkeeping> bookkeeping_;
    Eigen::VectorXd theta_;
    long index_;
    DescentRun run_;
};

}  // namespace

DescentStability descent_stability(const Network& network, const Eigen::VectorXd& theta, double step) {
    // The warning is a matter of a few digits.
    constexpr double tolerance = 1e-6;
    DescentStability found;
    found.largest_eigenvalue = largest_gram_eigenvalue(network, theta, tolerance).largest;
    found.largest_step = 2 / found.largest_eigenvalue;
    if (step > found.largest_step) {
        found.warning = "step " + message_number(step) +
                        " exceeds the stability limit 2/lambda_max(G_0) = " + message_number(found.largest_step) +
                        ": the linearised network diverges";
    }
    return found;
}

std::vector<Eigen::Index> mini_batch(std::uint64_t seed, long step, Eigen::Index size, Eigen::Index samples) {
    if (size < 1 || size > samples || step < 0) {
        throw std::domain_error("mini_batch: step = " + std::to_string(step) + ", size = " + std::to_string(size) +
                                " of " + std::to_string(samples) + ": expected step >= 0 and 1 <= size <= samples");
    }
    const RandomStream stream(seed, "mini-batches");
    const auto first = static_cast<std::uint64_t>(step) * static_cast<std::uint64_t>(size);
    std::vector<Eigen::Index> order(static_cast<std::size_t>(samples));
    std::iota(order.begin(), order.end(), Eigen::Index{0});
    // The first `size` places of a Fisher–Yates shuffle. A uniform number is at most 1 - 2^-53, and its product with a
    // whole number below 2^53 rounds to less than that number.
    for (Eigen::Index i = 0; i < size; ++i) {
        const double place = stream.uniform(first + static_cast<std::uint64_t>(i)) * static_cast<double>(samples - i);
        std::swap(order[static_cast<std::size_t>(i)],
                  order[static_cast<std::size_t>(i + static_cast<Eigen::Index>(place))]);
    }
    order.resize(static_cast<std::size_t>(size));
    std::sort(order.begin(), order.end());
    return order;
}

DescentRun gradient_descent(const Network& network, const Eigen::VectorXd& start, const Eigen::VectorXd& labels,
                            const DescentOptions& options) {
    require_valid(network, start, labels, options);
    return Descent(network, start, labels, options).make();
}

}  // namespace ntk
