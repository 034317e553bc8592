/// Readers of files that graphs come in: edge lists, tables, Matrix Market, numpy arrays; plain or gzipped.
package dev.hypha.graph.reading;
