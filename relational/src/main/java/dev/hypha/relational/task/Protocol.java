package dev.hypha.relational.task;

import java.util.Locale;

/// What a test prediction may look at.
public enum Protocol {
    /// Nothing after the test cut-off exists for any test prediction, however late its time; training and validation
    /// predictions see all before their own time.
    FROZEN,
    /// Every prediction sees all before its own time.
    ROLLING;

    /// As it stands in results and options.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
