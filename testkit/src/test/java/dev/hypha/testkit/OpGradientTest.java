package dev.hypha.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.tensor.Attention;
import dev.hypha.tensor.Bfloat16Matrix;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Custom;
import dev.hypha.tensor.Function;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Loss;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Op;
import dev.hypha.tensor.Parameters;
import dev.hypha.tensor.Reduce;
import dev.hypha.tensor.RowCustom;
import dev.hypha.tensor.Scaling;
import dev.hypha.tensor.Shape;
import dev.hypha.tensor.SparseMatrix;
import dev.hypha.tensor.Tape;
import dev.hypha.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every operation against finite differences: rows of a table, each with the operands' shapes and domain.
class OpGradientTest {
    private static final int[][] SIZES = {{1, 1}, {7, 5}, {33, 17}, {6, 100}};

    /// Where an operand's values lie.
    private enum Domain {
        ANY,
        /// At least 0.3 from 0.
        AWAY_FROM_ZERO,
        /// From 0.5 to 2.
        POSITIVE,
        /// At least 0.2 apart from each other within any column.
        APART
    }

    private record Operand(int rows, int cols, Domain domain) {}

    /// One row of the table.
    private record Row(Class<? extends Op> op, String name, List<Operand> operands, Body body) {}

    @FunctionalInterface
    private interface Body {
        Tensor apply(Tape tape, Tensor[] x);
    }

    private static Operand any(int rows, int cols) {
        return new Operand(rows, cols, Domain.ANY);
    }

