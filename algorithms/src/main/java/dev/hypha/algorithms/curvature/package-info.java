/// Ollivier-Ricci curvature of edges, by exact optimal transport.
package dev.hypha.algorithms.curvature;
