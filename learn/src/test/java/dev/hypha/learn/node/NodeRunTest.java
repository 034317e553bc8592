package dev.hypha.learn.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.graph.InputException;
import dev.hypha.learn.Options;
import dev.hypha.learn.Progress;
import dev.hypha.learn.Run;
import dev.hypha.learn.RunDraft;
import dev.hypha.learn.data.NodeData;
import dev.hypha.learn.zoo.LabelMethod;
import dev.hypha.tensor.Memory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NodeRunTest {
    private static final Map<String, List<String>> SHORT =
            Map.of("epochs", List.of("8"), "hidden", List.of("4", "16"), "rate", List.of("0.01", "0.05"));

    @TempDir
    private Path folder;

    private NodeRequest request(String out, Map<String, List<String>> options, int seeds, boolean resume) {
        return new NodeRequest(
                new DataSource("cora"),
                "gcn",
                options,
                Optional.empty(),
                Optional.of(folder.resolve(out)),
                0,
                seeds,
                2,
                1L << 30,
                false,
                resume);
    }

    @Test
    void aSweepIsChosenOnValidationNodesAndMeasuredOnTestNodesOnce() {
        ObjectNode run = NodeRun.run(request("a", SHORT, 2, false), Progress.SILENT);
        assertThat(run.path("sweep")).hasSize(4);
        double best = Double.POSITIVE_INFINITY;
        JsonNode chosen = null;
        for (JsonNode one : run.path("sweep")) {
            assertThat(one.toString()).doesNotContain("test");
            double loss = one.at("/validation/log-loss/mean").asDouble();
            if (loss < best) chosen = one;
            best = Math.min(best, loss);
        }
        assertThat(chosen.path("chosen").asBoolean()).isTrue();
        assertThat(run.at("/options/hidden").asText())
                .isEqualTo(chosen.at("/options/hidden").asText());
        assertThat(run.at("/metrics/validation/log-loss/mean").asDouble()).isEqualTo(best);
        assertThat(run.at("/metrics/test/accuracy/values")).hasSize(2);
        assertThat(Run.open(folder.resolve("a")).file("predictions.csv")).isPresent();
        assertThat(Run.open(folder.resolve("a")).file(Run.WEIGHTS)).isPresent();
    }

    @Test
    void anInterruptedSweepGoesOnToTheSameBits() throws IOException {
        NodeRun.run(request("whole", SHORT, 2, false), Progress.SILENT);
        Progress stops = new Progress() {
            private int trainings;

            @Override
            public void stage(String name, long total) {
                if (name.equals("training") && ++trainings == 5)
                    Thread.currentThread().interrupt();
            }
        };
        assertThatThrownBy(() -> NodeRun.run(request("cut", SHORT, 2, false), stops))
                .isInstanceOf(CancellationException.class);
        Thread.interrupted(); // whether the flag is still up depends on where it was noticed
        assertThat(folder.resolve("cut")).doesNotExist();
        int[] trained = new int[1];
        Progress counts = new Progress() {
            @Override
            public void stage(String name, long total) {
                if (name.equals("training")) trained[0]++;
            }
        };
        NodeRun.run(request("cut", SHORT, 2, true), counts);
        assertThat(trained[0]).isEqualTo(4);
        assertThat(comparable("cut")).isEqualTo(comparable("whole"));
        assertThat(folder.resolve("cut/weights.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("whole/weights.safetensors"));
        assertThat(folder.resolve("cut/predictions.csv"))
                .hasSameBinaryContentAs(folder.resolve("whole/predictions.csv"));
    }

    /// A run without clocks, memory, places and the checksums of files, which are compared by themselves.
    private String comparable(String name) {
        ObjectNode json = Run.open(folder.resolve(name)).json();
        json.remove(List.of("epochSeconds", "offHeapPeakBytes", "run", "predictions", "files"));
        return json.toPrettyString();
    }

    @Test
    void predictionsNameEveryNodeItsPartAndTheProbabilities() throws IOException {
        NodeRun.run(request("p", Map.of("epochs", List.of("3")), 1, false), Progress.SILENT);
        List<String> lines = Files.readAllLines(folder.resolve("p/predictions.csv"));
        assertThat(lines).hasSize(2709);
        assertThat(lines.getFirst()).startsWith("node,split,predicted,probability of 0,");
        assertThat(lines.get(1)).matches(Pattern.compile("0,train,[0-6](,0\\.[0-9]{6}){7}"));
        double sum = 0;
        for (String p : lines.get(1).split(",", -1)) if (p.startsWith("0.")) sum += Double.parseDouble(p);
        assertThat(sum).isCloseTo(1, offset(1e-5));
    }

    @ParameterizedTest
    @CsvSource({"label-propagation, 0.65", "correct-and-smooth, 0.7"})
    void methodsWithoutATrainerRunToo(String name, double least) {
        NodeRequest all = request("l", Map.of("stop-by", List.of("metric")), 1, false);
        NodeRequest labels = new NodeRequest(
                all.data(), name, all.options(), Optional.empty(), all.out(), 0, 1, 2, 1L << 30, false, false);
        ObjectNode run = NodeRun.run(labels, Progress.SILENT);
        assertThat(run.at("/metrics/test/accuracy/mean").asDouble()).isGreaterThan(least);
        assertThat(Run.open(folder.resolve("l")).file("predictions.csv")).isPresent();
    }

    @Test
    void anEstimateTrainsNothingAndWritesNothing() {
        NodeRequest all = request("e", Map.of(), 1, false);
        NodeRequest estimate = new NodeRequest(
                all.data(), "sgc", Map.of(), Optional.empty(), all.out(), 0, 1, 2, 1L << 30, true, false);
        ObjectNode json = NodeRun.run(estimate, Progress.SILENT);
        assertThat(json.at("/estimate/pass").asText()).isEqualTo("precomputed");
        assertThat(json.at("/estimate/parameters").asInt()).isEqualTo(1433 * 7 + 7);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void mistakesLeaveNothingBehind() {
        for (var wrong : List.of(
                Map.of("hiden", List.of("3")),
                Map.of("hidden", List.of("0")),
                Map.of("rate", List.of("0.1", "fast")))) {
            assertThatThrownBy(() -> NodeRun.run(request("w", wrong, 1, false), Progress.SILENT))
                    .isInstanceOf(InputException.class);
        }
        NodeRequest all = request("w", Map.of(), 1, false);
        NodeRequest small = new NodeRequest(
                all.data(),
                "gcn",
                Map.of("pass", List.of("whole")),
                Optional.empty(),
                all.out(),
                0,
                1,
                2,
                1 << 20,
                false,
                false);
        assertThatThrownBy(() -> NodeRun.run(small, Progress.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("the training needs");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void optionsOfModelTrainingAndNodesHaveNamesOfTheirOwn() {
        for (String model : Method.models()) {
            Method method = Method.of(model, Map.of()).getFirst();
            int apart = Options.written(method.model()).size()
                    + Options.written(method.training()).size()
                    + Options.written(method.options()).size();
            // A method without a trainer may have names of the trainer's, whose options nobody reads then; and whose
            // answers are bettered only one that betters answers asks.
            if (!(method.model() instanceof LabelMethod))
                assertThat(method.written()).as(model).hasSize(apart - 1);
            assertThat(method.written()).as(model).containsAllEntriesOf(Options.written(method.model()));
        }
    }

    /// Nodes of two kinds, edges among the same kind, features that tell the kind now and then; every
    /// fourth is a test node, whose label is as told.
    private Path tables(String name, int testLabel) throws IOException {
        StringBuilder nodes = new StringBuilder("id,label,a,b,split\n");
        StringBuilder edges = new StringBuilder("source,target\n");
        SplittableRandom random = new SplittableRandom(8);
        for (int i = 0; i < 200; i++) {
            String part = i % 8 < 4 ? "train" : i % 8 < 6 ? "validation" : "test";
            int label = part.equals("test") && testLabel >= 0 ? testLabel : i % 2;
            nodes.append("%d,%s,%f,%f,%s%n"
                    .formatted(i, "xy".charAt(label), i % 2 + random.nextGaussian(), random.nextGaussian(), part));
            for (int k = 0; k < 3; k++) edges.append("%d,%d%n".formatted(i, (i + 2 + 2 * random.nextInt(90)) % 200));
        }
        Path here = Files.createDirectories(folder.resolve(name));
        Files.writeString(here.resolve("nodes.csv"), nodes);
        Files.writeString(here.resolve("edges.csv"), edges);
        return here;
    }

    @Test
    void columnsOfAFolderWithoutATableOfFeaturesAreFeatures() throws IOException {
        Path tables = tables("bare", -1);
        try (Memory memory = Memory.unlimited();
                NodeData bare = new DataSource(tables.toString()).open(memory)) {
            assertThat(bare.features().cols()).isEqualTo(2);
            assertThat(bare.notes()).isEmpty();
            Files.writeString(tables.resolve("features.csv"), "node,feature\n0,0\n1,3\n");
            try (NodeData own = new DataSource(tables.toString()).open(memory)) {
                assertThat(own.features().cols()).isEqualTo(4);
            }
        }
    }

    /// The tables with other features of test nodes.
    private Path moved(String name) throws IOException {
        Path tables = tables(name, -1);
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(tables.resolve("nodes.csv"))) {
            String[] cells = line.split(",", -1);
            boolean test = cells[4].equals("test");
            lines.add(
                    test
                            ? "%s,%s,%s7,-%s,test".formatted(cells[0], cells[1], cells[2], cells[3].replace("-", ""))
                            : line);
        }
        Files.write(tables.resolve("nodes.csv"), lines);
        return tables;
    }

    /// Weights of a training on tables of one's own.
    private byte[] trained(Path tables, String inductive) throws IOException {
        Map<String, List<String>> options =
                Map.of("inductive", List.of(inductive), "epochs", List.of("20"), "hidden", List.of("8"));
        NodeRequest request = new NodeRequest(
                new DataSource(tables.toString()),
                "gcn",
                options,
                Optional.empty(),
                Optional.of(folder.resolve("t")),
                0,
                1,
                1,
                1L << 30,
                false,
                false);
        NodeRun.run(request, Progress.SILENT);
        return Files.readAllBytes(folder.resolve("t/weights.safetensors"));
    }

    @Test
    void featuresOfHiddenNodesChangeNothingOfAnInductiveTraining() throws IOException {
        Path tables = tables("own", -1);
        Path moved = moved("moved");
        assertThat(trained(moved, "true")).isEqualTo(trained(tables, "true"));
        assertThat(trained(moved, "false")).isNotEqualTo(trained(tables, "false"));
    }

    @Test
    void whatIsPrecomputedOverAllNodesIsNotLearnedInductively() {
        NodeRequest gcn = request("i", Map.of("inductive", List.of("true"), "pass", List.of("precomputed")), 1, false);
        NodeRequest sgc = gcn.with("sgc", gcn.options());
        assertThatThrownBy(() -> NodeRun.run(sgc, Progress.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessage("the model sgc is precomputed over all nodes at once, and --inductive hides some");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aRunThatIsKilledWhileItsPagesAreMadeGoesOnWithoutTraining() {
        NodeRequest first = request("k", Map.of("epochs", List.of("3")), 2, false);
        RunDraft.Pages killed = new RunDraft.Pages() {
            @Override
            public ObjectNode complete(ObjectNode run) {
                return run;
            }

            @Override
            public Map<String, String> of(ObjectNode run) {
                throw new CancellationException("killed");
            }
        };
        assertThatThrownBy(() -> NodeRun.run(first, Progress.SILENT, killed)).hasMessage("killed");
        assertThat(folder.resolve("k")).doesNotExist();
        List<String> said = new ArrayList<>();
        Progress listens = new Progress() {
            @Override
            public void stage(String name, long total) {
                said.add(name);
            }

            @Override
            public void note(String line) {
                said.add(line);
            }
        };
        NodeRun.run(request("k", Map.of("epochs", List.of("3")), 2, true), listens);
        assertThat(said)
                .contains("seed 1 is done already: its weights and measurement are kept")
                .doesNotContain("training");
        assertThat(Run.open(folder.resolve("k")).file(Run.WEIGHTS)).isPresent();
    }

    @Test
    void whatAModelDoesNotReadIsRefusedAndWithAutoBeforeDataIsRead() {
        for (var each : Map.of(
                        "label-propagation --rate", "the model label-propagation has no use for --rate: no trainer",
                        "label-spreading --pass", "the model label-spreading has no use for --pass: no trainer",
                        "gcn --base", "the model gcn has no use for --base",
                        "auto --hidden", "--hidden is an option of models, and --model auto chooses the model",
                        "auto --hiden", "the model auto and its training have no option hiden")
                .entrySet()) {
            String[] both = each.getKey().split(" --", -1);
            NodeRequest plain = request("u", Map.of(both[1], List.of("1")), 1, false);
            NodeRequest request = plain.with(both[0], plain.options());
            Progress nothingIsRead = new Progress() {
                @Override
                public void stage(String name, long total) {
                    throw new AssertionError(name);
                }
            };
            assertThatThrownBy(() -> NodeRun.run(request, nothingIsRead))
                    .isInstanceOf(InputException.class)
                    .hasMessageStartingWith(each.getValue());
        }
        assertThat(Method.read("label-spreading", Map.of("epochs", List.of("3"), "stop-by", List.of("loss"))))
                .containsOnlyKeys("stop-by");
        assertThat(Method.of("correct-and-smooth", Map.of("rate", List.of("0.1"), "base", List.of("gcn"))))
                .hasSize(1);
    }

    @Test
    void methodsThatLookAtAllNodesDoNotLearnInductively() {
        for (String method : List.of("alt-opt", "correct-and-smooth", "label-propagation", "forward-gnn")) {
            NodeRequest gcn = request("i", Map.of("inductive", List.of("true")), 1, false);
            NodeRequest request = new NodeRequest(
                    gcn.data(), method, gcn.options(), Optional.empty(), gcn.out(), 0, 1, 1, 1L << 30, false, false);
            assertThatThrownBy(() -> NodeRun.run(request, Progress.SILENT))
                    .isInstanceOf(InputException.class)
                    .hasMessage("the method " + method + " looks at all nodes at once, and --inductive hides some");
        }
        assertThat(folder).isEmptyDirectory();
    }

    private ObjectNode auto(Path tables, String out) {
        return NodeRun.run(
                new NodeRequest(
                        new DataSource(tables.toString()),
                        "auto",
                        Map.of(),
                        Optional.empty(),
                        Optional.of(folder.resolve(out)),
                        0,
                        1,
                        2,
                        1L << 30,
                        false,
                        false),
                Progress.SILENT);
    }

    @Test
    void autoTrainsWhatTheProbeChoosesWhateverTestLabelsAre() throws IOException {
        ObjectNode run = auto(tables("as-they-are", -1), "a");
        assertThat(run.path("model").asText())
                .isEqualTo(run.at("/probe/choice/model").asText())
                .isNotEqualTo("auto");
        assertThat(run.at("/metrics/test/accuracy/mean").asDouble()).isGreaterThan(0.9);
        assertThat(run.at("/report/sentences/0").asText()).startsWith("The probe chose ");
        for (int planted = 0; planted < 2; planted++) {
            ObjectNode other = auto(tables("planted-" + planted, planted), "b" + planted);
            assertThat(other.path("probe")).isEqualTo(run.path("probe"));
            assertThat(other.at("/metrics/validation")).isEqualTo(run.at("/metrics/validation"));
            assertThat(other.at("/metrics/test")).isNotEqualTo(run.at("/metrics/test"));
        }
    }

    @Test
    void edgesAreChangedBeforeTrainingAndTheRunSaysSo() {
        Map<String, List<String>> options =
                Map.of("epochs", List.of("2"), "rewire", List.of("none", "laser"), "least", List.of("1"));
        assertThatThrownBy(() -> NodeRun.run(request("x", options, 1, false), Progress.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("have no option least");
        ObjectNode plain = NodeRun.run(request("plain", Map.of("epochs", List.of("2")), 1, false), Progress.SILENT);
        ObjectNode run = NodeRun.run(
                request(
                        "rewired",
                        Map.of("epochs", List.of("2"), "rewire", List.of("laser"), "part", List.of("0", "0.5")),
                        1,
                        false),
                Progress.SILENT);
        assertThat(run.at("/options/rewire").asText()).isEqualTo("laser");
        assertThat(run.at("/options/least").asText()).isEqualTo("1");
        assertThat(run.path("arcs").asLong()).isGreaterThan(plain.path("arcs").asLong());
        assertThat(run.path("dataHash").asText())
                .startsWith(plain.path("dataHash").asText() + " ");
        assertThat(run.path("sweep")).hasSize(2);
        assertThat(run.at("/report/sentences").toString()).contains("Rewired by Laser[", "edges added");
        Map<String, List<String>> both = Map.of("rewire", List.of("gtr"), "inductive", List.of("true"));
        assertThatThrownBy(() -> NodeRun.run(request("y", both, 1, false), Progress.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--rewire and --inductive are given together");
    }
}
