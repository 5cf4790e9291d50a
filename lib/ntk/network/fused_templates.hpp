// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/activation/vector_evaluate.hpp"
#include "ntk/network/fused_kernels.hpp"

#if defined(__AVX512F__) || (defined(__AVX2__) && defined(__FMA__))

namespace ntk::fused {

/// Samples that are worked on for all neurons before the next ones: their sums stay in the first-level cache.
inline constexpr long sample_tile = 128;

/// The weights of one pack of neurons: in registers for an unrolled dimension, else read again and again.
template <class Lanes, int unrolled>
struct Weights {
    using P = Pack<Lanes>;
    P weight[unrolled > 0 ? unrolled : 1];
    P bias;
    const double* from;
    long stride;

    NTK_INLINE Weights(const Neurons& neurons, long first)
        : bias(P::load(neurons.biases + first)), from(neurons.weights + first), stride(neurons.count) {
#pragma GCC unroll 8
        for (int i = 0; i < unrolled; ++i) weight[i] = P::load(from + i * stride);
    }

    /// z of these neurons on one sample.
    NTK_INLINE P preactivations(const double* point, int dim) const {
        if constexpr (unrolled > 0) {
            P z = fma(weight[0], P(point[0]), bias);
#pragma GCC unroll 8
            for (int i = 1; i < unrolled; ++i) z = fma(weight[i], P(point[i]), z);
            return z;
        } else {
            P z = bias;
            for (int i = 0; i < dim; ++i) z = fma(P::load(from + i * stride), P(point[i]), z);
            return z;
        }
    }
};

using vector_functions::Memory;

/// Adds sum over the pack of a sigma to one register.
template <class Lanes>
NTK_INLINE void add_output(const Pack<Lanes>& output, const Pack<Lanes>& value, double* sum) {
    auto total = Lanes::fma(output.part[0], value.part[0], Lanes::load(sum));
    auto second = output.part[1] * value.part[1];
    total = Lanes::fma(output.part[2], value.part[2], total);
    second = Lanes::fma(output.part[3], value.part[3], second);
    Lanes::store(sum, total + second);
}

/// One bit for every z of one pack of neurons: a byte per register and sample, register by register.
template <class Lanes, class Byte>
struct Signs {
    using P = Pack<Lanes>;
    Byte* bytes;
    long count;

    NTK_INLINE Signs(Byte* all, long first, long sample_count)
        : bytes(all + first / Lanes::count * sample_count), count(sample_count) {}

    NTK_INLINE void keep(long sample, const P& z) const {
#pragma GCC unroll 4
        for (int i = 0; i < P::registers; ++i) bytes[i * count + sample] = Lanes::positive(z.part[i]);
    }
    NTK_INLINE typename Lanes::Bits at(long sample, int i) const {
        return Lanes::load_bits(bytes + i * count + sample);
    }
};

template <class Lanes>
using KeptSigns = Signs<Lanes, const unsigned char>;

/// The smallest |z| of a pack, or what was smaller before.
template <class Lanes>
NTK_INLINE typename Lanes::Register smallest_magnitude(const Pack<Lanes>& z, typename Lanes::Register before) {
    const auto first = Lanes::smaller_magnitude(z.part[0], z.part[1]);
    const auto second = Lanes::smaller_magnitude(z.part[2], z.part[3]);
    return Lanes::smaller_magnitude(before, Lanes::smaller_magnitude(first, second));
}

/// Returns whether backward can use what was kept.
template <class Lanes, int unrolled, bool keeps, class Function>
bool forward_all(const Function& function, const Sample& sample, const Neurons& neurons, double* kept, double* sums) {
    using P = Pack<Lanes>;
    constexpr bool keeps_numbers = keeps && Function::memory == Memory::numbers;
    constexpr bool keeps_signs = keeps && Function::memory == Memory::signs;
    const int dim = unrolled > 0 ? unrolled : sample.dim;
    auto closest = Lanes::set(1);
    for (long tile = 0; tile < sample.count; tile += sample_tile) {
        const long end = tile + sample_tile < sample.count ? tile + sample_tile : sample.count;
        for (long l = 0; l < neurons.count; l += P::size) {
            const Weights<Lanes, unrolled> weights(neurons, l);
            const P output = P::load(neurons.output_weights + l);
            const Signs<Lanes, unsigned char> signs(reinterpret_cast<unsigned char*>(kept), l, sample.count);
            for (long j = tile; j < end; ++j) {
                const P z = weights.preactivations(sample.points + j * dim, dim);
                const P keep = function.kept(z);
                if constexpr (keeps_numbers) keep.store(kept + (l * sample.count + j * P::size));
                if constexpr (keeps_signs) {
                    signs.keep(j, z);
                    closest = smallest_magnitude<Lanes>(z, closest);
                }
                add_output<Lanes>(output, function.value(z, keep), sums + j * Lanes::count);
            }
        }
    }
    // A sign cannot say that z is exactly zero.
    return keeps && Lanes::smallest(closest) > 0;
}

/// sigma' of one pack of neurons on one sample as a factor of numbers that all neurons share.
template <class Lanes>
struct Slopes {
    using P = Pack<Lanes>;
    P values;

