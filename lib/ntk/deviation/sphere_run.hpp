// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/deviation/time_grid.hpp"
#include "ntk/deviation/training.hpp"
#include "ntk/network/network.hpp"
#include "ntk/sphere/cubature.hpp"
#include "ntk/sphere/zonal.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

/// A trajectory seen on the whole sphere by cubature, for what is claimed in L^2(rho) (theory.md, "The sphere by
/// cubature"): nothing here uses ridge coefficients.
namespace ntk::deviation {

/// A rule and a finer one that it is compared with.
struct SphereRules {
    SphereCubature rule, finer;
};

/// Why there are none where `rules` is empty.
struct SphereChoice {
    std::optional<SphereRules> rules;
    std::string why_not;
};

/// The largest rule that is used: an eigendecomposition of its kernel matrix is made.
constexpr double most_sphere_points = 700;

/// The rule that population_sample takes for theta_0 and an error of the velocity of a hundred-millionth of ||f*||, and
/// the one that is a quarter finer. No rules where the first would have more than most_sphere_points points.
SphereChoice choose_sphere_rules(const NetworkShape& shape, const ActivationPtr& activation, const ZonalTarget& target,
                                 const Eigen::VectorXd& start, const std::shared_ptr<ThreadPool>& pool);

/// Few panels: three short ones at the start, then at most max(6/rate, t/4) long; the marks are breakpoints.
TimeGrid sphere_grid(double end, double rate, const std::vector<double>& marks);

/// At the points of a rule, points x times.
struct OnSphere {
    Eigen::MatrixXd residual;  ///< r_s = f_s - f*
    Eigen::MatrixXd image;     ///< T_n^s r_s = sum_j q_j K_s(., x_j) r_s(x_j), as directional derivative J_X (J^T Q r)
};

/// Sees states one by one. Cost per state: a velocity of the sample, a value and a directional derivative at the points
/// of every rule.
class SphereObserver {
public:
    /// The problem must outlive the object.
    SphereObserver(const TrainingProblem& problem, const ZonalTarget& target, const std::vector<SphereCubature>& rules);

    void add(const Eigen::VectorXd& theta);
    /// One for each rule.
    std::vector<OnSphere> take() const;

private:
    const TrainingProblem& problem_;
    std::vector<Network> networks_;
    std::vector<Eigen::VectorXd> targets_;
    std::vector<std::vector<Eigen::VectorXd>> residuals_, images_;
};

/// All of it, with T by Nystrom: T_W = K^inf W on the rule (W the weights), whose eigenfunctions are
/// psi_i = W^{-1/2} v_i with the orthonormal eigenvectors v_i of W^{1/2} K^inf W^{1/2}, and elsewhere
/// psi_i(x) = (1/lambda_i) sum_q w_q K^inf(x, x_q) psi_i(x_q).
struct SphereData {
    TimeGrid grid;
    SphereRules rules;
    OnSphere seen;                             ///< of the run whose values are used, on the rule
    std::vector<OnSphere> compared;            ///< of the other runs
    OnSphere finer;                            ///< of the run whose values are used, on the finer rule
    Eigen::VectorXd eigenvalues;               ///< lambda_i, decreasing; those that rounding made negative count as 0
    Eigen::MatrixXd eigenvectors;              ///< v_i
    Eigen::MatrixXd to_finer;                  ///< K^inf(y, x_q) w_q from the rule to the points y of the finer one
    std::vector<int> degrees;                  ///< of the probes and of the target, each once, that the rule resolves
    std::vector<Measured> degree_eigenvalues;  ///< mu_k of these
};

/// Directions along which the residual and (T - T_n^s) r_s are taken: rates, and rows x times.
struct ProjectedRun {
    Eigen::VectorXd rates;
    Eigen::MatrixXd path;    ///< <r_t, psi>
    Eigen::MatrixXd source;  ///< <(T - T_n^s) r_s, psi>

    ProjectedRun first(Eigen::Index count) const;
};

/// Along the first eigenfunctions, by the rule or, for the run that is used, by the finer rule.
ProjectedRun along_eigenfunctions(const SphereData& data, const OnSphere& run, Eigen::Index count);
ProjectedRun along_eigenfunctions_by_finer(const SphereData& data, Eigen::Index count);
/// Projected on the spherical harmonics of a degree, in coordinates of the points (Euclidean norms of columns are norms
/// in L^2): Pi_k g = N(d,k) E_y[P_k(<.,y>) g(y)]. T acts as mu there, which does not come from the rule.
ProjectedRun along_degree(const SphereCubature& rule, const OnSphere& run, int degree, double mu);

/// T_W with its eigendecomposition, and the degrees. `kappa` may be dropped afterwards.
SphereData make_sphere_data(TimeGrid grid, SphereRules rules, const KernelInDouble& kappa);

/// Norms in L^2(rho) under a projection Pi.
struct SphereNorms {
    Eigen::VectorXd deviation;  ///< ||Pi(r_t - e^{-Tt} r_0)|| at the breakpoints
    Eigen::VectorXd learned;    ///< ||Pi(r_0 - e^{-Tt} r_0)||
    Eigen::VectorXd predicted;  ///< ||Pi e^{-Tt} r_0||
    Eigen::VectorXd residual;   ///< ||Pi r_t||
    Eigen::VectorXd source;     ///< ||Pi (T - T_n^s) r_s|| at all times
};

SphereNorms norms_of(const TimeGrid& grid, const ProjectedRun& run);
/// Of all of L^2 by the finer rule: e^{-Tt} r_0 = r_0 - K^inf W D(T_W, t) r_0 there.
SphereNorms norms_by_finer(const SphereData& data);

}  // namespace ntk::deviation
