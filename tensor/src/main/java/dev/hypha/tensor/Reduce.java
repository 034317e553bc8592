package dev.hypha.tensor;

/// How the rows of a target's sources become one row. A target without sources gets zeros in each case.
public enum Reduce {
    /// Their sum.
    SUM,
    /// Their sum divided by their number.
    MEAN,
    /// The largest in each column; of equal ones the first gets the gradient.
    MAX,
    /// The smallest in each column; of equal ones the first gets the gradient.
    MIN
}
