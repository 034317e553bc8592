/// Samplers: from seeds and cut-offs to the part of a graph that a model may look at.
package dev.hypha.graph.sampling;