    private static List<Row> table(int n, int c) {
        List<Row> rows = new ArrayList<>();
        int[] picked = new SplittableRandom(n).ints(2L * n, 0, n).toArray();
        Csr pattern = pattern(n + 2, n, 7L * n + c);
        Csr one = pattern(1, n, c);
        float[] targets = new float[n * c];
        for (int i = 0; i < targets.length; i++) targets[i] = (i * 7 % 10) / 10f;
        int[] classes = new int[n];
        for (int i = 0; i < n; i++) classes[i] = i % c;
        float[] weights = new float[n];
        for (int i = 0; i < n; i++) weights[i] = 0.5f + i % 3;
        Operand gain = new Operand(1, c, Domain.POSITIVE);

        rows.add(row(Op.Product.class, "product", (_, x) -> x[0].times(x[1]), any(n, c), any(c, n + 1)));
        rows.add(row(Op.Add.class, "plus", (_, x) -> x[0].plus(x[1]), any(n, c), any(n, c)));
        rows.add(row(Op.Add.class, "plus itself", (_, x) -> x[0].plus(x[0]), any(n, c)));
        rows.add(row(Op.Add.class, "minus", (_, x) -> x[0].minus(x[1]), any(n, c), any(n, c)));
        rows.add(row(Op.AddRow.class, "bias", (_, x) -> x[0].addBias(x[1]), any(n, c), any(1, c)));
        rows.add(row(Op.Multiply.class, "multiply", (_, x) -> x[0].multiply(x[1]), any(n, c), any(n, c)));
        rows.add(row(Op.Multiply.class, "square", (_, x) -> x[0].multiply(x[0]), any(n, c)));
        rows.add(row(Op.Affine.class, "affine", (_, x) -> x[0].scale(-2.5f).addScalar(1), any(n, c)));
        for (Function f : Function.values()) {
            Domain domain = switch (f) {
                case RELU, LEAKY_RELU, ELU -> Domain.AWAY_FROM_ZERO;
                case LOG -> Domain.POSITIVE;
                case SIGMOID, TANH, EXP -> Domain.ANY;
            };
            rows.add(row(Op.Map.class, f.toString(), (_, x) -> map(f, x[0]), new Operand(n, c, domain)));
        }
        for (float dropout : new float[] {0, 0.3f}) {
            for (Function f : List.of(Function.RELU, Function.LEAKY_RELU, Function.ELU)) {
                // A bias too small to bring the sum near the kink.
                rows.add(row(
                        Op.BiasActivation.class,
                        f + " after a bias, dropout " + dropout,
                        (_, x) -> x[0].biasActivation(x[1].scale(0.1f), f, 0.2f, dropout, 5),
                        new Operand(n, c, Domain.AWAY_FROM_ZERO),
                        new Operand(1, c, Domain.POSITIVE)));
            }
        }
        rows.add(row(Op.Concat.class, "concat", (_, x) -> x[0].concat(x[1], x[0]), any(n, c), any(n, 3)));
        rows.add(row(Op.SliceColumns.class, "columns", (_, x) -> x[0].sliceColumns(1, c + 1), any(n, c + 2)));
        rows.add(row(Op.SliceRows.class, "rows", (_, x) -> x[0].sliceRows(1, n + 1), any(n + 2, c)));
        rows.add(row(
                Op.SliceRows.class,
                "overlapping rows",
                (_, x) -> x[0].firstRows(n).multiply(x[0].sliceRows(1, n + 1)),
                any(n + 1, c)));
        rows.add(row(Op.Gather.class, "gather", (_, x) -> x[0].gather(picked), any(n, c)));
        for (float dropout : new float[] {0, 0.3f}) {
            rows.add(row(
                    Op.Attend.class,
                    "GAT, dropout " + dropout,
                    (_, x) -> x[2].attend(
                            pattern, new Attention(Attention.Form.GAT, 2, 0.2f, dropout, 3), x[0], x[1], null),
                    new Operand(n + 2, 2, Domain.POSITIVE),
                    new Operand(n, 2, Domain.POSITIVE),
                    any(n, 2 * c)));
            rows.add(row(
                    Op.Attend.class,
                    "GATv2, dropout " + dropout,
                    (_, x) -> x[1].attend(
                            pattern, new Attention(Attention.Form.GATV2, 2, 0.2f, dropout, 3), x[0], x[1], x[2]),
                    new Operand(n + 2, 2 * c, Domain.POSITIVE),
                    new Operand(n, 2 * c, Domain.POSITIVE),
                    any(1, 2 * c)));
            rows.add(row(
                    Op.Attend.class,
                    "dot-product attention, dropout " + dropout,
                    (_, x) -> x[2].attend(
                            pattern,
                            new Attention(Attention.Form.DOT, 2, 1f / (float) Math.sqrt(c), dropout, 3),
                            x[0],
                            x[1],
                            null),
                    any(n + 2, 2 * c),
                    any(n, 2 * c),
                    any(n, 6)));
        }
        rows.add(
                row(Op.EdgeSum.class, "sums of ends", (_, x) -> x[0].edgeSum(pattern, x[1]), any(n + 2, c), any(n, c)));
        rows.add(row(
                Op.EdgeDot.class,
                "dots of ends",
                (_, x) -> x[0].edgeDot(pattern.transpose(), 2, x[1]),
                any(n, 2 * c),
                any(n + 2, 2 * c)));
        rows.add(row(
                Op.EdgeSoftmax.class,
                "softmax over entries",
                (_, x) -> x[0].edgeSoftmax(pattern),
                any(pattern.edges(), c)));
        rows.add(row(
                Op.EdgeSoftmax.class,
                "attention of parts",
                (_, x) -> x[2].spmm(
                        pattern, x[0].edgeSum(pattern, x[1]).leakyRelu(0.2f).edgeSoftmax(pattern)),
                new Operand(n + 2, 2, Domain.POSITIVE),
                new Operand(n, 2, Domain.POSITIVE),
                any(n, 2 * c)));
        rows.add(row(Op.Aggregate.class, "sum", (_, x) -> x[0].spmm(pattern, Reduce.SUM), any(n, c)));
        rows.add(row(Op.Aggregate.class, "mean", (_, x) -> x[0].spmm(pattern, Reduce.MEAN), any(n, c)));
        rows.add(row(
                Op.Aggregate.class, "max", (_, x) -> x[0].spmm(pattern, Reduce.MAX), new Operand(n, c, Domain.APART)));
        rows.add(row(
                Op.Aggregate.class,
                "max by a transpose",
                (_, x) -> x[0].spmm(pattern.transpose(), Reduce.MAX),
                new Operand(n + 2, c, Domain.APART)));
        rows.add(row(
                Op.Aggregate.class, "min", (_, x) -> x[0].spmm(pattern, Reduce.MIN), new Operand(n, c, Domain.APART)));
        for (Reduce reduce : List.of(Reduce.MAX, Reduce.MIN)) {
            for (int heads : new int[] {1, 3}) {
                rows.add(row(
                        Op.WeightedExtreme.class,
                        "weighted " + reduce + ", " + heads + " heads",
                        (_, x) -> x[0].spmm(pattern, x[1].scale(0.01f).addScalar(1), reduce),
                        new Operand(n, heads * c, Domain.APART),
                        any(pattern.edges(), heads)));
            }
        }
        rows.add(row(
                Op.WeightedExtreme.class,
                "weighted maximum by a transpose",
                (_, x) -> x[0].spmm(pattern.transpose(), x[1].scale(0.01f).addScalar(-1), Reduce.MAX),
                new Operand(n + 2, 2 * c, Domain.APART),
                any(pattern.edges(), 2)));
        rows.add(row(
                Op.WeightedSum.class,
                "weighted mean of a bag of embeddings",
                (_, x) -> x[0].embeddingBag(pattern, x[1], Reduce.MEAN),
                any(n, c),
                any(pattern.edges(), 1)));
        rows.add(row(
                Op.WeightedSum.class,
                "weighted sum, three heads",
                (_, x) -> x[0].spmm(pattern, x[1]),
                any(n, 3 * c),
                any(pattern.edges(), 3)));
        rows.add(row(
                Op.WeightedSum.class,
                "symmetric sum",
                (_, x) -> x[0].spmm(pattern, Scaling.symmetric(pattern)),
                any(n, c)));
        rows.add(row(
                Op.WeightedSum.class,
                "weighted mean by a transpose",
                (tape, x) -> tape.apply(
                        new Op.WeightedSum(pattern.transpose(), Scaling.symmetric(pattern.transpose()), x[1], x[0])),
                any(n + 2, 2 * c),
                any(pattern.edges(), 2)));
        rows.add(row(
                Op.WeightedSum.class,
                "weighted sum",
                (_, x) -> x[0].spmm(pattern, x[1]),
                any(n, c),
                any(pattern.edges(), 1)));
        rows.add(row(
                Op.WeightedSum.class,
                "weighted sum by a transpose",
                (_, x) -> x[0].spmm(pattern.transpose(), x[1]),
                any(n + 2, c),
                any(pattern.edges(), 1)));
        rows.add(row(
                Op.WeightedSum.class,
                "sparse constant times weights",
                (tape, x) -> sparse(tape, pattern).times(x[0]),
                any(n, c)));
        rows.add(row(
                Op.WeightedSum.class,
                "rows of a sparse constant with dropout times weights",
                (tape, x) ->
                        sparse(tape, pattern).gather(picked).dropout(0.3f, 5).times(x[0]),
                any(n, c)));
        rows.add(row(
                Op.WidenedProduct.class,
                "bfloat16 constant times weights",
                (tape, x) -> half(tape, 3 * n, c)
                        .gather(picked)
                        .times(x[0])
                        .plus(half(tape, 2 * n, c).times(x[0])),
                any(c, n)));
        rows.add(row(
                Op.WidenedSum.class,
                "sums of a bfloat16 constant times weights",
                (tape, x) -> half(tape, n, c)
                        .spmm(pattern, Scaling.symmetric(pattern))
                        .times(x[0]),
                any(c, n)));
        rows.add(row(Op.Aggregate.class, "one target", (_, x) -> x[0].spmm(one, Reduce.MEAN), any(n, c)));
        rows.add(row(Op.ScaleRows.class, "scale rows", (_, x) -> x[0].scaleRows(x[1]), any(n, c), any(n, 1)));
        rows.add(row(Op.Sum.class, "sum of all", (_, x) -> x[0].sum(), any(n, c)));
        rows.add(row(Op.Sum.class, "mean of all", (_, x) -> x[0].mean(), any(n, c)));
        rows.add(row(Op.Dropout.class, "dropout", (_, x) -> x[0].dropout(0.3f, 99), any(n, c)));
        rows.add(row(
                Op.LayerNorm.class,
                "layer norm",
                (_, x) -> x[0].layerNorm(x[1], x[2], 0.1f),
                any(n, c),
                gain,
                any(1, c)));
        rows.add(row(
                Op.BatchNorm.class,
                "batch norm, training",
                (tape, x) -> x[0].batchNorm(x[1], x[2], running(tape, c), 0.1f, 0.1f, true),
                any(n, c),
                gain,
                any(1, c)));
        rows.add(row(
                Op.BatchNorm.class,
                "batch norm",
                (tape, x) -> x[0].batchNorm(x[1], x[2], running(tape, c), 0.1f, 0.1f, false),
                any(n, c),
                gain,
                any(1, c)));
        for (Loss loss : Loss.values()) {
            // Targets are below 1 and predictions from 1.2, so that no loss is checked at its kink.
            rows.add(row(
                    Op.MeanLoss.class,
                    loss + " loss",
                    (tape, x) -> x[0].addScalar(0.7f)
                            .loss(loss, 0.9f, tape.constant(n, c, targets), tape.constant(n, 1, weights)),
                    new Operand(n, c, Domain.POSITIVE)));
        }
        rows.add(row(Op.SoftmaxCrossEntropy.class, "softmax", (_, x) -> x[0].softmaxCrossEntropy(classes), any(n, c)));
        rows.add(row(
                Op.SoftmaxCrossEntropy.class,
                "softmax of the last row and the sum of all",
                (_, x) -> x[0].softmaxCrossEntropy(new int[] {n - 1}, new int[] {c / 2})
                        .plus(x[0].sum()),
                any(n, c)));
        rows.add(row(
                Op.Add.class,
                "one operand four times",
                (_, x) -> x[0].plus(x[0]).plus(x[0].addBias(x[1])).plus(x[0].dropout(0.5f, 3)),
                any(n, c),
                any(1, c)));
        rows.add(row(
                Op.SoftmaxCrossEntropy.class,
                "weighted softmax",
                (tape, x) -> x[0].softmaxCrossEntropy(classes, tape.constant(n, 1, weights)),
                any(n, c)));
        rows.add(row(
                Op.Open.class,
                "custom",
                (tape, x) -> tape.apply(new Op.Open(new SquaredDifference(), List.of(x[0], x[1]))),
                any(n, c),
                any(n, c)));
        rows.add(row(
                Op.Open.class,
                "custom by rows",
                (tape, x) -> tape.apply(new Op.Open(new RowDots(), List.of(x[0], x[1]))),
                any(n, c),
                any(n, c)));
        return rows;
    }

