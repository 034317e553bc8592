package dev.hypha.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.learn.Context;
import dev.hypha.learn.NodeRows;
import dev.hypha.learn.Options;
import dev.hypha.learn.RowBatch;
import dev.hypha.learn.RowModel;
import dev.hypha.learn.zoo.Catalogue;
import dev.hypha.learn.zoo.Gat;
import dev.hypha.learn.zoo.HeteroSage;
import dev.hypha.learn.zoo.Nsd;
import dev.hypha.tensor.Custom;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Op;
import dev.hypha.tensor.Shape;
import dev.hypha.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Every entry of the catalogue keeps every clause; and every clause is broken by a model made to break it.
final class ModelContractTest {
    /// What a method cannot promise by its nature, and must then break.
    private static final Map<String, Set<ModelContract>> WAIVED = Map.of(
            // Its operation is associative as far as training has made it so; untrained, the order of neighbors shows.
            "lcm", Set.of(ModelContract.NUMBERING),
            // What generates features learns before the rest, by another loss, and stays as it is.
            "lagnn", Set.of(ModelContract.NO_IDLE_PARAMETER));

    static Stream<Arguments> entriesAndClauses() {
        return Catalogue.entries().stream()
                .flatMap(e -> Arrays.stream(ModelContract.values()).map(c -> Arguments.of(e.name(), c)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("entriesAndClauses")
    void everyEntryKeepsEveryClause(String name, ModelContract clause) {
        Catalogue.Entry entry = Catalogue.named(name);
        if (WAIVED.getOrDefault(name, Set.of()).contains(clause)) {
            assertThatThrownBy(() -> clause.check(entry.make(small(entry)), 0))
                    .as("%s keeps %s: the waiver is not needed", name, clause)
                    .isInstanceOf(AssertionError.class);
            return;
        }
        for (long key = 0; key < 3; key++) clause.check(entry.make(small(entry)), key);
    }

    /// Few channels, heads and rows of tables where the model has such options: contracts are about structure.
    private static Map<String, String> small(Catalogue.Entry entry) {
        Map<String, String> options = new HashMap<>();
        for (Options.Entry option : Options.of(entry.type()))
            if (Set.of("channels", "hidden", "generator-hidden", "names").contains(option.name()))
                options.put(option.name(), "8");
        if (Options.of(entry.type()).stream().anyMatch(option -> option.name().equals("heads"))) {
            options.put("heads", "2");
        }
        return options;
    }

    /// The ways of stacking layers, which many models share, on one of them.
    @ParameterizedTest
    @MethodSource("stacks")
    void everyWayOfStackingKeepsTheContract(Map<String, String> options) {
        Map<String, String> all = new HashMap<>(options);
        all.put("hidden", "4");
        all.put("heads", "2");
        ModelContract.checkAll(Options.read(Gat.class, all), 5);
    }

    static Stream<Map<String, String>> stacks() {
        return Stream.of(
                Map.of("norm", "layer", "residual", "true", "jumping", "last"),
                Map.of("norm", "batch", "jumping", "concat", "separate", "true"),
                Map.of("norm", "pair", "layers", "3", "residual", "true"),
                Map.of("jumping", "max", "layers", "3", "input-dropout", "0.5", "attention-dropout", "0.5"));
    }

    @ParameterizedTest
    @MethodSource("variants")
    void everyOptionOfHeteroSageKeepsTheContract(Map<String, String> options) {
        Map<String, String> all = new HashMap<>(options);
        all.put("channels", "8");
        ModelContract.checkAll(Options.read(HeteroSage.class, all), 5);
    }

    static Stream<Map<String, String>> variants() {
        return Stream.of(
                Map.of("aggregation", "mean", "lag", "true"),
                Map.of("aggregation", "both", "residual", "false"),
                Map.of("layers", "1", "fan-out", "4"),
                Map.of("layers", "3", "dropout", "0"));
    }

    @ParameterizedTest
    @CsvSource({"diagonal, false", "general, false", "general, true"})
    void everySheafKeepsTheContract(String maps, String fixed) {
        Map<String, String> options = Map.of(
                "maps", maps, "stalk", "2", "channels", "3", "low-pass", fixed, "high-pass", fixed, "dropout", "0.3");
        ModelContract.checkAll(Options.read(Nsd.class, options), 5);
    }

    /// A sound model to spoil: the first table's numbers and the seeds' own.
    private static Tensor sound(Context c, RowBatch in) {
        NodeRows rows = in.rows(0);
        Tensor x = c.constant(rows.distinct(), rows.denseWidth(), rows.dense()).gather(rows.positions());
        return c.linear("out", x.firstRows(in.seeds().count()), c.outputs());
    }

    record Spoiled(ModelContract broken, Function forward) implements RowModel {
        interface Function {
            Tensor apply(Context c, RowBatch in);
        }

        @Override
        public Tensor forward(Context c, RowBatch in) {
            return forward.apply(c, in);
        }

        @Override
        public List<Integer> fanouts() {
            return List.of(-1);
        }
    }

    @Test
    void aSoundModelKeepsTheContract() {
        ModelContract.checkAll(new Spoiled(null, ModelContractTest::sound), 1);
    }

    @ParameterizedTest
    @MethodSource("spoiled")
    void everyClauseCanBeBroken(Spoiled model) {
        assertThatThrownBy(() -> model.broken.check(model, 1))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith(model.broken + ": ");
    }

    @Test
    void aModelForEveryClauseIsSpoiled() {
        List<ModelContract> covered =
                new ArrayList<>(spoiled().map(Spoiled::broken).toList());
        // A model sees no order of reading: the graph sorts it away. The clause guards the graph.
        covered.add(ModelContract.READING_ORDER);
        // Weights are saved by name and bit by bit: a model has no part in it. The clause guards the file.
        covered.add(ModelContract.SAVED);
        assertThat(covered).containsExactlyInAnyOrder(ModelContract.values());
    }

    static Stream<Spoiled> spoiled() {
        SplittableRandom hidden = new SplittableRandom();
        return Stream.of(
                new Spoiled(ModelContract.SHAPE, (c, in) -> sound(c, in).concat(sound(c, in))),
                new Spoiled(ModelContract.SAME_BITS, (c, in) -> sound(c, in).scale((float) hidden.nextDouble())),
                new Spoiled(ModelContract.NUMBERING, (c, in) -> sound(c, in).plus(byNumber(c, in))),
                new Spoiled(
                        ModelContract.BATCH_MATES,
                        (c, in) -> sound(c, in).addBias(sound(c, in).mean())),
                new Spoiled(
                        ModelContract.FIRST_PASS,
                        (c, in) ->
                                in.rows(1).count() == 0 ? sound(c, in) : c.linear("more", sound(c, in), c.outputs())),
                new Spoiled(
                        ModelContract.NO_IDLE_PARAMETER,
                        (c, in) -> sound(c, in)
                                .plus(c.linear("idle", sound(c, in), c.outputs())
                                        .scale(0))),
                new Spoiled(ModelContract.GRADIENT, (c, in) -> {
                    Tensor x = sound(c, in);
                    return x.tape().apply(new Op.Open(new WrongGradient(), List.of(x)));
                }));
    }

    /// Doubles, and says that it does not.
    private record WrongGradient() implements Custom {
        @Override
        public Shape shape(List<Shape> inputs) {
            return inputs.getFirst();
        }

        @Override
        public void forward(List<Matrix> inputs, Matrix output) {
            for (long i = 0; i < output.size(); i++)
                output.put(i, 2 * inputs.getFirst().at(i));
        }

        @Override
        public void gradient(List<Matrix> inputs, Matrix output, Matrix outputGradient, List<Matrix> inputGradients) {
            for (long i = 0; i < output.size(); i++) inputGradients.getFirst().add(i, outputGradient.at(i));
        }
    }

    private static Tensor byNumber(Context c, RowBatch in) {
        float[] numbers = new float[in.seeds().count() * c.outputs()];
        for (int i = 0; i < numbers.length; i++) numbers[i] = in.seeds().node()[i / c.outputs()];
        return c.constant(in.seeds().count(), c.outputs(), numbers);
    }
}
