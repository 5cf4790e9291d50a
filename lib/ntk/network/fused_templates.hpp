// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/activation/vector_evaluate.hpp"
#include "ntk/network/fused_kernels.hpp"
#include "ntk/numeric/panel_block.hpp"

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
        P z = bias;
        if constexpr (unrolled > 0) {
#pragma GCC unroll 8
            for (int i = 0; i < unrolled; ++i) z = fma(weight[i], P(point[i]), z);
        } else {
            for (int i = 0; i < dim; ++i) z = fma(P::load(from + i * stride), P(point[i]), z);
        }
        return z;
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

/// Keeps the signs of z, one byte per register; false if a z is exactly zero, which a sign cannot say.
template <class Lanes>
NTK_INLINE bool keep_signs(const Pack<Lanes>& z, unsigned char* signs) {
    unsigned zeros = 0;
#pragma GCC unroll 4
    for (int i = 0; i < Pack<Lanes>::registers; ++i) {
        signs[i] = static_cast<unsigned char>(Lanes::positive(z.part[i]));
        zeros |= Lanes::zero(z.part[i]);
    }
    return zeros == 0;
}

/// Returns whether backward can use what was kept.
template <class Lanes, int unrolled, class Function>
bool forward_all(const Function& function, const Sample& sample, const Neurons& neurons, double* kept, double* sums) {
    using P = Pack<Lanes>;
    const int dim = unrolled > 0 ? unrolled : sample.dim;
    auto* signs = reinterpret_cast<unsigned char*>(kept);
    bool usable = kept != nullptr;
    for (long tile = 0; tile < sample.count; tile += sample_tile) {
        const long end = tile + sample_tile < sample.count ? tile + sample_tile : sample.count;
        for (long l = 0; l < neurons.count; l += P::size) {
            const Weights<Lanes, unrolled> weights(neurons, l);
            const P output = P::load(neurons.output_weights + l);
            for (long j = tile; j < end; ++j) {
                const P z = weights.preactivations(sample.points + j * dim, dim);
                const P keep = function.kept(z);
                if (kept != nullptr && Function::memory == Memory::numbers) {
                    keep.store(kept + (l * sample.count + j * P::size));
                }
                if (kept != nullptr && Function::memory == Memory::signs) {
                    usable = keep_signs(z, signs + (l / P::size * sample.count + j) * P::registers) && usable;
                }
                add_output<Lanes>(output, function.value(z, keep), sums + j * Lanes::count);
            }
        }
    }
    return usable;
}

/// sum_j u_j sigma'(z_j) x_j for one pack of neurons: in registers for an unrolled dimension, else in memory, four
/// samples at a time.
template <class Lanes, int unrolled>
struct WeightGradient {
    using P = Pack<Lanes>;
    P sum[unrolled > 0 ? unrolled : 1];
    double* to;
    long stride;

    NTK_INLINE WeightGradient(double* place, long count, int dim) : to(place), stride(count) {
        if constexpr (unrolled > 0) {
#pragma GCC unroll 8
            for (int i = 0; i < unrolled; ++i) sum[i] = P(0);
        } else {
            for (int i = 0; i < dim; ++i) P(0).store(to + i * stride);
        }
    }

    /// One sample, for an unrolled dimension.
    NTK_INLINE void add(const P& slopes, const double* point) {
#pragma GCC unroll 8
        for (int i = 0; i < unrolled; ++i) sum[i] = fma(slopes, P(point[i]), sum[i]);
    }

