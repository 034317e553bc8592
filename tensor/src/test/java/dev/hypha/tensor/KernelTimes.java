package dev.hypha.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// A program that times the providers side by side, each behind a comparison with the plain loops. Run it on a quiet
/// machine; arguments: number of threads.
final class KernelTimes {
    private static final int[][] PRODUCTS = {{512, 512, 512}, {1024, 128, 128}, {10_000, 128, 64}, {128, 4096, 128}};
    private static final int ROWS = 2048;
    private static final int COLS = 128;

    private final Memory memory = Memory.unlimited();
    private final int threads;

    private KernelTimes(int threads) {
        this.threads = threads;
    }

    public static void main(String[] arguments) {
        KernelTimes times = new KernelTimes(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2);
        for (int[] p : PRODUCTS) times.product(p[0], p[1], p[2]);
        times.step();
    }

    /// Milliseconds, the median of runs that take 1.5 seconds together, after as long again of warming up.
    private static double median(Runnable run) {
        double[] millis = new double[0];
        for (int phase = 0; phase < 2; phase++) {
            long end = System.nanoTime() + 1_500_000_000L;
            millis = new double[100_000];
            int n = 0;
            for (; n < millis.length && (n < 3 || System.nanoTime() < end); n++) {
                long start = System.nanoTime();
                run.run();
                millis[n] = (System.nanoTime() - start) / 1e6;
            }
            millis = Arrays.copyOf(millis, n);
        }
        Arrays.sort(millis);
        return millis[millis.length / 2];
    }

    private Matrix random(int rows, int cols, long key) {
        SplittableRandom random = new SplittableRandom(key);
        Matrix m = Matrix.of(memory, Purpose.WORKSPACE, rows, cols);
        for (int i = 0; i < m.size(); i++) m.put(i, (float) random.nextDouble(-1, 1));
        return m;
    }

    private void product(int m, int k, int n) {
        Matrix a = random(m, k, 1);
        Matrix b = random(k, n, 2);
        double[] millis = new double[3];
        float[] expected = null;
        for (String name : List.of("plain", "vector", "blas")) {
            try (KernelProvider provider = KernelProvider.of(name, threads);
                    Workspace workspace = new Workspace(memory);
                    Tape tape = new Tape(provider, workspace, false)) {
                Matrix out = tape.constant(m, n, new float[m * n]).value();
                Runnable run = () -> tape.product(a, false, b, false, out, false);
                run.run();
                if (expected == null) expected = out.toArray();
                requireClose(expected, out.toArray(), k);
                millis[KernelProvider.NAMES.indexOf(name)] = median(run);
            }
        }
        double flops = 2e-6 * m * k * n;
        System.out.printf(
                "%dx%dx%d: blas %.3f ms (%.0f GFLOP/s), vector %.3f ms (%.0f), plain %.3f ms (%.1f)%n",
                m, k, n, millis[0], flops / millis[0], millis[1], flops / millis[1], millis[2], flops / millis[2]);
    }

    private static void requireClose(float[] expected, float[] actual, int terms) {
        for (int i = 0; i < expected.length; i++) {
            if (Math.abs(expected[i] - actual[i]) > 1e-5 * Math.sqrt(terms)) {
                throw new AssertionError("element %d is %s, not %s".formatted(i, actual[i], expected[i]));
            }
        }
    }

    /// Each part of a training step, forward and backward together, on 2,048 rows of 128.
    private void step() {
        Csr pattern = pattern();
        int[] picked = new SplittableRandom(5).ints(ROWS, 0, ROWS).toArray();
        Matrix weights = random(COLS, COLS, 3);
        part(
                "product with a weight",
                x -> x.times(x.tape().constant(weights)).sum().backward());
        part("bias, relu", x -> x.addBias(x.firstRows(1)).relu().sum().backward());
        part("dropout", x -> x.dropout(0.3f, 7).sum().backward());
        part(
                "layer norm",
                x -> x.layerNorm(x.firstRows(1), x.firstRows(1), 1e-5f).sum().backward());
        part("mean of 8 sources", x -> x.spmm(pattern, Reduce.MEAN).sum().backward());
        part("max of 8 sources", x -> x.spmm(pattern, Reduce.MAX).sum().backward());
        part("gather", x -> x.gather(picked).sum().backward());
        part("concat", x -> x.concat(x).sum().backward());
        part("sum alone", x -> x.sum().backward());
        part("sigmoid", x -> x.sigmoid().sum().backward());
        try (Parameters parameters = new Parameters(memory)) {
            parameters.add("w", ROWS, COLS);
            OptimizerState state = new AdamW(1e-3f, 1e-2f).start(parameters, memory);
            row("adamw", provider -> state.step(provider));
            row("clip", provider -> parameters.clipGradients(provider, 1));
        }
    }

    private static Csr pattern() {
        int[] offsets = new int[ROWS + 1];
        for (int i = 0; i < ROWS; i++) offsets[i + 1] = offsets[i] + 8;
        return new Csr(
                ROWS,
                ROWS,
                offsets,
                new SplittableRandom(4).ints(8L * ROWS, 0, ROWS).toArray());
    }

    private void part(String name, Consumer<Tensor> body) {
        try (Parameters parameters = new Parameters(memory);
                Workspace workspace = new Workspace(memory)) {
            Parameter x = parameters.add("x", ROWS, COLS);
            x.value().copyFrom(random(ROWS, COLS, 6));
            row(name, provider -> {
                try (Tape tape = new Tape(provider, workspace, true)) {
                    body.accept(tape.parameter(x));
                }
            });
        }
    }

    private void row(String name, Consumer<KernelProvider> body) {
        StringBuilder line = new StringBuilder("%-24s".formatted(name));
        for (String provider : KernelProvider.NAMES) {
            try (KernelProvider p = KernelProvider.of(provider, threads)) {
                line.append("%s %.3f ms  ".formatted(provider, median(() -> body.accept(p))));
            }
        }
        System.out.println(line);
    }
}
