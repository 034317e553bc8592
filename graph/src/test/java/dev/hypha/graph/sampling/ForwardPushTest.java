package dev.hypha.graph.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.graph.Neighbors;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ForwardPushTest {
    /// Personalised PageRank by its definition: where the walk is after very many steps.
    static double[] power(Neighbors graph, int seed, double restart) {
        double[] scores = new double[graph.targets()];
        scores[seed] = 1;
        for (int step = 0; step < 400; step++) {
            double[] next = new double[scores.length];
            for (int node = 0; node < scores.length; node++) {
                spread(graph, node, (1 - restart) * scores[node], next);
                next[seed] += restart * scores[node];
            }
            scores = next;
        }
        return scores;
    }

    private static void spread(Neighbors graph, int node, double mass, double[] next) {
        double sum = 0;
        for (long i = graph.begin(node); i < graph.end(node); i++) {
            sum += graph.weight(i);
        }
        if (sum == 0) {
            next[node] += mass; // it stays, until it returns
        }
        for (long i = graph.begin(node); i < graph.end(node) && sum > 0; i++) {
            next[graph.source(i)] += mass * graph.weight(i) / sum;
        }
    }

    @Test
    void scoresAreThoseOfPowerIterationButForTheResiduals() {
        var push = new ForwardPush();
        for (long number = 0; number < 200; number++) {
            var random = new Random(number);
            boolean symmetric = number % 2 == 0;
            Neighbors graph = symmetric ? SmallGraph.symmetric(random) : SmallGraph.random(random);
            if (graph.targets() == 0) {
                continue;
            }
            if (!symmetric && random.nextBoolean()) {
                graph = SmallGraph.weighted(graph, random);
            }
            double restart = 0.1 + random.nextDouble() * 0.8;
            double threshold = Math.pow(10, -1 - random.nextInt(4));
            int seed = random.nextInt(graph.targets());
            push.run(graph, seed, restart, threshold);
            check(graph, push, power(graph, seed, restart), threshold, symmetric, "case " + number);
        }
    }

    private static void check(
            Neighbors graph, ForwardPush push, double[] exact, double threshold, boolean symmetric, String what) {
        double total = 0;
        double left = 0;
        for (int local = 0; local < push.size(); local++) {
            int degree = graph.degree(push.node(local));
            assertThat(push.residual(local)).as(what).isBetween(0.0, threshold * degree);
            total += push.score(local) + push.residual(local);
            left += push.residual(local);
        }
        assertThat(total).as(what).isBetween(1 - 1e-9, 1 + 1e-9);
        for (int node = 0; node < exact.length; node++) {
            double missing = exact[node] - push.scoreOf(node);
            double most = symmetric ? threshold * graph.degree(node) : left;
            assertThat(missing).as("%s, node %d", what, node).isBetween(-1e-9, most + 1e-9);
        }
    }

    @Test
    void aFineThresholdIsExact() {
        var push = new ForwardPush();
        for (long number = 0; number < 40; number++) {
            var random = new Random(number);
            Neighbors graph = SmallGraph.symmetric(random);
            push.run(graph, 0, 0.3, 1e-12);
            double[] exact = power(graph, 0, 0.3);
            for (int node = 0; node < exact.length; node++) {
                assertThat(push.scoreOf(node)).isBetween(exact[node] - 1e-9, exact[node] + 1e-9);
            }
        }
    }
}
