package dev.hypha.learn.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.graph.InputException;
import dev.hypha.learn.NodeModel;
import dev.hypha.learn.Options;
import dev.hypha.learn.Place;
import dev.hypha.learn.Progress;
import dev.hypha.learn.TaskKind;
import dev.hypha.learn.data.Arcs;
import dev.hypha.learn.data.Datasets;
import dev.hypha.learn.data.NodeData;
import dev.hypha.learn.data.NodeLabels;
import dev.hypha.learn.data.Split;
import dev.hypha.learn.zoo.Gcn;
import dev.hypha.learn.zoo.Sgc;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Memory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class NodeTrainingTest {
    private final Memory memory = Memory.unlimited();
    private final KernelProvider provider = KernelProvider.choose(2);
    private final NodeData cora = Datasets.open("cora", memory);
    private final Split split = cora.splits().getFirst();

    @AfterEach
    void free() {
        cora.close();
        assertThat(memory.live()).isZero();
        provider.close();
    }

    private NodeTask task(NodeModel model, Map<String, String> training, Map<String, String> options) {
        return new NodeTask(cora, model, NodeOptions.training(training), Options.read(NodeOptions.class, options));
    }

    private NodeOutcome run(NodeTask task, Split on, long seed) {
        return NodeTraining.run(task, on, seed, new Place(provider, memory, Progress.SILENT));
    }

    @ParameterizedTest
    @EnumSource(
            value = NodeOptions.Pass.class,
            names = {"WHOLE", "SAMPLED", "PRECOMPUTED"})
    void everyPassLearnsCoraAndTheSameSeedGivesTheSameBits(NodeOptions.Pass pass) {
        NodeTask task = task(
                Options.defaults(Sgc.class),
                Map.of("epochs", "30", "rate", "0.2", "l2", "0.00001", "batch", "70"),
                Map.of("pass", pass.name().toLowerCase(Locale.ROOT), "fan-out", "10"));
        try (NodeOutcome once = run(task, split, 3);
                NodeOutcome again = run(task, split, 3);
                NodeOutcome other = run(task, split, 4)) {
            assertThat(once.metric(Part.TEST, "accuracy")).isGreaterThan(0.75);
            assertThat(once.metrics().keySet()).containsExactly(Part.values());
            assertThat(again.predicted()).isEqualTo(once.predicted());
            assertThat(other.predicted()).isNotEqualTo(once.predicted());
        }
    }

    @Test
    void metricsAreThoseOfTheAnswersOnTheirParts() {
        NodeTask task = task(Options.defaults(Gcn.class), Map.of("epochs", "3"), Map.of());
        try (NodeOutcome outcome = run(task, split, 0)) {
            for (Part part : Part.values()) {
                int right = 0;
                for (int node : part.of(split)) {
                    float[] row = Arrays.copyOfRange(outcome.predicted(), 7 * node, 7 * node + 7);
                    int best = 0;
                    for (int c = 0; c < 7; c++) if (row[c] > row[best]) best = c;
                    if (best == (int) cora.labels()[node]) right++;
                }
                assertThat(outcome.metric(part, "accuracy")).isEqualTo((double) right / part.of(split).length);
            }
            assertThat(outcome.metric(Part.TEST, "mae")).isNaN();
        }
    }

    @Test
    void aModelThatLearnsInductivelyDoesNotSeeTheOthersBefore() {
        // With nobody else but test nodes, training alone knows no edge: the weights are those of another graph.
        int[] rest = Arrays.stream(split.test()).limit(900).toArray();
        Split hidden = new Split("hidden", split.train(), split.validation(), rest);
        NodeTask seen = task(Options.defaults(Gcn.class), Map.of("epochs", "2"), Map.of());
        NodeTask unseen = task(Options.defaults(Gcn.class), Map.of("epochs", "2"), Map.of("inductive", "true"));
        try (NodeOutcome one = run(seen, hidden, 0);
                NodeOutcome two = run(unseen, hidden, 0)) {
            assertThat(two.predicted()).isNotEqualTo(one.predicted());
        }
        try (NodeData cut = without(rest);
                NodeOutcome two = run(unseen, hidden, 0)) {
            NodeTask alone = new NodeTask(cut, seen.model(), seen.training(), seen.options());
            Split known = new Split("known", split.train(), new int[0], new int[0]);
            NodeTask fixed = task(Options.defaults(Gcn.class), Map.of("epochs", "2"), Map.of("inductive", "true"));
            Split open = new Split("open", split.train(), new int[0], rest);
            try (NodeOutcome three = run(alone, known, 0);
                    NodeOutcome four = run(fixed, open, 0)) {
                assertThat(weights(four)).isEqualTo(weights(three));
                assertThat(weights(two)).isNotEqualTo(weights(three)); // there, validation nodes were hidden too
            }
        }
    }

    private NodeData without(int[] nodes) {
        boolean[] there = new boolean[cora.nodes()];
        Arrays.fill(there, true);
        for (int node : nodes) there[node] = false;
        NodeData whole = Datasets.open("cora", memory);
        return new NodeData(
                "cut",
                Arcs.within(whole.arcs(), there),
                false,
                whole.features(),
                whole.target(),
                whole.nodeNames(),
                List.of(),
                "",
                List.of());
    }

    private static List<Float> weights(NodeOutcome outcome) {
        List<Float> all = new ArrayList<>();
        outcome.weights().parameters().forEach(p -> {
            for (float x : p.value().toArray()) all.add(x);
        });
        return all;
    }

    @Test
    void whatDoesNotFitInMemoryIsSampledAndSaid() {
        List<String> said = new ArrayList<>();
        Progress progress = new Progress() {
            @Override
            public void note(String line) {
                said.add(line);
            }
        };
        Gcn narrow = Options.read(Gcn.class, Map.of("hidden", "8"));
        NodeTask task = task(narrow, Map.of("epochs", "2", "batch", "10"), Map.of("fan-out", "2"));
        try (Memory small = new Memory(700 << 10)) {
            NodeTraining.run(task, split, 0, new Place(provider, small, progress))
                    .close();
        }
        assertThat(said).anyMatch(line -> line.contains("training on samples instead"));
    }

    @Test
    void splitsThatCannotBeLearnedFromAreRefused() {
        NodeTask task = task(Options.defaults(Gcn.class), Map.of("epochs", "2"), Map.of());
        assertThatThrownBy(() -> run(task, new Split("s", new int[0], new int[] {1}, new int[] {2}), 0))
                .isInstanceOf(InputException.class)
                .hasMessage("the split s has no node to learn from");
        int[] alike = IntStream.range(0, cora.nodes())
                .filter(node -> cora.labels()[node] == 3)
                .toArray();
        assertThatThrownBy(() -> run(task, new Split("s", alike, new int[0], new int[0]), 0))
                .isInstanceOf(InputException.class)
                .hasMessage("all nodes that the split s learns from have the label "
                        + cora.classNames().get(3));
        float[] labels = cora.labels().clone();
        labels[9] = Float.NaN;
        NodeLabels some = new NodeLabels(TaskKind.MULTICLASS, labels, cora.classNames());
        NodeData holed = new NodeData(
                "holed", cora.arcs(), false, cora.features(), some, cora.nodeNames(), List.of(), "", List.of());
        NodeTask other = new NodeTask(holed, task.model(), task.training(), task.options());
        assertThatThrownBy(() -> run(other, new Split("s", new int[] {1}, new int[0], new int[] {8, 9}), 0))
                .isInstanceOf(InputException.class)
                .hasMessage("1 test node of the split s has no label, the first is 9");
    }
}
