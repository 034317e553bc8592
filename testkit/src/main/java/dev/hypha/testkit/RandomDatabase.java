package dev.hypha.testkit;

import dev.hypha.graph.EdgeList;
import dev.hypha.graph.Graph;
import dev.hypha.graph.sampling.Pick;
import dev.hypha.graph.sampling.TemporalSampler;
import dev.hypha.learn.BatchSource;
import dev.hypha.learn.Features;
import dev.hypha.learn.GraphBatches;
import dev.hypha.learn.Keys;
import dev.hypha.learn.RowBatch;
import dev.hypha.learn.Seeds;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Purpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// A small random database as a model sees it: five tables with and without time, columns, categories and
/// instants, many equal times, rows without references, references in both directions, and seeds at several
/// instants, some of which are not visible themselves. A function of its key.
public final class RandomDatabase implements AutoCloseable {
    /// The table of the seeds.
    public static final int ENTITIES = 0;

    private static final long DAY = 86_400_000_000L;
    private static final int DAYS = 30;
    private static final int VOCABULARY = 5;
    private static final String[] TABLES = {"entities", "facts", "notes", "places", "links"};
    private static final boolean[] TIMED = {true, true, true, false, false};
    private static final int[] DENSE = {2, 3, 0, 1, 0};
    private static final int[] CODED = {1, 2, 0, 1, 0};
    private static final int[] INSTANTS = {1, 0, 0, 0, 1};

    /// Source and target tables; the edges of each also go the other way.
    private static final int[][] REFERENCES = {{1, 0}, {2, 1}, {3, 1}, {4, 3}, {2, 0}, {0, 0}};

    private final Memory memory = Memory.unlimited();
    private final long key;
    private final int size;
    private final int[][] numbers;
    private final Graph graph;
    private final List<Features> features = new ArrayList<>();

    /// @param key source of everything
    /// @param size rows per table
    public RandomDatabase(long key, int size) {
        this(key, size, identity(size), false);
    }

    private RandomDatabase(long key, int size, int[][] numbers, boolean backwards) {
        this.key = key;
        this.size = size;
        this.numbers = numbers;
        this.graph = graph(backwards);
        for (int t = 0; t < TABLES.length; t++) features.add(features(t));
    }

    /// The same database with its rows numbered in another order.
    public RandomDatabase renumbered(long order) {
        int[][] other = new int[TABLES.length][];
        for (int t = 0; t < other.length; t++) other[t] = Keys.permutation(size, Keys.split(order, t));
        return new RandomDatabase(key, size, other, false);
    }

    /// The same database with its references read in the opposite order.
    public RandomDatabase readBackwards() {
        return new RandomDatabase(key, size, numbers, true);
    }

    private static int[][] identity(int size) {
        int[][] out = new int[TABLES.length][];
        Arrays.setAll(out, t -> IntStream.range(0, size).toArray());
        return out;
    }

    private SplittableRandom random(String of) {
        return new SplittableRandom(Keys.split(key, of));
    }

    private Graph graph(boolean backwards) {
        try (Graph.Builder builder = new Graph.Builder()) {
            for (int t = 0; t < TABLES.length; t++) {
                if (TIMED[t]) {
                    builder.nodes(TABLES[t], times(t, "time" + t));
                } else {
                    builder.nodes(TABLES[t], size);
                }
            }
            for (int r = 0; r < REFERENCES.length; r++) reference(builder, r, backwards);
            return builder.build();
        }
    }

    private void reference(Graph.Builder builder, int r, boolean backwards) {
        int source = REFERENCES[r][0];
        int target = REFERENCES[r][1];
        String name = TABLES[source] + "-" + TABLES[target];
        EdgeList list = builder.edges(name, source, target);
        builder.reversed(name + " reversed", list);
        int[] targets = random("reference" + r)
                .ints(size, -size / 4, size)
                .map(i -> Math.max(-1, i)) // a fifth refers to nothing
                .toArray();
        for (int k = 0; k < size; k++) {
            int row = backwards ? size - 1 - k : k;
            if (targets[row] >= 0) list.add(numbers[source][row], numbers[target][targets[row]]);
        }
    }

    private long[] times(int table, String column) {
        long[] drawn = random(column).longs(size, 0, DAYS).map(d -> d * DAY).toArray();
        long[] out = new long[size];
        for (int row = 0; row < size; row++) out[numbers[table][row]] = drawn[row];
        return out;
    }

    private Features features(int table) {
        String name = TABLES[table];
        Matrix dense = Matrix.of(memory, Purpose.FEATURES, size, DENSE[table]);
        List<Features.Name> denseNames = new ArrayList<>();
        for (int c = 0; c < DENSE[table]; c++) {
            SplittableRandom random = random("dense" + table + "," + c);
            for (int row = 0; row < size; row++) dense.set(numbers[table][row], c, (float) random.nextGaussian());
            denseNames.add(new Features.Name(name, "dense" + c, "value"));
        }
        int[][] codes = new int[CODED[table]][size];
        List<Features.Name> codeNames = new ArrayList<>();
        for (int c = 0; c < codes.length; c++) {
            SplittableRandom random = random("codes" + table + "," + c);
            for (int row = 0; row < size; row++) codes[c][numbers[table][row]] = random.nextInt(VOCABULARY);
            codeNames.add(new Features.Name(name, "codes" + c, "code"));
        }
        int[] vocabularies = new int[codes.length];
        Arrays.fill(vocabularies, VOCABULARY);
        long[][] instants = new long[INSTANTS[table]][];
        for (int c = 0; c < instants.length; c++) {
            instants[c] = times(table, "instants" + table);
            instants[c][numbers[table][0]] = Long.MAX_VALUE; // missing
        }
        List<Features.Name> timeNames =
                instants.length == 0 ? List.of() : List.of(new Features.Name(name, "at", "time"));
        return new Features(dense, codes, vocabularies, instants, denseNames, codeNames, timeNames);
    }

    /// Seeds on the first table, with labels 0 or 1 and two numbers of their own.
    ///
    /// @param count of seeds; the same for every numbering
    public Seeds seeds(int count) {
        SplittableRandom random = random("seeds");
        int[] node = new int[count];
        long[] time = new long[count];
        float[] label = new float[count];
        float[] own = new float[2 * count];
        for (int i = 0; i < count; i++) {
            node[i] = numbers[ENTITIES][random.nextInt(size)];
            time[i] = random.nextLong(DAYS / 2, DAYS + 5) * DAY;
            label[i] = random.nextInt(2);
            own[2 * i] = (float) random.nextGaussian();
            own[2 * i + 1] = (float) random.nextGaussian();
        }
        return new Seeds(node, time, time, label, own);
    }

    /// One seed so early that nothing is visible to it, itself included.
    public Seeds seedBeforeAll() {
        long[] before = {-DAY};
        return new Seeds(new int[] {0}, before, before, new float[] {0}, new float[] {0, 0});
    }

    /// The seeds as batches that see everything visible within some hops.
    public BatchSource<RowBatch> source(int hops, Seeds seeds) {
        int[] all = new int[hops];
        Arrays.fill(all, -1);
        return new GraphBatches(graph, features, new TemporalSampler(all, Pick.LAST), ENTITIES, seeds);
    }

    /// All of `count` seeds in one batch.
    public RowBatch batch(int hops, int count) {
        return source(hops, seeds(count)).batch(IntStream.range(0, count).toArray(), 0);
    }

    @Override
    public void close() {
        graph.close();
        memory.close();
    }
}
