package dev.hypha.tensor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// What an optimiser remembers about a set of parameters. Saved and loaded, it goes on to the same bits.
public final class OptimizerState implements AutoCloseable {
    private final Optimizer optimizer;
    private final List<Slot> slots = new ArrayList<>();
    private long step;

    /// A trained parameter and the averages kept for it; the second is null if there is one only.
    private record Slot(Parameter parameter, Matrix first, Matrix second) {}

    OptimizerState(Optimizer optimizer, Parameters parameters, Memory memory) {
        this.optimizer = optimizer;
        for (Parameter p : parameters) {
            if (!p.trained()) continue;
            Matrix first = like(p, memory);
            slots.add(new Slot(p, first, optimizer.slots() > 1 ? like(p, memory) : null));
        }
    }

    private static Matrix like(Parameter p, Memory memory) {
        return Matrix.of(memory, Purpose.PARAMETERS, p.value().rows(), p.value().cols());
    }

    /// Number of steps taken.
    public long step() {
        return step;
    }

    /// Moves all parameters along their gradients, which stay as they are.
    public void step(KernelProvider provider) {
        step(provider, 1);
    }

    /// The same with the learning rate times a factor, from a schedule.
    public void step(KernelProvider provider, float factor) {
        step(provider, factor, _ -> true);
    }

    /// The same for some parameters: the others stay as they are, and so do their averages.
    public void step(KernelProvider provider, float factor, Predicate<Parameter> which) {
        step++;
        float rate = factor * optimizer.learningRate();
        UpdateKernels kernels = provider.kernels().updates();
        for (Slot slot : slots) {
            if (!which.test(slot.parameter)) continue;
            int n = slot.parameter.value().shape().elements();
            switch (optimizer) {
                case Sgd sgd ->
                    provider.workers()
                            .elements(
                                    n,
                                    (from, to) -> kernels.momentum(
                                            slot.parameter.value(),
                                            slot.parameter.gradient(),
                                            slot.first,
                                            rate,
                                            sgd.momentum(),
                                            from,
                                            to));
                case Adam adam -> adam(provider, slot, adamStep(rate, adam.beta1(), adam.beta2(), adam.epsilon(), 0));
                case AdamW adam ->
                    adam(
                            provider,
                            slot,
                            adamStep(rate, adam.beta1(), adam.beta2(), adam.epsilon(), adam.weightDecay()));
            }
        }
    }

    /// Forgets all steps taken.
    public void reset() {
        step = 0;
        for (Slot slot : slots) {
            slot.first.fill(0);
            if (slot.second != null) slot.second.fill(0);
        }
    }

    private UpdateKernels.AdamStep adamStep(float rate, float beta1, float beta2, float epsilon, float decay) {
        float correction1 = (float) (1 - Math.pow(beta1, (double) step));
        float correction2 = (float) (1 - Math.pow(beta2, (double) step));
        return new UpdateKernels.AdamStep(rate, beta1, beta2, epsilon, correction1, correction2, decay);
    }

    private static void adam(KernelProvider provider, Slot slot, UpdateKernels.AdamStep step) {
        Parameter p = slot.parameter;
        UpdateKernels kernels = provider.kernels().updates();
        provider.workers()
                .elements(
                        p.value().shape().elements(),
                        (from, to) -> kernels.adam(p.value(), p.gradient(), slot.first, slot.second, step, from, to));
    }

    private Map<String, Matrix> tensors() {
        Map<String, Matrix> tensors = new LinkedHashMap<>();
        for (Slot slot : slots) {
            tensors.put(slot.parameter.name() + ".first", slot.first);
            if (slot.second != null) tensors.put(slot.parameter.name() + ".second", slot.second);
        }
        return tensors;
    }

    /// Writes the state to a safetensors file.
    public void save(Path file) throws IOException {
        Safetensors.write(file, tensors(), Map.of("optimizer", optimizer.name(), "step", Long.toString(step)));
    }

    /// Reads the state from a safetensors file.
    ///
    /// @throws SafetensorsException if it is damaged, or of other parameters or another optimiser; nothing changed
    public void load(Path file) throws IOException {
        Safetensors read = Safetensors.read(file);
        String name = read.metadata().get("optimizer");
        if (!optimizer.name().equals(name)) {
            throw new SafetensorsException(file, "it holds the state of '" + name + "', not of " + optimizer.name());
        }
        long saved;
        try {
            saved = Long.parseLong(read.metadata().getOrDefault("step", ""));
        } catch (NumberFormatException e) {
            throw new SafetensorsException(file, "its step is not a number");
        }
        if (saved < 0) throw new SafetensorsException(file, "its step is negative");
        read.copyTo(tensors());
        step = saved;
    }

    /// Frees the state.
    @Override
    public void close() {
        for (Slot slot : slots) {
            slot.first.close();
            if (slot.second != null) slot.second.close();
        }
    }
}
