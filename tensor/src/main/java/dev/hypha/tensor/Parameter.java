package dev.hypha.tensor;

/// A named matrix that training changes, with the gradient that [Tape#backward] adds to. If it is not trained (running
/// moments, say) it has no gradient and is only kept with the others.
public final class Parameter {
    private final String name;
    private final Matrix value;
    private final Matrix gradient;

    Parameter(String name, Matrix value, Matrix gradient) {
        this.name = name;
        this.value = value;
        this.gradient = gradient;
    }

    /// Its name, also its key in a file.
    public String name() {
        return name;
    }

    /// Its elements.
    public Matrix value() {
        return value;
    }

    /// The gradient added up since [Parameters#zeroGradients]; null if it is not trained.
    public Matrix gradient() {
        return gradient;
    }

    /// Whether gradients are worked out for it.
    public boolean trained() {
        return gradient != null;
    }

    @Override
    public String toString() {
        return name + value.shape();
    }
}
