package dev.hypha.learn;

import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Parameter;
import dev.hypha.tensor.Parameters;
import dev.hypha.tensor.Safetensors;
import dev.hypha.tensor.Shape;
import dev.hypha.tensor.ShapeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;

/// The parameters of one model, made when they are first asked for until the set is closed, found by name ever after.
///
/// A parameter's first values depend on the key, its name and its shape alone, not on the order of asking.
public final class Weights implements AutoCloseable {
    private final Parameters parameters;
    private final long key;
    private boolean closed;

    /// An open, empty set.
    ///
    /// @param key source of the first values
    public Weights(Memory memory, long key) {
        this.parameters = new Parameters(memory);
        this.key = key;
    }

    /// A closed set of parameters that are there already, such as those of a saved run.
    public Weights(Parameters parameters) {
        this.parameters = parameters;
        this.key = 0;
        this.closed = true;
    }

    /// The closed set that a safetensors file holds, for prediction: its parameters are not trained.
    ///
    /// @throws UncheckedIOException when the file cannot be read or is damaged
    public static Weights load(Memory memory, Path file) {
        Parameters parameters = new Parameters(memory);
        try {
            Safetensors read = Safetensors.read(file);
            for (String name : read.names()) {
                parameters.addUntrained(
                        name, read.shape(name).rows(), read.shape(name).cols());
            }
            parameters.load(file);
            return new Weights(parameters);
        } catch (IOException e) {
            parameters.close();
            throw new UncheckedIOException("cannot load weights: " + e.getMessage(), e);
        }
    }

    /// Writes all parameters to a safetensors file, beside it first and then renamed.
    ///
    /// @throws UncheckedIOException when the file cannot be written
    public void save(Path file) {
        try {
            parameters.save(file, Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /// How a new parameter is filled.
    enum Init {
        ZERO,
        ONE,
        /// Uniform within `sqrt(6 / (rows + columns))`: Glorot and Bengio, AISTATS 2010, equation 16.
        GLOROT,
        /// Uniform with a standard deviation of 0.1, for tables of embeddings.
        SMALL
    }

    /// @throws IllegalStateException for a name that is not in a closed set
    /// @throws ShapeException when the parameter has another shape
    Parameter get(String name, int rows, int cols, Init init) {
        if (!parameters.contains(name)) return make(name, rows, cols, init);
        Parameter found = parameters.get(name);
        Shape asked = new Shape(rows, cols);
        if (!found.value().shape().equals(asked)) {
            throw new ShapeException("parameter " + name, found.value().shape(), asked);
        }
        return found;
    }

    /// Means and variances that training follows but no gradient changes, shape [2, cols]: zeros and ones at first.
    ///
    /// @throws IllegalStateException for a name that is not in a closed set
    Matrix moments(String name, int cols) {
        if (parameters.contains(name)) return get(name, 2, cols, Init.ZERO).value();
        if (closed) throw unknown(name);
        Matrix moments = parameters.addUntrained(name, 2, cols).value();
        moments.slice(1, 2).fill(1);
        return moments;
    }

    private static IllegalStateException unknown(String name) {
        return new IllegalStateException("parameter '" + name + "' was not made in the model's first pass");
    }

    private Parameter make(String name, int rows, int cols, Init init) {
        if (closed) throw unknown(name);
        Parameter made = parameters.add(name, rows, cols);
        fill(made.value(), init, Keys.split(key, name));
        return made;
    }

    private static void fill(Matrix value, Init init, long key) {
        if (!value.backed()) return;
        switch (init) {
            case ZERO -> value.fill(0);
            case ONE -> value.fill(1);
            case GLOROT -> uniform(value, Math.sqrt(6.0 / (value.rows() + value.cols())), key);
            case SMALL -> uniform(value, 0.1 * Math.sqrt(3), key);
        }
    }

    private static void uniform(Matrix value, double bound, long key) {
        SplittableRandom random = new SplittableRandom(key);
        for (long i = 0; i < value.size(); i++) value.put(i, (float) random.nextDouble(-bound, bound));
    }

    /// Ends the first pass: from now on an unknown name is an error.
    public void seal() {
        closed = true;
    }

    /// All parameters, in the order they were first asked for.
    public Parameters parameters() {
        return parameters;
    }

    /// Frees the parameters.
    @Override
    public void close() {
        parameters.close();
    }
}
