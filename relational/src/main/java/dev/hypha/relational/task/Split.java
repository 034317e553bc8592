package dev.hypha.relational.task;

import java.util.Locale;

/// What a seed is used for.
public enum Split {
    TRAIN,
    VALIDATION,
    TEST,
    /// Scored, without a label.
    PREDICT,
    /// Trained on beside `TRAIN`: made from its rows, never measured.
    AUGMENT,
    /// The validation rows as the test rows will be seen, with nothing after the validation cut-off. They
    /// decide what is kept, and are never measured.
    SELECT;

    /// As it stands in `task.seeds` and in files.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Split of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