    NTK_INLINE P add_times(double number, const P& sum) const { return fma(values, P(number), sum); }
};

/// The same where sigma' is 0 or 1.
template <class Lanes>
struct Steps {
    using P = Pack<Lanes>;
    typename Lanes::Bits positive[P::registers];

    NTK_INLINE Steps(const KeptSigns<Lanes>& signs, long sample) {
#pragma GCC unroll 4
        for (int i = 0; i < P::registers; ++i) positive[i] = signs.at(sample, i);
    }
    NTK_INLINE P add_times(double number, const P& sum) const {
        const auto x = Lanes::set(number);
        // Multipliers are slower at this, but one of four keeps them busy, too.
        return P::each([&](int i) {
            return i != 0 ? Lanes::add_where(positive[i], x, sum.part[i])
                          : Lanes::fma_where(positive[i], x, sum.part[i]);
        });
    }
};

/// sum_j s_j v_ji over the samples for one pack of neurons, i < columns: in registers for an unrolled number of
/// columns, else in memory, four samples at a time.
template <class Lanes, int unrolled>
struct SampleSums {
    using P = Pack<Lanes>;
    P sum[unrolled > 0 ? unrolled : 1];
    double* to;
    long stride;
    int columns;

    NTK_INLINE SampleSums(double* place, long count, int column_count)
        : to(place), stride(count), columns(column_count) {
        if constexpr (unrolled > 0) {
#pragma GCC unroll 8
            for (int i = 0; i < unrolled; ++i) sum[i] = P(0);
        } else {
            for (int i = 0; i < columns; ++i) P(0).store(to + i * stride);
        }
    }

    /// One sample, for an unrolled number of columns.
    template <class Factor>
    NTK_INLINE void add(const Factor& factor, const double* row) {
#pragma GCC unroll 8
        for (int i = 0; i < unrolled; ++i) sum[i] = factor.add_times(row[i], sum[i]);
    }

    /// Four samples, for all others.
    template <class Factor>
    NTK_INLINE void add(const Factor (&factors)[sample_step], const double* rows) {
        for (int i = 0; i < columns; ++i) {
            P total = P::load(to + i * stride);
#pragma GCC unroll 4
            for (int u = 0; u < sample_step; ++u) total = factors[u].add_times(rows[u * columns + i], total);
            total.store(to + i * stride);
        }
    }

