package dev.hypha.tensor;

/// Operands whose shapes do not fit the operation: a mistake in a program, not in its input.
public final class ShapeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String op;
    private final String left;
    private final String right;

    /// @param op the operation, in its method's name
    /// @param left the first operand's shape
    /// @param right what does not fit it: the second operand's shape, or what was wanted
    public ShapeException(String op, Object left, Object right) {
        super(op + ": " + left + " does not fit " + right);
        this.op = op;
        this.left = left.toString();
        this.right = right.toString();
    }

    /// The operation.
    public String op() {
        return op;
    }

    /// The first operand's shape.
    public String left() {
        return left;
    }

    /// What does not fit it.
    public String right() {
        return right;
    }
}
