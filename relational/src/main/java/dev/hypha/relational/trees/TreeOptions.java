package dev.hypha.relational.trees;

import dev.hypha.learn.Option;

/// How boosted trees are grown. The defaults are one setting for all tasks.
///
/// @param rounds the most boosting rounds; fewer where the selection rows stop improving
/// @param patience rounds without improvement after which boosting stops
public record TreeOptions(
        @Option(def = "400", help = "most boosting rounds") int rounds,

        @Option(def = "60", help = "rounds without improvement before stopping")
        int patience,

        @Option(def = "0.05", help = "learning rate") double rate,
        @Option(def = "7", help = "leaves of a tree") int leaves,
        @Option(def = "40", help = "fewest rows of a leaf") int leafRows,

        @Option(def = "0.3", help = "share of features tried for a tree")
        double features,

        @Option(def = "0.7", help = "share of rows seen by a tree")
        double rows,

        @Option(def = "5", help = "penalty on leaf values") double penalty,

        @Option(def = "2", help = "models averaged, each with a random seed of its own")
        int models) {
    public static final TreeOptions DEFAULT = new TreeOptions(400, 60, 0.05, 7, 40, 0.3, 0.7, 5, 2);

    public TreeOptions {
        if (rounds < 1 || patience < 1 || leaves < 2 || leafRows < 1 || models < 1) {
            throw new IllegalArgumentException("counts must be positive, leaves at least 2");
        }
        if (!(rate > 0 && features > 0 && features <= 1 && rows > 0 && rows <= 1 && penalty >= 0)) {
            throw new IllegalArgumentException("rate must be positive, shares in (0, 1], penalty not negative");
        }
    }

    TreeOptions withRounds(int other) {
        return new TreeOptions(other, patience, rate, leaves, leafRows, features, rows, penalty, models);
    }
}