    private static Row row(Class<? extends Op> op, String name, Body body, Operand... operands) {
        return new Row(op, name, List.of(operands), body);
    }

    private static Tensor map(Function f, Tensor x) {
        return switch (f) {
            case RELU -> x.relu();
            case LEAKY_RELU -> x.leakyRelu(0.2f);
            case ELU -> x.elu(0.7f);
            case SIGMOID -> x.sigmoid();
            case TANH -> x.tanh();
            case EXP -> x.exp();
            case LOG -> x.log();
        };
    }

    private static Tensor half(Tape tape, int rows, int cols) {
        MemorySegment memory =
                tape.constant(rows, cols, new float[rows * cols]).value().segment();
        Bfloat16Matrix half = Bfloat16Matrix.over(memory, rows, cols);
        for (int i = 0; i < rows; i++) for (int c = 0; c < cols; c++) half.set(i, c, (i * 7 + c * 3) % 11 - 5.3f);
        return tape.constant(half);
    }

    private static Tensor sparse(Tape tape, Csr pattern) {
        float[] values = new float[pattern.edges()];
        for (int e = 0; e < values.length; e++) values[e] = (e * 7 % 10 - 4) / 5f;
        return tape.constant(new SparseMatrix(
                pattern, tape.constant(values.length, 1, values).value()));
    }

