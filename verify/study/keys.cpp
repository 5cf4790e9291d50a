// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/study/keys.hpp"

namespace ntk::verify {

const std::vector<Key>& study_keys() {
    static const std::vector<Key> keys = {
        {"", "title", "text", "", "the name", "what the report calls the study"},
        {"kernel", "activation", "text", "relu, leaky-relu:SLOPE, erf, and all others of ntk spectrum", "required",
         "activation of the hidden layer"},
        {"kernel", "bias", "exact number", ">= 0", "0", "variance of the hidden biases at the start"},
        {"kernel", "train_bias", "true or false", "true if bias > 0", "bias > 0", "hidden biases are trained"},
        {"kernel", "output_bias", "true or false", "", "false", "an output bias is trained"},
        {"kernel", "weights", "text", "gaussian, sphere:R, radial:FILE", "gaussian",
         "law of the hidden weights; FILE, from the folder of the study, has a line 'radius probability' per length"},
        {"kernel", "output_weight_variance", "exact number", ">= 0", "1", "E[a^2]"},
        {"kernel", "depth", "integer", "1", "1", "number of hidden layers"},
        {"sphere", "dim", "integer", ">= 2", "3", "ambient dimension d of the sphere S^{d-1}"},
        {"target", "probes", "list of {degree, amplitude, axis}",
         "at least one with a network, unless data.labels is given", "empty",
         "the target is the sum of amplitude times the zonal probe; the axis defaults to e_d"},
        {"network", "width", "integer or text", ">= 1, even if antisymmetric; infinite", "required",
         "number m of hidden neurons; infinite: the kernel does not move"},
        {"network", "initialisation", "text", "antisymmetric, plain", "antisymmetric", "antisymmetric starts at f = 0"},
        {"network", "output_weights", "text", "rademacher, gaussian", "rademacher",
         "law of the output weights: +-sqrt(E[a^2]) or N(0, E[a^2])"},
        {"data", "samples", "integer or text", ">= 1; population", "required without data.points",
         "number n of points drawn uniformly from the sphere; population: n = infinity by cubature"},
        {"data", "seed", "integer", ">= 0", "1", "seed of every random stream of the study"},
        {"data", "noise", "number", ">= 0", "0", "standard deviation of label noise (Gaussian)"},
        {"data", "points", "text or list of lists", "file, or one list of d numbers per point", "none",
         "own sample in the place of a random one: a table with one point of the sphere per row, or the points "
         "themselves, which are normalised"},
        {"data", "labels", "text", "file", "values of the target", "own labels: a table with one number per point"},
        {"flow", "method", "text", "gradient-flow, gradient-descent", "gradient-flow", "how the network is trained"},
        {"flow", "step", "number", "> 0", "required by gradient-descent", "step eta of gradient descent"},
        {"flow", "batch", "integer", "1 to n", "the whole sample", "points of a mini-batch of gradient descent"},
        {"flow", "integrator", "text", "auto, dormand-prince, exponential-rosenbrock, cvode", "auto",
         "integrator of the flow; auto: the exponential one where lambda_max(G_0) t > 150"},
        {"flow", "time", "number", "> 0", "10", "end of the flow"},
        {"flow", "tolerance", "number", "1e-13 to 1e-2", "1e-9",
         "tolerance of the first run; the second uses a thirtieth"},
        {"flow", "output_times", "list of numbers", "> 0", "empty",
         "times that must be among those of the report; the checkpoints of ntk simulate"},
        {"checks", "include", "list of texts", "ids of ntk verify --list, or all", "all", "which checks are made"},
        {"checks", "probes", "list of degrees or {degree, axis}", ">= 0", "0, 1, 2, 3, 4", "the probes of the checks"},
        {"checks", "failure_probability", "number", "> 0 and < 1", "0.05",
         "total probability with which probabilistic bounds may fail"},
        {"spectrum", "degrees", "text", "A:B, A:B:STEP, comma lists", "0:20",
         "degrees of the eigenvalues in the report"},
        {"spectrum", "digits", "integer", "1 to 10000", "30", "certified significant digits"},
        {"expected", "holds", "list of texts", "ids of ntk verify --list", "empty",
         "checks that are expected to hold; ntk verify says where it finds something else"},
        {"expected", "vacuous", "list of texts", "ids of ntk verify --list", "empty",
         "checks whose bound is expected to say nothing"},
        {"expected", "inconclusive", "list of texts", "ids of ntk verify --list", "empty",
         "checks that are expected to be undecided"},
        {"expected", "violated", "list of texts", "ids of ntk verify --list", "empty",
         "checks that are expected to be violated"},
        {"expected", "not_applicable", "list of texts", "ids of ntk verify --list", "empty",
         "checks of which a hypothesis is expected to fail"},
        {"expected", "informative", "table of lists", "id = [[FROM, TO], ...]", "not compared",
         "times (or indices) at which bounds are expected to be informative, up to one time of the check; bounds that "
         "are not named are expected to be so nowhere"},
    };
    return keys;
}

std::string study_keys_markdown() {
    std::string text = "| key | type | range | default | meaning |\n|---|---|---|---|---|\n";
    for (const Key& key : study_keys()) {
        text += "| " + key.path() + " | " + key.type + " | " + key.range + " | " + key.fallback + " | " + key.meaning +
                " |\n";
    }
    return text;
}

}  // namespace ntk::verify
