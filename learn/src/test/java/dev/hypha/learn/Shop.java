package dev.hypha.learn;

import dev.hypha.graph.EdgeList;
import dev.hypha.graph.Graph;
import dev.hypha.graph.sampling.Pick;
import dev.hypha.graph.sampling.TemporalSampler;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// A small shop with a signal two hops away: customers place orders of products, and a customer's answer at a time
/// follows from the quality of the products ordered before. Customers and orders themselves hold noise alone.
public final class Shop implements AutoCloseable {
    public static final int CUSTOMERS = 0;
    public static final int ORDERS = 1;
    public static final int PRODUCTS = 2;
    public static final long DAY = 86_400_000_000L;

    private static final int PER_CUSTOMER = 5;
    private static final int DAYS = 400;

    private final Graph graph;
    private final List<Features> features;
    private final int customers;
    private final float[] quality;
    private final int[] product;
    private final long[] time;

    public Shop(Memory memory, int customers, long key) {
        SplittableRandom random = new SplittableRandom(key);
        this.customers = customers;
        int orders = customers * PER_CUSTOMER;
        quality = new float[30];
        for (int p = 0; p < quality.length; p++) quality[p] = p % 2 == 0 ? 1 : -1;
        product = random.ints(orders, 0, quality.length).toArray();
        time = random.longs(orders, 0, DAYS).map(d -> d * DAY).toArray();
        graph = graph();
        int[] bands = IntStream.range(0, quality.length).map(p -> 1 + p % 3).toArray();
        features = List.of(
                features(memory, noise(random, customers), new int[0], 0, new long[0]),
                features(memory, noise(random, orders), new int[0], 0, time),
                features(memory, quality, bands, 4, new long[0]));
    }

    private Graph graph() {
        try (Graph.Builder builder = new Graph.Builder()) {
            builder.nodes("customers", customers);
            builder.nodes("orders", time);
            builder.nodes("products", quality.length);
            EdgeList placed = builder.edges("orders.customer", ORDERS, CUSTOMERS);
            builder.reversed("customer of orders", placed);
            EdgeList of = builder.edges("products of orders", PRODUCTS, ORDERS);
            builder.reversed("orders.product", of);
            for (int o = 0; o < product.length; o++) {
                placed.add(o, o / PER_CUSTOMER);
                of.add(product[o], o);
            }
            return builder.build();
        }
    }

    private static float[] noise(SplittableRandom random, int n) {
        float[] out = new float[n];
        for (int i = 0; i < n; i++) out[i] = (float) random.nextDouble(-1, 1);
        return out;
    }

    private static Features features(Memory memory, float[] values, int[] codes, int vocabulary, long[] times) {
        boolean coded = codes.length > 0;
        boolean timed = times.length > 0;
        return new Features(
                Matrix.of(memory, Purpose.FEATURES, values.length, 1, values),
                coded ? new int[][] {codes} : new int[0][],
                coded ? new int[] {vocabulary} : new int[0],
                timed ? new long[][] {times} : new long[0][],
                List.of(new Features.Name("t", "value", "value")),
                coded ? List.of(new Features.Name("t", "band", "code")) : List.of(),
                timed ? List.of(new Features.Name("t", "when", "time")) : List.of());
    }

    /// One seed per customer and instant: days 200, 300 and 400.
    ///
    /// @param from the first customer
    /// @param to one past the last customer
    public Seeds seeds(TaskKind kind, int from, int to) {
        List<float[]> labels = new ArrayList<>();
        int[] node = new int[3 * (to - from)];
        long[] at = new long[node.length];
        for (int i = 0; i < node.length; i++) {
            node[i] = from + i / 3;
            at[i] = (200 + i % 3 * 100) * DAY;
            labels.add(label(kind, meanQuality(node[i], at[i])));
        }
        int width = labels.isEmpty() ? 0 : labels.getFirst().length;
        float[] flat = new float[node.length * width];
        for (int i = 0; i < node.length; i++) System.arraycopy(labels.get(i), 0, flat, i * width, width);
        return new Seeds(node, at, at, flat, new float[0]);
    }

    private static float[] label(TaskKind kind, double quality) {
        return switch (kind) {
            case BINARY -> new float[] {quality > 0 ? 1 : 0};
            case MULTICLASS -> new float[] {quality < -0.3 ? 0 : quality <= 0.3 ? 1 : 2};
            case MULTILABEL -> new float[] {quality > 0 ? 1 : 0, quality > 0.5 ? 1 : 0};
            case REGRESSION, RANKING -> new float[] {(float) (100 + 20 * quality)};
        };
    }

    /// Over the orders up to the instant; 0 without any.
    private double meanQuality(int customer, long now) {
        return IntStream.range(customer * PER_CUSTOMER, (customer + 1) * PER_CUSTOMER)
                .filter(o -> time[o] <= now)
                .mapToDouble(o -> quality[product[o]])
                .average()
                .orElse(0);
    }

    public GraphBatches batches(RowModel model, Seeds seeds) {
        int[] fanouts = model.fanouts().stream().mapToInt(Integer::intValue).toArray();
        return new GraphBatches(graph, features, new TemporalSampler(fanouts, Pick.UNIFORM), CUSTOMERS, seeds);
    }

    public Graph graphOfRows() {
        return graph;
    }

    public List<Features> features() {
        return features;
    }

    @Override
    public void close() {
        graph.close();
        features.forEach(Features::close);
    }
}
