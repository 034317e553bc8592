package dev.hypha.algorithms.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hypha.algorithms.SharedData;
import dev.hypha.algorithms.SimpleGraph;
import dev.hypha.graph.statistics.Homophily;
import org.junit.jupiter.api.Test;

/// Homophily measures at the values that Platonov et al. print: "Characterizing graph datasets for node
/// classification", NeurIPS 2023, table 1 (Cora and CiteSeer), and the table of the heterophilous graphs'
/// repository (Minesweeper).
class PublishedHomophilyTest {
    @Test
    void cora() {
        Homophily found = of("cora");
        assertThat(found.edge()).isCloseTo(0.81, within(0.005));
        assertThat(found.node()).isCloseTo(0.83, within(0.005));
        assertThat(found.classInsensitive()).isCloseTo(0.77, within(0.005));
        assertThat(found.adjusted()).isCloseTo(0.77, within(0.005));
        assertThat(found.informativeness()).isCloseTo(0.59, within(0.005));
    }

    @Test
    void citeseer() {
        Homophily found = of("citeseer");
        assertThat(found.edge()).isCloseTo(0.74, within(0.005));
        assertThat(found.adjusted()).isCloseTo(0.67, within(0.005));
        assertThat(found.informativeness()).isCloseTo(0.45, within(0.005));
    }

    @Test
    void minesweeper() {
        Homophily found = of("hetero_minesweeper");
        assertThat(found.edge()).isCloseTo(0.68, within(0.005));
        assertThat(found.adjusted()).isCloseTo(0.01, within(0.005));
        assertThat(found.informativeness()).isCloseTo(0.00, within(0.005));
    }

    private static Homophily of(String name) {
        SharedData data = SharedData.of(name);
        int[] labels = data.labels();
        return Homophily.of(SimpleGraph.of(labels.length, data.edges("edges.csv")), labels);
    }
}
