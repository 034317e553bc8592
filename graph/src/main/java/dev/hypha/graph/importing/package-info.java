/// From files to a graph on disk, in two passes: rows are read into spools and ids into sets; then ids become
/// numbers and edges are sorted. What does not fit in memory goes to scratch files beside the store.
package dev.hypha.graph.importing;
