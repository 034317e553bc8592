package dev.hypha.graph.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.graph.Neighbors;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartitionTest {
    @Test
    void everyNodeIsInOneClusterWithinItsCapacity() {
        for (long number = 0; number < 200; number++) {
            var random = new Random(number);
            Neighbors graph = SmallGraph.random(random);
            int clusters = 1 + random.nextInt(9);
            var partitioner = new BalancedPartitioner(clusters, random.nextInt(3) * 0.1, random.nextInt(4));
            Partition partition = partitioner.partition(graph, number);
            assertThat(partition.clusters()).isEqualTo(clusters);
            int[] all = partition.nodes(IntStream.range(0, clusters).toArray());
            Arrays.sort(all);
            assertThat(all).containsExactly(IntStream.range(0, graph.targets()).toArray());
            for (int cluster = 0; cluster < clusters; cluster++) {
                assertThat(partition.size(cluster)).isLessThanOrEqualTo(partitioner.capacity(graph.targets()));
                for (int node : partition.nodes(cluster)) {
                    assertThat(partition.cluster(node)).isEqualTo(cluster);
                }
            }
            Partition again = partitioner.partition(graph, number);
            assertThat(again).usingRecursiveComparison().isEqualTo(partition);
        }
    }

    @Test
    void theCapacityIsTheAverageWithSlack() {
        assertThat(new BalancedPartitioner(4, 0, 1).capacity(10)).isEqualTo(3);
        assertThat(new BalancedPartitioner(4, 0.5, 1).capacity(100)).isEqualTo(37);
        assertThat(new BalancedPartitioner(1, 2, 1).capacity(10)).isEqualTo(10);
    }

    /// Ten groups of twenty nodes: nine of ten edges lead to the own group, and the nodes are in no order.
    @Test
    void findsPlantedGroups() {
        var random = new Random(3);
        int[] names = UniformSamplerTest.shuffled(200, random);
        boolean[][] joined = new boolean[200][200];
        for (int i = 0; i < 1500; i++) {
            int a = random.nextInt(200);
            int b = random.nextInt(10) > 0 ? a / 20 * 20 + random.nextInt(20) : random.nextInt(200);
            joined[names[a]][names[b]] = true;
            joined[names[b]][names[a]] = true;
        }
        Neighbors graph = SmallGraph.dense(joined);
        assertThat(inside(graph, new BalancedPartitioner(10, 0.1, 10).partition(graph, 1)))
                .isGreaterThan(0.7);
        int[] blind = new Random(1).ints(200, 0, 10).toArray();
        assertThat(inside(graph, Partition.of(blind, 10))).isLessThan(0.2);
    }

    private static double inside(Neighbors graph, Partition partition) {
        long inside = 0;
        for (int node = 0; node < graph.targets(); node++) {
            for (long i = graph.begin(node); i < graph.end(node); i++) {
                inside += partition.cluster(node) == partition.cluster(graph.source(i)) ? 1 : 0;
            }
        }
        return (double) inside / graph.edges();
    }

    @Test
    void givesTheNodesOfSomeClustersInTheirOrder() {
        Partition partition = Partition.of(new int[] {2, 0, 2, 0}, 3);
        assertThat(partition.nodes(2, 1, 0)).containsExactly(0, 2, 1, 3);
        assertThat(partition.nodes()).isEmpty();
        assertThatThrownBy(() -> Partition.of(new int[] {3}, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> new BalancedPartitioner(0, 0.1, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
