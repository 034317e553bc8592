/// Benchmarks: what is timed ([dev.hypha.bench.Benchmarks]), on what ([dev.hypha.bench.BenchGraph]), and what comes of
/// it ([dev.hypha.bench.Row]).
package dev.hypha.bench;
