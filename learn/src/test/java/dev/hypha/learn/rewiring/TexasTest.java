package dev.hypha.learn.rewiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hypha.algorithms.Threads;
import dev.hypha.graph.InputException;
import dev.hypha.learn.Options;
import dev.hypha.learn.Place;
import dev.hypha.learn.Progress;
import dev.hypha.learn.data.Datasets;
import dev.hypha.learn.data.NodeData;
import dev.hypha.learn.node.NodeOptions;
import dev.hypha.learn.node.NodeOutcome;
import dev.hypha.learn.node.NodeTask;
import dev.hypha.learn.node.NodeTraining;
import dev.hypha.learn.node.Part;
import dev.hypha.learn.zoo.Gcn;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Memory;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The check of BORF: on Texas a graph convolutional network is better on the rewired graph.
final class TexasTest {
    @Test
    void gcnIsBetterOnTheGraphThatBorfMade() {
        try (Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(2);
                NodeData texas = open(memory)) {
            Place place = new Place(provider, memory, Progress.SILENT);
            // The published options, whose edges are directed: half as many here.
            Rewiring borf = Options.read(Borf.class, Map.of("batches", "3", "add", "15", "remove", "5"));
            RewiredEdges edges = RewiredEdges.of(texas.edges().pattern(), borf, 1, Threads.ONE);
            double plain = accuracy(texas, place);
            double rewired = accuracy(texas.withEdges(edges.pattern(), edges.sentence(), borf.toString()), place);
            assertThat(rewired).isGreaterThan(plain);
        }
    }

    private static NodeData open(Memory memory) {
        try {
            return Datasets.open("texas", memory);
        } catch (InputException absent) {
            assumeTrue(false, "skipped: " + absent.getMessage());
            throw absent;
        }
    }

    /// Mean test accuracy over the ten splits and a seed for each.
    private static double accuracy(NodeData data, Place place) {
        NodeTask task = new NodeTask(
                data,
                Options.read(Gcn.class, Map.of("hidden", "32", "layers", "3", "dropout", "0.5")),
                NodeOptions.training(Map.of("rate", "0.001", "l2", "0.00001", "epochs", "300", "patience", "50")),
                Options.read(NodeOptions.class, Map.of()));
        double sum = 0;
        for (int i = 0; i < 10; i++) {
            try (NodeOutcome outcome = NodeTraining.run(task, data.splits().get(i), i, place)) {
                sum += outcome.metric(Part.TEST, "accuracy") / 10;
            }
        }
        return sum;
    }
}
