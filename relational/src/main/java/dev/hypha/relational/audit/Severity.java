package dev.hypha.relational.audit;

/// How much a finding weighs.
public enum Severity {
    /// Worth knowing.
    NOTE,
    /// May be a leak; a person should look.
    WARNING,
    /// Knowledge of the outcome reaches the model; training stops unless it is allowed.
    LEAK
}
