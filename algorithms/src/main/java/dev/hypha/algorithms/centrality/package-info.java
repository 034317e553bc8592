/// How central nodes and edges are.
package dev.hypha.algorithms.centrality;