    private static Matrix running(Tape tape, int c) {
        Matrix running = tape.constant(2, c, new float[2 * c]).value();
        for (int i = 0; i < c; i++) {
            running.set(0, i, 0.1f * i % 1);
            running.set(1, i, 0.5f + 0.1f * i % 1);
        }
        return running;
    }

    /// Rows of 0 to 4 sources, some repeated.
    private static Csr pattern(int rows, int cols, long key) {
        SplittableRandom random = new SplittableRandom(key);
        int[] offsets = new int[rows + 1];
        for (int i = 0; i < rows; i++) offsets[i + 1] = offsets[i] + random.nextInt(5);
        return new Csr(rows, cols, offsets, random.ints(offsets[rows], 0, cols).toArray());
    }

    /// (a - b)^2.
    /// The dot product of the inputs' rows.
    private record RowDots() implements RowCustom {
        @Override
        public Shape shape(List<Shape> inputs) {
            return new Shape(inputs.getFirst().rows(), 1);
        }

        @Override
        public long rowWork() {
            return 1 << 14; // two rows a range
        }

        @Override
        public void forward(List<Matrix> in, Matrix out, int from, int to) {
            for (int i = from; i < to; i++) {
                float sum = 0;
                for (int c = 0; c < in.getFirst().cols(); c++)
                    sum += in.get(0).get(i, c) * in.get(1).get(i, c);
                out.put(i, sum);
            }
        }

        @Override
        public void gradient(List<Matrix> in, Matrix out, Matrix dy, List<Matrix> gradients, int from, int to) {
            for (int i = from; i < to; i++) {
                for (int c = 0; c < in.getFirst().cols(); c++) {
                    add(gradients.get(0), i, c, dy.at(i) * in.get(1).get(i, c));
                    add(gradients.get(1), i, c, dy.at(i) * in.get(0).get(i, c));
                }
            }
        }

