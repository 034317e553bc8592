/// Samplers: from seeds to the part of a graph that a model looks at, and what else is drawn from graphs.
///
/// For typed graphs with time there is [dev.hypha.graph.sampling.TemporalSampler]; for graphs of one node
/// type there are the methods under [dev.hypha.graph.sampling.Sampler]. Links that do not exist come from
/// [dev.hypha.graph.sampling.NegativeSampler], walks from [dev.hypha.graph.sampling.WalkSampler].
///
/// All of them are pure functions: of their fields, which are hyper-parameters, the graph, the seeds and a
/// key.
package dev.hypha.graph.sampling;
