package dev.hypha.learn.node;

import dev.hypha.learn.data.Split;
import java.util.Locale;

/// A part of a [Split].
public enum Part {
    TRAIN,
    VALIDATION,
    TEST;

    /// The name in results, such as `validation`.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Its nodes.
    public int[] of(Split split) {
        return switch (this) {
            case TRAIN -> split.train();
            case VALIDATION -> split.validation();
            case TEST -> split.test();
        };
    }
}