    /// Four samples, for all others.
    NTK_INLINE void add(const P (&slopes)[sample_step], const double* points, int dim) {
        for (int i = 0; i < dim; ++i) {
            P total = P::load(to + i * stride);
#pragma GCC unroll 4
            for (int u = 0; u < sample_step; ++u) total = fma(slopes[u], P(points[u * dim + i]), total);
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
                              const double* weights, const double* kept, double* gradient) {
    using P = Pack<Lanes>;
    constexpr bool from_signs = has_kept && Function::memory == Memory::signs;
    const int dim = unrolled > 0 ? unrolled : sample.dim;
    const Weights<Lanes, unrolled> from(neurons, first);
    const auto* signs = reinterpret_cast<const unsigned char*>(kept) + first / P::size * sample.count * P::registers;
    double* to = gradient + first;
    WeightGradient<Lanes, unrolled> by_weights(to + neurons.count, neurons.count, dim);
    P by_output(0), by_bias(0);
    for (long j = 0; j < sample.count; j += sample_step) {
        const double* points = sample.points + j * dim;
        P slopes[sample_step];
#pragma GCC unroll 4
        for (int u = 0; u < sample_step; ++u) {
            if constexpr (from_signs) {
                const auto step = Lanes::set(weights[j + u] * (1 - function.negative_slope));
                const auto below = Lanes::set(weights[j + u] * function.negative_slope);
                slopes[u] = P::each([&](int i) {
                    const auto above = Lanes::masked(signs[(j + u) * P::registers + i], step);
                    return function.negative_slope == 0 ? above : above + below;
                });
            } else {
                const P z = from.preactivations(points + u * dim, dim);
                const P keep = has_kept && Function::memory == Memory::numbers
                                   ? P::load(kept + first * sample.count + (j + u) * P::size)
                                   : function.kept(z);
                const P weight(weights[j + u]);
                by_output = fma(function.value(z, keep), weight, by_output);
                slopes[u] = function.derivative(z, keep) * weight;
            }
            by_bias = by_bias + slopes[u];
            if constexpr (unrolled > 0) by_weights.add(slopes[u], points + u * dim);
        }
        if constexpr (unrolled == 0) by_weights.add(slopes, points, dim);
    }
    by_weights.finish();
    by_bias.store(to + (1 + dim) * neurons.count);
    if constexpr (Function::derivative_scale != 1) {
        for (int i = 1; i < dim + 2; ++i) {
            double* sums = to + i * neurons.count;
            (P::load(sums) * P(Function::derivative_scale)).store(sums);
        }
    }
    if constexpr (from_signs) {
        // sum u sigma(z) = sum u sigma'(z) (<w,x> + b)
        by_output = by_bias * from.bias;
        for (int i = 0; i < dim; ++i) {
            const P weight = P::load(neurons.weights + i * neurons.count + first);
            by_output = fma(P::load(to + (1 + i) * neurons.count), weight, by_output);
        }
    }
    by_output.store(to);
}

template <class Lanes, int unrolled, class Function>
void backward_all(const Function& function, const Sample& sample, const Neurons& neurons, const double* weights,
                  const double* kept, double* gradient) {
    for (long l = 0; l < neurons.count; l += Pack<Lanes>::size) {
        if (Function::memory != Memory::nothing && kept != nullptr) {
            backward_pack<Lanes, unrolled, true>(function, sample, neurons, l, weights, kept, gradient);
        } else {
            backward_pack<Lanes, unrolled, false>(function, sample, neurons, l, weights, kept, gradient);
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
bool forward(const VectorKernel& kernel, const Sample& sample, const Neurons& neurons, double* kept, double* sums,
             double* values) {
    bool usable = false;
    vector_functions::with_function(kernel, [&](const auto& function) {
        with_dim(sample.dim,
                 [&]<int unrolled>() { usable = forward_all<Lanes, unrolled>(function, sample, neurons, kept, sums); });
    });
    for (long j = 0; j < sample.count; ++j) values[j] = Lanes::sum(Lanes::load(sums + j * Lanes::count));
    return usable;
}

template <class Lanes>
void backward(const VectorKernel& kernel, const Sample& sample, const Neurons& neurons, const double* weights,
              const double* kept, double* gradient) {
    vector_functions::with_function(kernel, [&](const auto& function) {
        with_dim(sample.dim, [&]<int unrolled>() {
            backward_all<Lanes, unrolled>(function, sample, neurons, weights, kept, gradient);
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

template <class Lanes>
void panel(const VectorKernel& kernel, const Panels& panels, long index, const Neurons& neurons, double* values,
           double* slopes) {
    constexpr long width = panel_width<Lanes>;
    const double* points = panels.points + index * panels.dim * width;
    for (long l = 0; l < neurons.count; ++l) {
        for (long v = 0; v < width; v += Lanes::count) {
            auto z = Lanes::set(neurons.biases[l]);
            for (int i = 0; i < panels.dim; ++i) {
                z = Lanes::fma(Lanes::set(neurons.weights[i * neurons.count + l]), Lanes::load(points + i * width + v),
                               z);
            }
            Lanes::store(slopes + l * width + v, z);
        }
    }
    vector_functions::evaluate<Lanes>(kernel, slopes, values, slopes, static_cast<std::size_t>(neurons.count * width));
    for (long l = 0; l < neurons.count; ++l) {
        const auto output = Lanes::set(neurons.output_weights[l]);
        for (long v = 0; v < width; v += Lanes::count) {
            double* at = slopes + l * width + v;
            Lanes::store(at, output * Lanes::load(at));
        }
    }
}

template <class Lanes>
void add_panel_products(long neurons, const double* values, const double* slopes, const double* other_values,
                        const double* other_slopes, const double* factors, double* matrix, long stride) {
    constexpr long width = panel_width<Lanes>;
    using Block = PanelBlock<Lanes>;
    for (long row = 0; row < width; row += Block::rows) {
        alignas(64) double of_slopes[Block::rows * width];
        Block(slopes + row, width, other_slopes, width, neurons).store(of_slopes, width);
        const Block of_values(values + row, width, other_values, width, neurons);
        for (int r = 0; r < Block::rows; ++r) {
            for (int v = 0; v < Block::registers; ++v) {
                const long at = (row + r) * stride + v * Lanes::count;
                const auto slope = Lanes::load(of_slopes + r * width + v * Lanes::count);
                const auto sum = Lanes::fma(slope, Lanes::load(factors + at), of_values.entry[r][v]);
                Lanes::store(matrix + at, Lanes::load(matrix + at) + sum);
            }
        }
    }
}

/// Rows of pairs that pair_sums keeps in registers: they share the product with the column's coefficients and the
/// addition to the sums.
#if defined(__AVX512F__)
inline constexpr int pair_rows = 8;
#else
inline constexpr int pair_rows = 4;
#endif

template <class Lanes>
void pair_sums(int dim, int max_degree, long stride, const double* directions, const double* row_coefficients,
               const double* column_coefficients, const double* beta, long first, long last, double* sums,
               double* energies) {
    using Register = typename Lanes::Register;
    for (long l = first; l < last; l += pair_rows) {
        for (long column = l - l % Lanes::count; column < stride; column += Lanes::count) {
            Register u[pair_rows], previous[pair_rows], current[pair_rows];
#pragma GCC unroll 8
            for (int r = 0; r < pair_rows; ++r) {
                u[r] = previous[r] = Lanes::set(0);
                current[r] = Lanes::set(2);
            }
            for (int i = 0; i < dim; ++i) {
                const Register of_columns = Lanes::load(directions + i * stride + column);
#pragma GCC unroll 8
                for (int r = 0; r < pair_rows; ++r) {
                    u[r] = Lanes::fma(Lanes::set(directions[i * stride + l + r]), of_columns, u[r]);
                }
            }
            // Near the diagonal, pairs l' > l count twice, l' = l once and l' < l not at all.
            if (column < l + pair_rows) {
                for (int r = 0; r < pair_rows; ++r) {
                    alignas(64) double counts[Lanes::count];
                    for (long c = 0; c < Lanes::count; ++c) {
                        counts[c] = column + c < l + r ? 0 : column + c == l + r ? 1 : 2;
                    }
                    current[r] = Lanes::load(counts);
                }
            }
            for (int k = 0; k <= max_degree; ++k) {
                const double* of_rows = row_coefficients + k * stride + l;
                const Register minus_beta = Lanes::set(-beta[k]);
                Register over_rows = Lanes::set(0);
#pragma GCC unroll 8
                for (int r = 0; r < pair_rows; ++r) {
                    over_rows = Lanes::fma(current[r], Lanes::set(of_rows[r]), over_rows);
                    const Register next = Lanes::fma(minus_beta, previous[r], u[r] * current[r]);
                    previous[r] = current[r];
                    current[r] = next;
                }
                double* sum = sums + k * Lanes::count;
                const Register of_columns = Lanes::load(column_coefficients + k * stride + column);
                Lanes::store(sum, Lanes::fma(over_rows, of_columns, Lanes::load(sum)));
            }
        }
    }
    for (int k = 0; k <= max_degree; ++k) energies[k] = Lanes::sum(Lanes::load(sums + k * Lanes::count));
}

}  // namespace ntk::fused
#endif
