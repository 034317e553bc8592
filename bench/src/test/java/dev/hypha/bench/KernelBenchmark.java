package dev.hypha.bench;

import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Parameter;
import dev.hypha.tensor.Parameters;
import dev.hypha.tensor.Tape;
import dev.hypha.tensor.Tensor;
import dev.hypha.tensor.Workspace;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// What benchmarks of single kernels share: a provider, memory, inputs from a key, and the gate that each computation
/// passes before it is timed. One thread unless `-p threads=2` says otherwise; `-p kernels=plain` times the
/// specification.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public abstract class KernelBenchmark {
    @Param({"blas", "vector"})
    public String kernels;

    @Param("1")
    public int threads;

    Memory memory;
    Parameters parameters;
    private KernelProvider provider;
    private KernelProvider plain;
    private Workspace workspace;
    private SplittableRandom random;

    /// What is timed.
    @FunctionalInterface
    interface Body {
        Tensor on(Tape tape);
    }

    /// Makes inputs and passes every computation that is timed to [#gate].
    abstract void prepare();

    /// Before the first iteration.
    @Setup(Level.Trial)
    public final void open() {
        memory = Memory.unlimited();
        parameters = new Parameters(memory);
        workspace = new Workspace(memory);
        provider = KernelProvider.of(kernels, threads);
        plain = KernelProvider.of("plain", threads);
        random = new SplittableRandom(1);
        prepare();
    }

    /// After the last iteration.
    @TearDown(Level.Trial)
    public final void close() {
        provider.close();
        plain.close();
        workspace.close();
        parameters.close();
        memory.close();
    }

    /// A trained input of random numbers from -1 to 1.
    final Parameter input(String name, int rows, int cols) {
        Parameter parameter = parameters.add(name, rows, cols);
        fill(parameter.value());
        return parameter;
    }

    final void fill(Matrix matrix) {
        for (long i = 0; i < matrix.size(); i++) matrix.put(i, (float) random.nextDouble(-1, 1));
    }

    final int[] indices(int count, int limit) {
        return random.ints(count, 0, limit).toArray();
    }

    /// Requires that a computation gives what plain loops give, and so do its gradients.
    ///
    /// @param terms in one sum
    final void gate(long terms, Body body) {
        Gate.equal("values", values(plain, body), values(provider, body), terms);
        Gate.equal("gradients", gradients(plain, body), gradients(provider, body), terms);
    }

    private float[] values(KernelProvider on, Body body) {
        try (Tape tape = new Tape(on, workspace, false)) {
            return body.on(tape).value().toArray();
        }
    }

    private float[] gradients(KernelProvider on, Body body) {
        gradient(on, body);
        return TrainingBenchmarks.numbers(parameters, Parameter::gradient);
    }

    /// Times a computation alone.
    final void forward(Body body) {
        try (Tape tape = new Tape(provider, workspace, false)) {
            body.on(tape).value();
        }
    }

    /// Times a computation with the gradients of all inputs.
    final void gradient(Body body) {
        gradient(provider, body);
    }

    private void gradient(KernelProvider on, Body body) {
        parameters.zeroGradients();
        try (Tape tape = new Tape(on, workspace, true)) {
            Tensor result = body.on(tape);
            (result.rows() == 1 && result.cols() == 1 ? result : result.sum()).backward();
        }
    }

    final KernelProvider provider() {
        return provider;
    }

    final KernelProvider plain() {
        return plain;
    }
}
