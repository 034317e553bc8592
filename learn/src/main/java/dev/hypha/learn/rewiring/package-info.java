/// Rewiring as a step before any model: methods as records of options, and what they make of a graph.
package dev.hypha.learn.rewiring;
