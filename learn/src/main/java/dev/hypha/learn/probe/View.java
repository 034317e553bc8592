package dev.hypha.learn.probe;

import static dev.hypha.learn.probe.Embeddings.Kind.F;
import static dev.hypha.learn.probe.Embeddings.Kind.I;
import static dev.hypha.learn.probe.Embeddings.Kind.N;
import static dev.hypha.learn.probe.Embeddings.Kind.O;
import static dev.hypha.learn.probe.Embeddings.Kind.P;
import static dev.hypha.learn.probe.Embeddings.Kind.R;
import static dev.hypha.learn.probe.Embeddings.Kind.S;
import static dev.hypha.learn.probe.Embeddings.Kind.U;

import dev.hypha.learn.probe.Embeddings.Kind;
import java.util.List;
import java.util.Locale;

/// What a family of models looks at, as the embeddings that a linear model would read for it; from the
/// simplest on.
@SuppressWarnings("ImmutableEnumChecker") // the lists are not changed
public enum View {
    /// The node's own features: what an MLP sees.
    FEATURES("a node's own features", F),
    /// A node's features mixed with those around it: GCN and what is built on it.
    MIXED("features mixed with those of neighbors", S),
    /// Neighbors' features beside a node's own, not mixed: GraphSAGE.
    APART("a node's own features, and apart from them its neighbors'", F, N, P),
    /// The same, along arcs and against them each for itself: FaberNet.
    DIRECTED("a node's own features, and apart those along and against its arcs", F, I, O),
    /// Where a node is in the graph, without any features.
    STRUCTURE("the structure of the graph alone", U, R),
    /// Everything at once.
    TOGETHER("structure, own and neighbors' features together", U, R, F, N, P, S);

    private final String words;
    private final List<Kind> parts;

    View(String words, Kind... parts) {
        this.words = words;
        this.parts = List.of(parts);
    }

    /// For people.
    public String words() {
        return words;
    }

    /// The name in results, such as `features`.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    List<Kind> parts() {
        return parts;
    }
}
