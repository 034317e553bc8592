package dev.hypha.learn;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.hypha.learn.zoo.Catalogue;
import dev.hypha.learn.zoo.Grafenne;
import dev.hypha.learn.zoo.Lcm;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Memory;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a step of training takes of the Java heap: a little for what it notes down of each operation, and nothing that
/// grows with the graph.
final class HeapUseTest {
    /// Of a full-batch step on a small graph, for the step and for each layer of the model: some hundred bytes for each
    /// of what may be more than a hundred operations.
    private static final long MOST_BYTES = 256 << 10;

    private static final long MOST_BYTES_PER_LAYER = 8 << 10;

    /// How much more on 8,000 nodes more: less than one number for each.
    private static final long MOST_GROWTH = 31_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static Stream<NodeModel> nodeModels() {
        return Catalogue.entries().stream()
                .filter(entry -> NodeModel.class.isAssignableFrom(entry.type()))
                .map(HeapUseTest::narrow);
    }

    /// With few columns, which the heap does not know of, as plain kernels take their time.
    private static NodeModel narrow(Catalogue.Entry entry) {
        boolean hidden = Arrays.stream(entry.type().getRecordComponents())
                .anyMatch(component -> component.getName().equals("hidden"));
        return (NodeModel) entry.make(hidden ? Map.of("hidden", "8") : Map.of());
    }

    /// The bytes that this thread had taken whenever the training said where it is: after a step, after its epoch.
    private record Taken(List<Long> bytes) implements Progress {
        @Override
        public void at(long done, String state) {
            bytes.add(THREADS.getCurrentThreadAllocatedBytes());
        }

        /// The least of any step, as code that is not yet compiled takes more.
        long step() {
            long least = Long.MAX_VALUE;
            for (int i = 2; i < bytes.size(); i += 2) least = Math.min(least, bytes.get(i) - bytes.get(i - 1));
            return least;
        }
    }

    /// LCM notes down the operations of each level of its trees, of which there are the logarithm of the largest
    /// degree.
    private static int layers(NodeModel model) {
        return (model instanceof Lcm ? 32 : 1) * model.layers();
    }

    /// What may be taken more on a larger graph: beside what [#MOST_GROWTH] says a little for what is noted
    /// down, as loops have more blocks. GRAFENNE has forty edges per node, one to each of its features.
    private static long growth(NodeModel model, long small) {
        return (model instanceof Grafenne ? 4 : 1) * MOST_GROWTH + small / 8;
    }

    @ParameterizedTest
    @MethodSource("nodeModels")
    void aStepTakesNothingThatGrowsWithTheGraph(NodeModel model) {
        long small = bytesOfAStep(model, 2_000);
        assertThat(small).isLessThan(MOST_BYTES + layers(model) * MOST_BYTES_PER_LAYER);
        assertThat(bytesOfAStep(model, 10_000) - small).isLessThan(growth(model, small));
    }

    private static long bytesOfAStep(NodeModel model, int nodes) {
        Taken taken = new Taken(new ArrayList<>());
        try (Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.of("plain", 1);
                SkewedGraph graph = new SkewedGraph(memory, nodes);
                Trainer<NodeBatch> trainer = new Trainer<>(
                        graph.whole(model, 6, provider, memory),
                        new Trainer.Control(null, false, "", taken, () -> false),
                        5)) {
            trainer.train().weights().close();
        }
        return taken.step();
    }
}