        private static void add(Matrix gradient, int row, int col, float value) {
            if (gradient != null) gradient.set(row, col, gradient.get(row, col) + value);
        }
    }

    private record SquaredDifference() implements Custom {
        @Override
        public Shape shape(List<Shape> inputs) {
            return inputs.getFirst();
        }

        @Override
        public void forward(List<Matrix> in, Matrix out) {
            for (int i = 0; i < out.size(); i++) {
                float d = in.get(0).at(i) - in.get(1).at(i);
                out.put(i, d * d);
            }
        }

        @Override
        public void gradient(List<Matrix> in, Matrix out, Matrix dy, List<Matrix> gradients) {
            for (int i = 0; i < out.size(); i++) {
                float d = 2 * (in.get(0).at(i) - in.get(1).at(i)) * dy.at(i);
                if (gradients.get(0) != null) gradients.get(0).add(i, d);
                if (gradients.get(1) != null) gradients.get(1).add(i, -d);
            }
        }
    }

    private static void fill(Matrix m, Domain domain, SplittableRandom random) {
        for (int i = 0; i < m.size(); i++) {
            m.put(i, (float)
                    switch (domain) {
                        case ANY -> random.nextGaussian();
                        case AWAY_FROM_ZERO -> (random.nextBoolean() ? 1 : -1) * random.nextDouble(0.3, 2);
                        case POSITIVE -> random.nextDouble(0.5, 2);
                        case APART -> 0.4 * (i / m.cols() * 37 % m.rows()) + random.nextDouble(0.1);
                    });
        }
    }

    private static void check(Row row, KernelProvider provider, long key) {
        try (Memory memory = Memory.unlimited();
                Parameters parameters = new Parameters(memory)) {
            SplittableRandom random = new SplittableRandom(key);
            for (int i = 0; i < row.operands.size(); i++) {
                Operand o = row.operands.get(i);
                fill(parameters.add("x" + i, o.rows, o.cols).value(), o.domain, random);
            }
            java.util.function.Function<Tape, Tensor> result = tape -> {
                Tensor[] x = new Tensor[row.operands.size()];
                for (int i = 0; i < x.length; i++) x[i] = tape.parameter(parameters.get("x" + i));
                return row.body.apply(tape, x);
            };
            GradientCheck.run(provider, parameters, result, key).require();
        }
    }

    @TestFactory
    Stream<DynamicTest> gradientsAgreeWithDifferences() {
        return KernelProvider.NAMES.stream()
                .flatMap(name -> Arrays.stream(SIZES)
                        .flatMap(size -> table(size[0], size[1]).stream()
                                .map(row -> DynamicTest.dynamicTest(
                                        "%s, %s at %d x %d".formatted(name, row.name, size[0], size[1]), () -> {
                                            try (KernelProvider provider = KernelProvider.of(name, 2)) {
                                                for (long key = 1; key <= 3; key++) check(row, provider, key);
                                            }
                                        }))));
    }

    @Test
    void everyOperationHasARow() {
        Set<Class<?>> covered = table(3, 3).stream().map(Row::op).collect(Collectors.toSet());
        assertThat(covered).containsExactlyInAnyOrder(Op.class.getPermittedSubclasses());
    }

    @Test
    void aWrongGradientIsFound() {
        Custom wrong = new Custom() {
            @Override
            public Shape shape(List<Shape> inputs) {
                return inputs.getFirst();
            }

            @Override
            public void forward(List<Matrix> in, Matrix out) {
                for (int i = 0; i < out.size(); i++) out.put(i, in.getFirst().at(i));
            }

            @Override
            public void gradient(List<Matrix> in, Matrix out, Matrix dy, List<Matrix> gradients) {
                for (int i = 0; i < out.size(); i++) gradients.getFirst().add(i, 1.05f * dy.at(i));
            }
        };
        try (KernelProvider provider = KernelProvider.of("plain", 1);
                Memory memory = Memory.unlimited();
                Parameters parameters = new Parameters(memory)) {
            parameters.add("x", 4, 4).value().fill(0.5f);
            assertThatThrownBy(() -> GradientCheck.run(
                                    provider,
                                    parameters,
                                    tape -> tape.apply(
                                            new Op.Open(wrong, List.of(tape.parameter(parameters.get("x"))))),
                                    3)
                            .require())
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("differences say");
        }
    }
}
