package dev.hypha.graph.generating;

import dev.hypha.graph.InputException;
import java.util.Map;

/// A degree-corrected planted partition: an undirected simple graph with power-law degrees and power-law
/// communities, labels that follow the communities with noise, and features that follow the labels with
/// noise.
///
/// Karrer and Newman, "Stochastic blockmodels and community structure in networks", Physical Review E 83,
/// 2011. Expected degrees have the tail exponent 2.3 and are cut at 2 sqrt(nodes), sizes of communities 2.2,
/// cut at 50 times the smallest.
///
/// @param nodes at least 2
/// @param edges directed ones, each undirected edge being two; at most a quarter of all pairs
/// @param features numbers per node; may be 0
/// @param classes different labels
/// @param communities planted ones
/// @param mixing the part of edges that ignore communities, from 0 to 1
/// @param seed everything is a function of it and of the others
public record PowerLaw(int nodes, long edges, int features, int classes, int communities, double mixing, long seed) {
    /// Of the labels, so many are drawn anew.
    static final double LABEL_NOISE = 0.2;

    /// How far features lie from zero in the direction of their label.
    static final double FEATURE_SIGNAL = 0.35;

    private static final int LARGEST_ARRAY = 1 << 30;

    /// @throws InputException for a parameter outside of its range
    public PowerLaw {
        require(nodes >= 2, "--nodes", nodes, "Give at least 2.");
        require(edges >= 0 && edges % 2 == 0, "--edges", edges, "Give an even number: each edge stands both ways.");
        boolean sparse = edges / 2 <= LARGEST_ARRAY && 4.0 * edges <= (double) nodes * (nodes - 1);
        require(sparse, "--edges", edges, "Give at most a quarter of all pairs, and at most 2^31.");
        require(features >= 0 && features <= 1 << 16, "--features", features, "Give 0 to 65536.");
        require(classes >= 1, "--classes", classes, "Give at least 1.");
        require(communities >= 1 && communities <= nodes, "--communities", communities, "Give 1 to as many as nodes.");
        require(mixing >= 0 && mixing <= 1, "--mixing", mixing, "Give a part from 0 to 1.");
    }

    /// The graph that benchmarks use, at any size: twenty edges per node (fewer where that is over a quarter of all
    /// pairs), a community per 500 nodes, a class per 5,000 but 2 to 40 of them, 128 features.
    public static PowerLaw sized(int nodes, long seed) {
        long pairs = (long) nodes * (nodes - 1) / 4;
        long edges = Math.clamp(Math.min(20L * nodes, pairs) / 2 * 2, 0, 2L * LARGEST_ARRAY);
        return new PowerLaw(nodes, edges, 128, Math.clamp(nodes / 5_000, 2, 40), Math.max(1, nodes / 500), 0.3, seed);
    }

    /// What making it takes, in bytes: the pairs drawn, sorted and chosen, and what is known of each node.
    public long memoryBytes() {
        return edges / 2 * 5 * Long.BYTES + (long) nodes * 64;
    }

    /// What it takes on disk as a store, in bytes.
    public long storeBytes() {
        return edges * Integer.BYTES + (long) nodes * (5 * Long.BYTES + features * (long) Float.BYTES);
    }

    private static void require(boolean holds, String option, Object value, String hint) {
        if (!holds) {
            throw new InputException("bad-option", option + " is " + value, Map.of("option", option), hint);
        }
    }
}
