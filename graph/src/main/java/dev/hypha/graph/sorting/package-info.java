/// Sorting and keeping more numbers than fit in memory: spools and sorted runs that go to disk beyond a bound.
package dev.hypha.graph.sorting;
