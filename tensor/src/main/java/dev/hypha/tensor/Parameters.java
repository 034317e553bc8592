package dev.hypha.tensor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/// The parameters of a model by name, in the order they were added.
public final class Parameters implements Iterable<Parameter>, AutoCloseable {
    private final Memory memory;
    private final Map<String, Parameter> byName = new LinkedHashMap<>();

    /// @param memory what they live in, counted as [Purpose#PARAMETERS]
    public Parameters(Memory memory) {
        this.memory = memory;
    }

    /// A new parameter of zeros.
    ///
    /// @throws IllegalArgumentException if the name is taken
    public Parameter add(String name, int rows, int cols) {
        return add(name, rows, cols, true);
    }

    /// A new matrix of zeros that is kept with the parameters but not trained.
    ///
    /// @throws IllegalArgumentException if the name is taken
    public Parameter addUntrained(String name, int rows, int cols) {
        return add(name, rows, cols, false);
    }

    private Parameter add(String name, int rows, int cols, boolean trained) {
        if (byName.containsKey(name)) throw new IllegalArgumentException("parameter '" + name + "' exists already");
        Matrix value = Matrix.of(memory, Purpose.PARAMETERS, rows, cols);
        Matrix gradient = trained ? Matrix.of(memory, Purpose.PARAMETERS, rows, cols) : null;
        Parameter parameter = new Parameter(name, value, gradient);
        byName.put(name, parameter);
        return parameter;
    }

    /// The parameter of that name.
    ///
    /// @throws IllegalArgumentException if there is none
    public Parameter get(String name) {
        Parameter parameter = byName.get(name);
        if (parameter == null) throw new IllegalArgumentException("there is no parameter '" + name + "'");
        return parameter;
    }

    /// Whether there is a parameter of that name.
    public boolean contains(String name) {
        return byName.containsKey(name);
    }

    /// How many there are.
    public int size() {
        return byName.size();
    }

    /// How many numbers training changes.
    public long elements() {
        long elements = 0;
        for (Parameter p : this) elements += p.trained() ? p.value().size() : 0;
        return elements;
    }

    @Override
    public Iterator<Parameter> iterator() {
        return byName.values().iterator();
    }

    /// Sets all gradients to zero.
    public void zeroGradients() {
        for (Parameter p : this) if (p.trained()) p.gradient().fill(0);
    }

    /// The Euclidean norm of all gradients together.
    public double gradientNorm(KernelProvider provider) {
        double sum = 0;
        for (Parameter p : this) if (p.trained()) sum += sumOfSquares(provider, p.gradient());
        return Math.sqrt(sum);
    }

    private static double sumOfSquares(KernelProvider provider, Matrix gradient) {
        ElementKernels kernels = provider.kernels().elements();
        return provider.workers()
                .sum(gradient.shape().elements(), (from, to) -> kernels.sumOfSquares(gradient, from, to));
    }

    /// Shrinks all gradients by one factor so that their norm is at most `norm`.
    ///
    /// @return the norm before
    public double clipGradients(KernelProvider provider, double norm) {
        double before = gradientNorm(provider);
        if (!(before > norm)) return before;
        float shrink = (float) (norm / before);
        ElementKernels kernels = provider.kernels().elements();
        for (Parameter p : this) {
            if (!p.trained()) continue;
            Matrix g = p.gradient();
            provider.workers().elements(g.shape().elements(), (from, to) -> kernels.affine(g, shrink, 0, g, from, to));
        }
        return before;
    }

    /// Adds `factor` times a parameter's values to its gradient: the gradient of `factor / 2` times the sum of squares.
    ///
    /// @param which parameters; those that are not trained are left out
    public void shrink(KernelProvider provider, float factor, Predicate<Parameter> which) {
        ElementKernels kernels = provider.kernels().elements();
        for (Parameter p : this) {
            if (!p.trained() || !which.test(p)) continue;
            Matrix g = p.gradient();
            provider.workers()
                    .elements(g.shape().elements(), (from, to) -> kernels.accumulate(p.value(), factor, g, from, to));
        }
    }

    /// Copies all values from parameters of the same names and shapes.
    public void copyFrom(Parameters other) {
        for (Parameter p : this) p.value().copyFrom(other.get(p.name()).value());
    }

    /// A copy of all values, for instance the best so far; without gradients.
    public Parameters copy() {
        Parameters copy = new Parameters(memory);
        for (Parameter p : this) {
            copy.addUntrained(p.name(), p.value().rows(), p.value().cols())
                    .value()
                    .copyFrom(p.value());
        }
        return copy;
    }

    /// Writes all values to a safetensors file.
    public void save(Path file, Map<String, String> metadata) throws IOException {
        Map<String, Matrix> tensors = new LinkedHashMap<>();
        for (Parameter p : this) tensors.put(p.name(), p.value());
        Safetensors.write(file, tensors, metadata);
    }

    /// Reads all values from a safetensors file, which must have these names and shapes and no others.
    ///
    /// @return the file's metadata
    /// @throws SafetensorsException if it does not, or is damaged; no value was changed
    public Map<String, String> load(Path file) throws IOException {
        Safetensors read = Safetensors.read(file);
        Map<String, Matrix> targets = new LinkedHashMap<>();
        for (Parameter p : this) targets.put(p.name(), p.value());
        read.copyTo(targets);
        return read.metadata();
    }

    /// Frees all values and gradients.
    @Override
    public void close() {
        for (Parameter p : this) {
            p.value().close();
            if (p.trained()) p.gradient().close();
        }
    }
}
