package dev.hypha.learn.probe;

import dev.hypha.algorithms.Threads;
import dev.hypha.learn.probe.Embeddings.Kind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// How much of the labels can be read off a graph linearly: by each embedding, and by each view.
///
/// @param embeddings what each tells alone
/// @param views what each tells
record Evidence(Map<Kind, JointCounts> embeddings, Map<View, JointCounts> views) {
    static Evidence of(Map<Kind, float[][]> read, Readout readout, Threads threads) {
        Map<Kind, JointCounts> embeddings = new EnumMap<>(Kind.class);
        read.forEach((kind, rows) -> embeddings.put(kind, readout.of(rows, threads)));
        Map<View, JointCounts> views = new EnumMap<>(View.class);
        for (View view : View.values()) {
            if (!read.keySet().containsAll(view.parts())) continue;
            boolean single = view.parts().size() == 1;
            views.put(
                    view,
                    single ? embeddings.get(view.parts().getFirst()) : readout.of(beside(read, view.parts()), threads));
        }
        return new Evidence(embeddings, views);
    }

    private static float[][] beside(Map<Kind, float[][]> read, List<Kind> parts) {
        float[][] all = new float[read.get(parts.getFirst()).length][];
        int width = parts.stream().mapToInt(part -> read.get(part)[0].length).sum();
        for (int i = 0; i < all.length; i++) {
            all[i] = new float[width];
            int at = 0;
            for (Kind part : parts) {
                float[] row = read.get(part)[i];
                System.arraycopy(row, 0, all[i], at, row.length);
                at += row.length;
            }
        }
        return all;
    }

    /// Whether the structure alone tells something of the labels.
    boolean structure() {
        return embeddings.get(Kind.U).informative() || embeddings.get(Kind.R).informative();
    }

    /// Whether a node's own features tell something of its label.
    boolean features() {
        return embeddings.get(Kind.F).informative();
    }

    /// Whether anything does.
    boolean anything() {
        return views.values().stream().anyMatch(JointCounts::informative);
    }

    /// What is worth no less than the best, within one standard error, and is simplest (the rule of one
    /// standard error: Breiman, Friedman, Olshen and Stone, "Classification and regression trees", 1984,
    /// section 3.4.3).
    ///
    /// @param among views to choose from
    View simplest(List<View> among) {
        JointCounts best = null;
        for (View view : among) {
            JointCounts here = views.get(view);
            if (best == null || here.accuracy() > best.accuracy()) best = here;
        }
        double enough = best.accuracy() - best.accuracyError();
        return among.stream()
                .filter(view -> views.get(view).accuracy() >= enough)
                .findFirst()
                .orElseThrow();
    }
}
