package dev.hypha.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TapeTest {
    @Test
    void learnsALine() {
        try (Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(2);
                Workspace workspace = new Workspace(memory);
                Parameters parameters = new Parameters(memory)) {
            Parameter w = parameters.add("w", 2, 1);
            Parameter b = parameters.add("b", 1, 1);
            OptimizerState state = new Adam(0.1f).start(parameters, memory);
            for (int i = 0; i < 500; i++) {
                parameters.zeroGradients();
                try (Tape tape = new Tape(provider, workspace, true)) {
                    Tensor x = tape.constant(4, 2, 0, 0, 1, 0, 0, 1, 1, 1);
                    Tensor y = x.times(tape.parameter(w)).addBias(tape.parameter(b));
                    y.meanSquared(tape.constant(4, 1, 1, 3, 0, 2)).backward();
                }
                parameters.clipGradients(provider, 10);
                state.step(provider);
            }
            assertThat(w.value().get(0, 0)).isCloseTo(2, within(1e-3f));
            assertThat(w.value().get(1, 0)).isCloseTo(-1, within(1e-3f));
            assertThat(b.value().get(0, 0)).isCloseTo(1, within(1e-3f));
            System.out.println(provider.describe());
        }
    }
}
