package dev.hypha.learn.probe;

import dev.hypha.algorithms.labels.EdgeDirection;
import dev.hypha.learn.TaskKind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What is worth training, and why. The first line of the table whose condition holds decides:
///
/// | what was found | advice |
/// |---|---|
/// | no view tells anything of labels | `mlp`, and not to expect more than the most frequent class |
/// | features tell nothing and structure does, edges join equal labels | `label-spreading` |
/// | features tell nothing and structure does, otherwise | `fe-gnn` |
/// | features alone are as good as anything with edges | `mlp` |
/// | mixing with neighbors is as good as keeping apart, few labels, edges join equal ones | `appnp` |
/// | mixing with neighbors is as good as keeping apart, otherwise | `gcn` |
/// | neighbors tell more where they are kept apart from a node's own features | `graph-sage` |
/// | the same, and more by the direction of arcs, or no less where AMUD speaks for it | `faber-net` |
/// | structure tells more than all of these, edges join equal labels | `label-spreading` |
/// | structure tells more than all of these, otherwise | `fe-gnn` |
///
/// "As good as" means within one standard error of the best, on training and validation nodes.
///
/// @param model a name of the catalogue
/// @param directed whether the directions of edges are worth keeping
/// @param sentences why, for people
public record Advice(String model, boolean directed, List<String> sentences) {
    public Advice {
        sentences = List.copyOf(sentences);
    }

    /// Adjusted homophily from which on edges join equal labels: neighbors' labels are then guesses worth
    /// having.
    private static final double HOMOPHILOUS = 0.2;

    /// Training nodes of each class up to which a label's neighbors of neighbors are worth asking.
    private static final double FEW = 50;

    /// What is measured with edges and features, from the simplest on.
    private static final List<View> MODELS =
            List.of(View.FEATURES, View.MIXED, View.APART, View.DIRECTED, View.STRUCTURE);

    static Advice of(Evidence evidence, GraphFacts facts, KnownLabels known, TaskKind kind) {
        return new Rule(evidence, facts, known, kind).advice();
    }

    /// In a line, to be printed before a training.
    public String line() {
        return "auto chose " + model + ": " + sentences.getFirst();
    }

    private record Rule(Evidence evidence, GraphFacts facts, KnownLabels known, TaskKind kind) {
        Advice advice() {
            if (!evidence.anything()) {
                return of(
                        "mlp",
                        "Neither edges nor features tell anything of the labels beyond chance; nothing"
                                + " trained on them should be expected to do better than " + percent(chance()) + ".");
            }
            if (!evidence.features() && evidence.structure()) {
                return structure("Features tell nothing of the labels, the structure does: " + worth(View.STRUCTURE));
            }
            View view = evidence.simplest(
                    MODELS.stream().filter(evidence.views()::containsKey).toList());
            if (view == View.APART && directionsSpeak()) view = View.DIRECTED;
            return switch (view) {
                case FEATURES ->
                    of(
                            "mlp",
                            "A node's own features tell " + worth(view) + ", and edges add nothing to that"
                                    + best(View.MIXED, View.APART) + ".");
                case MIXED -> mixed();
                case APART ->
                    of(
                            "graph-sage",
                            "Neighbors tell more where they are kept apart from a node's own features: "
                                    + worth(view) + ", mixed " + worth(View.MIXED) + ", without edges "
                                    + worth(View.FEATURES) + ".");
                case DIRECTED ->
                    of(
                            "faber-net",
                            "Neighbors along arcs and against them tell " + worth(view)
                                    + " where they are kept apart, without directions " + worth(View.APART) + ", mixed "
                                    + worth(View.MIXED) + ".");
                case STRUCTURE, TOGETHER ->
                    structure("Where a node is in the graph tells most: " + worth(view) + ", its own features "
                            + worth(View.FEATURES) + ", mixed with neighbors' " + worth(View.MIXED));
            };
        }

        /// Whether AMUD keeps directions and nothing is lost by it.
        private boolean directionsSpeak() {
            return facts.direction().map(EdgeDirection::directed).orElse(false)
                    && evidence.views().get(View.DIRECTED).accuracy()
                            >= evidence.views().get(View.APART).accuracy();
        }

        private Advice structure(String why) {
            boolean classes = kind == TaskKind.MULTICLASS || kind == TaskKind.BINARY;
            return classes && homophilous()
                    ? of("label-spreading", why + "; neighbors mostly have the same label.")
                    : of("fe-gnn", why + "; neighbors' labels say little by themselves.");
        }

        private boolean homophilous() {
            return facts.homophily().adjusted() >= HOMOPHILOUS;
        }

        private Advice mixed() {
            String why = "Mixed with its neighbors' a node's features tell " + worth(View.MIXED) + ", alone "
                    + worth(View.FEATURES) + "; keeping them apart adds nothing" + best(View.APART);
            return known.perClass() <= FEW && homophilous()
                    ? of("appnp", why + ". Labels are few, so that farther neighbors are worth asking.")
                    : of("gcn", why + ".");
        }

        private Advice of(String model, String why) {
            boolean directed = model.equals("faber-net");
            Optional<String> directions = facts.direction()
                    .map(test -> directed
                            ? "Keep the directions of edges."
                            : "Edges may be read without their directions: they add nothing here%s."
                                    .formatted(
                                            test.directed() ? "" : ", and AMUD's score is " + decimal(test.score())));
            return new Advice(
                    model, directed, directions.map(line -> List.of(why, line)).orElseGet(() -> List.of(why)));
        }

        private double chance() {
            return evidence.views().get(View.FEATURES).chance();
        }

        private String worth(View view) {
            return percent(evidence.views().get(view).accuracy());
        }

        /// The best of some views, in parentheses.
        private String best(View... views) {
            double best = 0;
            for (View view : views)
                best = Math.max(best, evidence.views().get(view).accuracy());
            return " (" + percent(best) + ")";
        }

        private static String decimal(double x) {
            return String.format(Locale.ROOT, "%.2f", x);
        }

        private static String percent(double part) {
            return String.format(Locale.ROOT, "%.1f %%", 100 * part);
        }
    }
}
