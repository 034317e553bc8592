/// How good predictions are, by numbers with a definition each.
package dev.hypha.learn.metrics;