    NTK_INLINE void finish() const {
#pragma GCC unroll 8
        for (int i = 0; i < unrolled; ++i) sum[i].store(to + i * stride);
    }
};
/// Sums over the sample for one pack of neurons. `has_kept`: forward left something that is usable.
template <class Lanes, int unrolled, bool has_kept, class Function>
NTK_INLINE void backward_pack(const Function& function, const Sample& sample, const Neurons& neurons, long first,
                              const WeightedSample& weighted, const double* kept, double* gradient) {
    using P = Pack<Lanes>;
    const int dim = unrolled > 0 ? unrolled : sample.dim;
    const Weights<Lanes, unrolled> from(neurons, first);
    SampleSums<Lanes, unrolled == 0 ? 0 : unrolled + 1> sums(gradient + neurons.count + first, neurons.count, dim + 1);
    P by_output(0);
    for (long j = 0; j < sample.count; j += sample_step) {
        const double* rows = weighted.rows + j * (dim + 1);
        Slopes<Lanes> slopes[sample_step];
#pragma GCC unroll 4
        for (int u = 0; u < sample_step; ++u) {
            const P z = from.preactivations(sample.points + (j + u) * dim, dim);
            const P keep = has_kept && Function::memory == Memory::numbers
                               ? P::load(kept + first * sample.count + (j + u) * P::size)
                               : function.kept(z);
            by_output = fma(function.value(z, keep), P(rows[u * (dim + 1) + dim]), by_output);
            slopes[u].values = function.derivative(z, keep);
            if constexpr (unrolled > 0) sums.add(slopes[u], rows + u * (dim + 1));
        }
        if constexpr (unrolled == 0) sums.add(slopes, rows);
    }
    sums.finish();
    by_output.store(gradient + first);
    if constexpr (Function::derivative_scale != 1) {
        for (int i = 1; i < dim + 2; ++i) {
            double* sum = gradient + i * neurons.count + first;
            (P::load(sum) * P(Function::derivative_scale)).store(sum);
        }
    }
}

/// The same from kept signs: sigma' is negative_slope + (1 - negative_slope) [z > 0], sigma(z) = z sigma'(z).
template <class Lanes, int unrolled>
NTK_INLINE void backward_pack_from_signs(double negative_slope, const Sample& sample, const Neurons& neurons,
                                         long first, const WeightedSample& weighted, const double* kept,
                                         double* gradient) {
    using P = Pack<Lanes>;
    const int dim = unrolled > 0 ? unrolled : sample.dim;
    const KeptSigns<Lanes> signs(reinterpret_cast<const unsigned char*>(kept), first, sample.count);
    double* to = gradient + neurons.count + first;
    SampleSums<Lanes, unrolled == 0 ? 0 : unrolled + 1> sums(to, neurons.count, dim + 1);
    if constexpr (unrolled > 0) {
        for (long j = 0; j < sample.count; ++j) sums.add(Steps<Lanes>(signs, j), weighted.rows + j * (dim + 1));
    } else {
        for (long j = 0; j < sample.count; j += sample_step) {
            const Steps<Lanes> steps[] = {{signs, j}, {signs, j + 1}, {signs, j + 2}, {signs, j + 3}};
            sums.add(steps, weighted.rows + j * (dim + 1));
        }
    }
    sums.finish();
    P by_output(0);
    for (int i = 0; i <= dim; ++i) {
        P sum = P::load(to + i * neurons.count);
        if (negative_slope != 0) {
            sum = fma(sum, P(1 - negative_slope), P(negative_slope * weighted.totals[i]));
            sum.store(to + i * neurons.count);
        }
        const double* parameter = i < dim ? neurons.weights + i * neurons.count : neurons.biases;
        by_output = fma(sum, P::load(parameter + first), by_output);
    }
    by_output.store(gradient + first);
}

template <class Lanes, int unrolled, class Function>
void backward_all(const Function& function, const Sample& sample, const Neurons& neurons,
                  const WeightedSample& weighted, const double* kept, double* gradient) {
    for (long l = 0; l < neurons.count; l += Pack<Lanes>::size) {
        if (kept == nullptr) {
            backward_pack<Lanes, unrolled, false>(function, sample, neurons, l, weighted, kept, gradient);
        } else if constexpr (Function::memory == Memory::signs) {
            backward_pack_from_signs<Lanes, unrolled>(function.negative_slope, sample, neurons, l, weighted, kept,
                                                      gradient);
        } else {
            backward_pack<Lanes, unrolled, true>(function, sample, neurons, l, weighted, kept, gradient);
        }
    }
}

/// Calls act with the dimension as a constant, or 0 for one that has no loops of its own.
template <class Action>
NTK_INLINE void with_dim(int dim, const Action& act) {
    switch (dim) {
        case 2:
            return act.template operator()<2>();
        case 3:
            return act.template operator()<3>();
        case 5:
            return act.template operator()<5>();
        default:
            return act.template operator()<0>();
    }
}

template <class Lanes>
long kept_bits(const VectorKernel& kernel) {
    long bits = 0;
    vector_functions::with_function(kernel, [&]<class Function>(const Function&) {
        if (Function::memory == Memory::numbers) bits = 64;
        if (Function::memory == Memory::signs) bits = 8 / Lanes::count;
    });
    return bits;
}

template <class Lanes>
bool forward(const VectorKernel& kernel, const Sample& sample, const Neurons& neurons, double* kept, double* sums,
             double* values) {
    bool usable = false;
    vector_functions::with_function(kernel, [&](const auto& function) {
        with_dim(sample.dim, [&]<int unrolled>() {
            usable = kept != nullptr ? forward_all<Lanes, unrolled, true>(function, sample, neurons, kept, sums)
                                     : forward_all<Lanes, unrolled, false>(function, sample, neurons, kept, sums);
        });
    });
    for (long j = 0; j < sample.count; ++j) values[j] = Lanes::sum(Lanes::load(sums + j * Lanes::count));
    return usable;
}

template <class Lanes>
void backward(const VectorKernel& kernel, const Sample& sample, const Neurons& neurons, const WeightedSample& weighted,
              const double* kept, double* gradient) {
    vector_functions::with_function(kernel, [&](const auto& function) {
        with_dim(sample.dim, [&]<int unrolled>() {
            backward_all<Lanes, unrolled>(function, sample, neurons, weighted, kept, gradient);
        });
    });
}

template <class Lanes, int unrolled, class Function>
void tangent_all(const Function& function, const Sample& sample, const Neurons& neurons, const Neurons& change,
                 double* sums) {
    using P = Pack<Lanes>;
    const int dim = unrolled > 0 ? unrolled : sample.dim;
    for (long tile = 0; tile < sample.count; tile += sample_tile) {
        const long end = tile + sample_tile < sample.count ? tile + sample_tile : sample.count;
        for (long l = 0; l < neurons.count; l += P::size) {
            const Weights<Lanes, unrolled> weights(neurons, l), along(change, l);
            const P output = P::load(neurons.output_weights + l) * P(Function::derivative_scale);
            const P output_change = P::load(change.output_weights + l);
            for (long j = tile; j < end; ++j) {
                const double* point = sample.points + j * dim;
                const P z = weights.preactivations(point, dim);
                const P keep = function.kept(z);
                const P slope = function.derivative(z, keep) * along.preactivations(point, dim);
                double* sum = sums + j * Lanes::count;
                add_output<Lanes>(output_change, function.value(z, keep), sum);
                add_output<Lanes>(output, slope, sum);
            }
        }
    }
}

template <class Lanes>
void tangent(const VectorKernel& kernel, const Sample& sample, const Neurons& neurons, const Neurons& change,
             double* sums, double* values) {
    vector_functions::with_function(kernel, [&](const auto& function) {
        with_dim(sample.dim,
                 [&]<int unrolled>() { tangent_all<Lanes, unrolled>(function, sample, neurons, change, sums); });
    });
    for (long j = 0; j < sample.count; ++j) values[j] = Lanes::sum(Lanes::load(sums + j * Lanes::count));
}

}  // namespace ntk::fused
#endif
