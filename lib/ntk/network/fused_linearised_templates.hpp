// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/network/fused_templates.hpp"

#if defined(__AVX512F__) || (defined(__AVX2__) && defined(__FMA__))

namespace ntk::fused {

template <class Lanes, int unrolled, class Function>
void keep_all(const Function& function, const Sample& sample, const Neurons& neurons, const KeptActivations& kept) {
    using P = Pack<Lanes>;
    const int dim = unrolled > 0 ? unrolled : sample.dim;
    for (long l = 0; l < neurons.count; l += P::size) {
        const Weights<Lanes, unrolled> weights(neurons, l);
        for (long j = 0; j < sample.count; ++j) {
            const long at = l * sample.count + j * P::size;
            const P z = weights.preactivations(sample.points + j * dim, dim);
            const P keep = function.kept(z);
            function.value(z, keep).store(kept.values + at);
            (function.derivative(z, keep) * P(Function::derivative_scale)).store(kept.slopes + at);
            z.store(kept.curvatures + at);
        }
    }
}

template <class Lanes>
void keep(const VectorKernel& kernel, const Sample& sample, const Neurons& neurons, const KeptActivations& kept) {
    vector_functions::with_function(kernel, [&](const auto& function) {
        with_dim(sample.dim, [&]<int unrolled>() { keep_all<Lanes, unrolled>(function, sample, neurons, kept); });
    });
}

template <class Lanes, int unrolled>
void kept_tangent_all(const Sample& sample, const KeptActivations& kept, const Neurons& neurons, const Neurons& change,
                      double* sums) {
    using P = Pack<Lanes>;
    const int dim = unrolled > 0 ? unrolled : sample.dim;
    for (long l = 0; l < neurons.count; l += P::size) {
        const Weights<Lanes, unrolled> along(change, l);
        const P output = P::load(neurons.output_weights + l), output_change = P::load(change.output_weights + l);
        for (long j = 0; j < sample.count; ++j) {
            const long at = l * sample.count + j * P::size;
            const P slope = P::load(kept.slopes + at) * along.preactivations(sample.points + j * dim, dim);
            const P term = fma(output, slope, output_change * P::load(kept.values + at));
            double* sum = sums + j * Lanes::count;
            Lanes::store(sum, Lanes::load(sum) + ((term.part[0] + term.part[1]) + (term.part[2] + term.part[3])));
        }
    }
}

template <class Lanes>
void kept_tangent(const Sample& sample, const KeptActivations& kept, const Neurons& neurons, const Neurons& change,
                  double* sums, double* values) {
    with_dim(sample.dim,
             [&]<int unrolled>() { kept_tangent_all<Lanes, unrolled>(sample, kept, neurons, change, sums); });
    for (long j = 0; j < sample.count; ++j) values[j] = Lanes::sum(Lanes::load(sums + j * Lanes::count));
}

template <class Lanes, int unrolled>
void second_order_all(const Sample& sample, const KeptActivations& kept, const Neurons& neurons, const Neurons& change,
                      const double* by_change, const double* by_residual, double* gradient) {
    using P = Pack<Lanes>;
    const int dim = unrolled > 0 ? unrolled : sample.dim;
    for (long l = 0; l < neurons.count; l += P::size) {
        const Weights<Lanes, unrolled> along(change, l);
        const P output = P::load(neurons.output_weights + l), output_change = P::load(change.output_weights + l);
        double* to = gradient + l;
        SampleSums<Lanes, unrolled> by_weights(to + neurons.count, neurons.count, dim);
        P by_output(0), by_bias(0);
        for (long j = 0; j < sample.count; j += sample_step) {
            const double* points = sample.points + j * dim;
            Slopes<Lanes> slopes[sample_step];
#pragma GCC unroll 4
            for (int u = 0; u < sample_step; ++u) {
                const long at = l * sample.count + (j + u) * P::size;
                const P dz = along.preactivations(points + u * dim, dim);
                const P slope = P::load(kept.slopes + at);
                const P changed(by_change[j + u]), residual(by_residual[j + u]);
                const P weighted = residual * slope;
                by_output = fma(changed, P::load(kept.values + at), by_output);
                by_output = fma(weighted, dz, by_output);
                const P bent = fma(residual * P::load(kept.curvatures + at), dz, changed * slope);
                slopes[u].values = fma(output, bent, output_change * weighted);
                by_bias = by_bias + slopes[u].values;
                if constexpr (unrolled > 0) by_weights.add(slopes[u], points + u * dim);
            }
            if constexpr (unrolled == 0) by_weights.add(slopes, points);
        }
        by_weights.finish();
        by_output.store(to);
        by_bias.store(to + (1 + dim) * neurons.count);
    }
}

template <class Lanes>
void second_order(const Sample& sample, const KeptActivations& kept, const Neurons& neurons, const Neurons& change,
                  const double* by_change, const double* by_residual, double* gradient) {
    with_dim(sample.dim, [&]<int unrolled>() {
        second_order_all<Lanes, unrolled>(sample, kept, neurons, change, by_change, by_residual, gradient);
    });
}

}  // namespace ntk::fused
#endif
