package dev.hypha.graph.generating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hypha.graph.InputException;
import dev.hypha.graph.importing.ImportListener;
import dev.hypha.graph.importing.NumpyImport;
import dev.hypha.graph.statistics.GraphStatistics;
import dev.hypha.graph.statistics.Homophily;
import dev.hypha.graph.store.Column;
import dev.hypha.graph.store.GraphStore;
import dev.hypha.graph.store.StoredGraph;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PowerLawTest {
    private static final PowerLaw SMALL = new PowerLaw(2000, 40_000, 16, 8, 20, 0.3, 7);

    @TempDir
    Path folder;

    @Test
    void isASimpleGraphOfTheSizeAskedFor() {
        for (long seed = 0; seed < 20; seed++) {
            var law = new PowerLaw(300 + (int) seed, 2000 + 2 * seed, 0, 3, 10, seed / 20.0, seed);
            long[] pairs = PowerLawGraph.of(law).pairs();
            assertThat(pairs).as("seed %d", seed).hasSize((int) law.edges() / 2);
            assertThat(Arrays.stream(pairs).distinct().sorted().toArray()).isEqualTo(pairs);
            for (long pair : pairs) {
                assertThat((int) (pair >>> 32)).isBetween(0, (int) pair - 1);
                assertThat((int) pair).isLessThan(law.nodes());
            }
        }
    }

    @Test
    void anotherSeedIsAnotherGraphAndTheSameIsTheSame() {
        var other = new PowerLaw(2000, 40_000, 16, 8, 20, 0.3, 8);
        long[] pairs = PowerLawGraph.of(SMALL).pairs();
        assertThat(PowerLawGraph.of(SMALL).pairs()).isEqualTo(pairs);
        assertThat(PowerLawGraph.of(other).pairs()).isNotEqualTo(pairs);
    }

    @Test
    void degreesLabelsAndFeaturesAreAsPlanted() throws IOException {
        Path out = folder.resolve("g");
        var graph = PowerLawGraph.of(SMALL);
        new PowerLawOutput(SMALL, graph).store(out, 1 << 24, 2, ImportListener.SILENT);
        assertThat(GraphStore.check(out)).isEmpty();
        try (StoredGraph stored = GraphStore.open(out)) {
            var statistics = GraphStatistics.of(stored, type -> stored.nodeColumn(type, "comm"));
            var edges = statistics.edges().getFirst();
            assertThat(edges.undirected()).isTrue();
            assertThat(edges.selfLoops() + edges.duplicates()).isZero();
            assertThat(edges.in().mean()).isEqualTo(20);
            assertThat(edges.in().max())
                    .as("a hub")
                    .isGreaterThan(10 * edges.in().median());
            assertThat(edges.in().tailExponent().orElseThrow()).isBetween(1.8, 3.2);
            Homophily communities = edges.homophily().orElseThrow();
            assertThat(communities.edge()).as("inside, or outside by chance").isBetween(0.6, 0.9);
            assertThat(correlation(stored)).as("features know the label").isGreaterThan(0.1);
            Column mask = stored.nodeColumn(0, "train_mask").orElseThrow();
            double part = 0;
            for (int node = 0; node < 2000; node++) {
                part += mask.integer(node) / 2000.0;
            }
            assertThat(part).isCloseTo(0.5, within(0.05));
        }
    }

    /// The mean product of the features of neighbors in the list of nodes that have the same label.
    private static double correlation(StoredGraph stored) {
        Column x = stored.nodeColumn(0, "x").orElseThrow();
        Column y = stored.nodeColumn(0, "y").orElseThrow();
        double sum = 0;
        int count = 0;
        for (int node = 1; node < 2000; node++) {
            if (y.integer(node) == y.integer(node - 1)) {
                for (int i = 0; i < x.width(); i++) {
                    sum += x.number(node, i) * x.number(node - 1, i);
                    count++;
                }
            }
        }
        return sum / count;
    }

    @Test
    void arraysHoldTheSameGraphAsTheStore() throws IOException {
        var output = new PowerLawOutput(SMALL, PowerLawGraph.of(SMALL));
        output.store(folder.resolve("g"), 1 << 24, 2, ImportListener.SILENT);
        output.numpy(folder.resolve("arrays"), ImportListener.SILENT);
        NumpyImport.run(folder.resolve("arrays"), folder.resolve("again"), 1 << 24, 1, ImportListener.SILENT);
        try (StoredGraph one = GraphStore.open(folder.resolve("g"));
                StoredGraph other = GraphStore.open(folder.resolve("again"))) {
            var edges = one.graph().neighbors(0);
            var same = other.graph().neighbors(0);
            assertThat(edges.sources().mismatch(same.sources())).isEqualTo(-1);
            assertThat(edges.offsets().mismatch(same.offsets())).isEqualTo(-1);
            assertThat(other.graph().reverse(0)).hasValue(0);
            for (Column column : one.nodeColumns(0)) {
                Column found = other.nodeColumn(0, column.name()).orElseThrow();
                assertThat(column.values().mismatch(found.values()))
                        .as(column.name())
                        .isEqualTo(-1);
            }
        }
        assertThatThrownBy(() -> output.numpy(folder.resolve("arrays"), ImportListener.SILENT))
                .hasMessageContaining("is there already");
    }

    @Test
    void whatCannotBeIsRefused() {
        for (var make : List.<Runnable>of(
                () -> new PowerLaw(1, 0, 0, 1, 1, 0, 0),
                () -> new PowerLaw(10, 7, 0, 1, 1, 0, 0),
                () -> new PowerLaw(10, 90, 0, 1, 1, 0, 0),
                () -> new PowerLaw(10, 10, 0, 0, 1, 0, 0),
                () -> new PowerLaw(10, 10, 0, 1, 11, 0, 0),
                () -> new PowerLaw(10, 10, 0, 1, 1, Double.NaN, 0),
                () -> PowerLawGraph.of(new PowerLaw(100, 2000, 0, 1, 100, 0, 0)))) {
            assertThatThrownBy(make::run).isInstanceOf(InputException.class);
        }
    }

    @Test
    void anyNumberOfNodesMakesAGraphOfTheUsualShape() {
        assertThat(PowerLaw.sized(200_000, 3)).isEqualTo(new PowerLaw(200_000, 4_000_000, 128, 40, 400, 0.3, 3));
        for (int nodes : new int[] {2, 3, 4, 5, 10, 79, 81, 82, 1000, 4999, 1_000_000, Integer.MAX_VALUE}) {
            PowerLaw law = PowerLaw.sized(nodes, 1);
            assertThat(law.edges()).as("of %d nodes", nodes).isLessThanOrEqualTo(20L * nodes);
            if (nodes <= 1000)
                assertThat(PowerLawGraph.of(law).pairs()).hasSizeLessThanOrEqualTo((int) law.edges() / 2);
        }
    }
}
