package dev.hypha.learn;

import static dev.hypha.graph.sampling.Subgraph.UNSEEN;

import dev.hypha.graph.Graph;
import dev.hypha.graph.Visibility;
import dev.hypha.graph.sampling.Subgraph;
import dev.hypha.tensor.Matrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// The features of one node type's rows in a batch. The same row of a table often stands in the trees of many seeds, so
/// its columns are kept once (`distinct`), and only what depends on the seed's time is kept per row of the subgraph.
///
/// A seed that is not visible itself has zeros and the codes for "missing".
public final class NodeRows {
    private final Features features;
    private final int[] positions;
    private final int[] nodes;
    private final float[] dense;
    private final int[][] codes;
    private final float[] ages;
    private final int ageWidth;

    private NodeRows(Features features, Distinct distinct, float[] ages, int ageWidth) {
        this.features = features;
        this.positions = distinct.positions();
        this.nodes = distinct.values();
        this.dense = gather(features.dense(), nodes);
        this.codes = new int[features.codes().length][];
        for (int c = 0; c < codes.length; c++) codes[c] = gather(features.codes()[c], nodes);
        this.ages = ages;
        this.ageWidth = ageWidth;
    }

    static NodeRows of(Graph graph, Features features, Subgraph subgraph, int type, long[] times) {
        boolean timed = graph.timed(type);
        int width = (timed ? TimeEncoding.WIDTH : 0) + TimeEncoding.SHORT_WIDTH * features.times().length;
        int[] nodes = subgraph.nodes(type);
        float[] ages = new float[nodes.length * width];
        for (int i = 0; i < nodes.length && width > 0; i++) {
            if (nodes[i] == UNSEEN) continue;
            long now = times[subgraph.seedOf(type)[i]];
            int at = i * width;
            if (timed) {
                TimeEncoding.write(age(now, graph.time(type, nodes[i])), ages, at);
                at += TimeEncoding.WIDTH;
            }
            for (long[] column : features.times()) {
                TimeEncoding.writeShort(age(now, column[nodes[i]]), ages, at);
                at += TimeEncoding.SHORT_WIDTH;
            }
        }
        return new NodeRows(features, Distinct.of(nodes), ages, width);
    }

    private static float age(long now, long micros) {
        boolean known = micros != Visibility.ALWAYS && micros != Visibility.NEVER;
        return known ? TimeEncoding.days(now, micros) : TimeEncoding.NONE;
    }

    private static float[] gather(Matrix dense, int[] nodes) {
        int width = dense.cols();
        float[] out = new float[nodes.length * width];
        for (int i = 0; i < nodes.length; i++) {
            if (nodes[i] == UNSEEN) continue;
            MemorySegment.copy(dense.segment(), ValueLayout.JAVA_FLOAT, 4L * nodes[i] * width, out, i * width, width);
        }
        return out;
    }

    private static int[] gather(int[] codes, int[] nodes) {
        int[] out = new int[nodes.length];
        for (int i = 0; i < out.length; i++) out[i] = nodes[i] == UNSEEN ? 0 : codes[nodes[i]];
        return out;
    }

    /// Rows of this type in the subgraph.
    public int count() {
        return positions.length;
    }

    /// How many different nodes they are.
    public int distinct() {
        return nodes.length;
    }

    /// For each row of the subgraph, which distinct node it is.
    public int[] positions() {
        return positions;
    }

    /// Columns of [#dense].
    public int denseWidth() {
        return features.dense().cols();
    }

    /// Numbers of the distinct nodes, row-major, shape [distinct, denseWidth].
    public float[] dense() {
        return dense;
    }

    /// Number of categorical columns.
    public int codeColumns() {
        return codes.length;
    }

    /// Codes of the distinct nodes in a categorical column.
    public int[] codes(int column) {
        return codes[column];
    }

    /// Codes of a categorical column are below this.
    public int vocabulary(int column) {
        return features.vocabularies()[column];
    }

    /// Columns of [#ages]; 0 where the type has neither a time nor columns of instants.
    public int ageWidth() {
        return ageWidth;
    }

    /// How old each row, and each instant in it, is at its seed's prediction time, row-major, shape [count, ageWidth];
    /// see [TimeEncoding].
    public float[] ages() {
        return ages;
    }
}
