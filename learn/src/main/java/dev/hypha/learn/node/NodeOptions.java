package dev.hypha.learn.node;

import dev.hypha.graph.InputException;
import dev.hypha.learn.Option;
import dev.hypha.learn.Options;
import dev.hypha.learn.TaskKind;
import dev.hypha.learn.Training;
import dev.hypha.learn.data.FeatureScaling;
import dev.hypha.learn.metrics.Metric;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.StoredMatrix;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// How a model over nodes is trained, beside what [Training] says.
///
/// @param pass what a step looks at
/// @param fanOut neighbors drawn per node and layer where steps look at samples
/// @param stopBy what decides on validation nodes when training stops and which weights are kept
/// @param inductive whether validation and test nodes are hidden, with their edges, from what comes
///     before them
/// @param featureScaling what is done to features before training
/// @param mask share of the features' numbers that is hidden from every method, to see how it bears that
/// @param impute what stands in the place of hidden numbers
/// @param base whose answers a method betters that works on another's, such as correct-and-smooth
/// @param keep how many of the best epochs' weights, of the first seed, stay with the run
/// @param rewire how edges are changed before training; its own options are options too
public record NodeOptions(
        @Option(def = "auto", help = "what a step looks at: the whole graph, or samples around its nodes")
        Pass pass,

        @Option(
                def = "10",
                help = "neighbors drawn per node and layer where steps look at samples",
                min = 1,
                max = 10000)
        int fanOut,

        @Option(def = "loss", help = "what decides on validation nodes: the task's metric or the loss")
        StopBy stopBy,

        @Option(def = "false", help = "hide validation and test nodes, with their edges, from training")
        boolean inductive,

        @Option(
                def = "auto",
                help = "features of a node divided by their sum: rows; auto: where sparse and not negative")
        FeatureScaling featureScaling,

        @Option(
                def = "0",
                help = "share of the features' numbers that is hidden, before all else",
                min = 0,
                max = 0.999)
        double mask,

        @Option(
                def = "zero",
                help = "what stands in the place of hidden numbers: zero, or the mean of a column's known")
        Impute impute,

        @Option(def = "mlp", help = "whose answers a method betters that works on another's: mlp, gcn or sgc")
        Base base,

        @Option(def = "0", help = "how many of the best epochs' weights stay with the run", min = 0, max = 1000)
        int keep,

        @Option(def = "none", help = "change the edges before training: borf, gtr or laser")
        Rewire rewire) {
    /// What a [Training] is by default where nodes are predicted: full-batch steps at one rate, stopped
    /// after many without improvement, as the literature does.
    private static final Map<String, String> TRAINING = Map.of(
            "epochs", "1000",
            "batch", "1024",
            "rate", "0.01",
            "decay", "0",
            "l2", "0.0005",
            "schedule", "constant",
            "warmup", "0",
            "clip", "0",
            "patience", "100");

    public NodeOptions {
        Options.check(
                NodeOptions.class, pass, fanOut, stopBy, inductive, featureScaling, mask, impute, base, keep, rewire);
        if (rewire != Rewire.NONE && inductive) {
            throw new InputException(
                    "bad-option",
                    "--rewire and --inductive are given together, and a rewiring sees all nodes at once",
                    Map.of("option", "--rewire"),
                    "Give one of them.");
        }
    }

    /// What a step looks at.
    public enum Pass {
        /// The whole graph where memory suffices, otherwise samples; the precomputed form of a model that
        /// has one, and scopes for a model that is made for them.
        AUTO,
        /// The whole graph.
        WHOLE,
        /// Some training nodes and what is drawn around them.
        SAMPLED,
        /// Some training nodes and what was read off the graph for them before, by a model that can do so.
        PRECOMPUTED,
        /// Some training nodes, each with a small subgraph of its own, by a model that is made for that.
        SCOPED
    }

    /// What decides on validation nodes.
    public enum StopBy {
        /// The task's primary metric.
        METRIC,
        /// The loss, or what is nearest to it among the metrics.
        LOSS;

        /// The metric for a kind of task.
        public Metric metric(TaskKind kind) {
            if (this == METRIC) return Metric.primary(kind);
            return kind == TaskKind.REGRESSION ? Metric.RMSE : Metric.LOG_LOSS;
        }
    }

    /// What stands in the place of numbers that are not known.
    public enum Impute {
        /// 0, which where features are words is that a word is not there.
        ZERO,
        /// The mean of what is known of the column.
        MEAN
    }

    /// Models that others work on, with the options they have by default.
    public enum Base {
        MLP,
        GCN,
        SGC;

        /// The name in the catalogue.
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What edges are changed by, of [dev.hypha.learn.rewiring.Rewirings].
    public enum Rewire {
        NONE,
        BORF,
        GTR,
        LASER;

        /// The name in the list of rewirings.
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Features with a share hidden and scaled, as the options say; themselves where they say neither.
    ///
    /// @param among nodes that may be looked at for what stands in the place of hidden numbers
    /// @return features or a matrix that is the caller's to close
    /// @throws dev.hypha.tensor.MemoryLimitException if the memory's limit would be passed
    StoredMatrix seen(StoredMatrix features, int[] among, Memory memory) {
        StoredMatrix known = HiddenFeatures.of(features, mask, impute, among, memory);
        StoredMatrix scaled = featureScaling.of(known, memory);
        if (known != features && scaled != known) known.close();
        return scaled;
    }

    /// Training as it is by default where nodes are predicted, with what is given.
    ///
    /// @param given options of [Training] as written
    /// @throws dev.hypha.graph.InputException for an unknown option or a value it cannot have
    public static Training training(Map<String, String> given) {
        Map<String, String> all = new HashMap<>(TRAINING);
        all.putAll(given);
        return Options.read(Training.class, all);
    }
}
