package dev.hypha.learn.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.learn.Options;
import dev.hypha.learn.Trainer;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Parameter;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class Gcn2Test {
    @Test
    void agreesWithTheEquationReadOneNodeAtATime() {
        Gcn2 model = Options.read(Gcn2.class, Map.of("hidden", "4", "layers", "3", "alpha", "0.3", "lambda", "0.7"));
        try (SmallGraph graph = new SmallGraph()) {
            float[][] logits = graph.logits(model, 2);
            double[][] first = SlowMath.each(SlowMath.linear(graph, SlowMath.features(graph), "in"), SmallGraph::relu);
            double[][] h = first;
            for (int l = 1; l <= 3; l++) {
                String name = "layer" + (l - 1);
                double beta = Math.log(0.7 / l + 1);
                double[][] sum = SlowMath.add(SlowMath.scale(SlowMath.smoothed(h), 0.7), 0.3, first);
                double[][] mapped = SlowMath.each(sum, row -> graph.times(row, name));
                h = SlowMath.each(SlowMath.add(SlowMath.scale(sum, 1 - beta), beta, mapped), SmallGraph::relu);
            }
            SlowMath.assertClose(logits, SlowMath.linear(graph, h, "out"));
        }
    }

    @Test
    void manyLayersDoNotOversmooth() {
        Gcn2 deep = Options.read(Gcn2.class, Map.of("hidden", "16", "layers", "16", "dropout", "0"));
        Gcn stacked = Options.read(Gcn.class, Map.of("hidden", "16", "layers", "16", "dropout", "0"));
        double kept = PlantedCommunities.accuracy(deep, 0.8, "0.1");
        assertThat(kept).isGreaterThan(0.7);
        assertThat(PlantedCommunities.accuracy(stacked, 0.8, "0.1")).isLessThan(0.4);
    }

    @Test
    void l2OfMapsShrinksThemAlone() {
        try (Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(1);
                PlantedCommunities graph = new PlantedCommunities(memory, 0.8)) {
            double[] free = norms(graph, "0", provider, memory);
            double[] shrunk = norms(graph, "1", provider, memory);
            assertThat(shrunk[0]).isLessThan(0.5 * free[0]);
            assertThat(shrunk[1]).isGreaterThan(0.5 * free[1]);
        }
    }

    /// Of the maps of convolutions together and of the map of features, after training.
    private static double[] norms(PlantedCommunities graph, String l2, KernelProvider provider, Memory memory) {
        Gcn2 model = Options.read(Gcn2.class, Map.of("hidden", "8", "layers", "3", "maps-l2", l2));
        Trainer.Trained trained = graph.trained(model, "0.02", provider, memory);
        double maps = 0;
        double first = 0;
        for (Parameter parameter : trained.weights().parameters()) {
            double squares = 0;
            for (float value : parameter.value().toArray()) squares += value * value;
            if (parameter.name().startsWith("layer")) maps += squares;
            if (parameter.name().equals("in.weight")) first = squares;
        }
        trained.weights().close();
        return new double[] {Math.sqrt(maps), Math.sqrt(first)};
    }
}
