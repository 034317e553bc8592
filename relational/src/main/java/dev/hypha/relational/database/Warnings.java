package dev.hypha.relational.database;

import dev.hypha.learn.Progress;
import java.util.ArrayList;
import java.util.List;

/// Collects what was odd but not wrong, once each, and says it as it comes.
final class Warnings {
    private final List<String> all = new ArrayList<>();
    private final List<String> mistyped = new ArrayList<>();
    private final Progress progress;

    Warnings(Progress progress) {
        this.progress = progress;
    }

    void add(String warning) {
        if (all.contains(warning)) return;
        all.add(warning);
        progress.warn(warning);
    }

    /// A warning about a column that is not of the type it is likely meant to be of.
    void addMistyped(String warning) {
        if (!all.contains(warning)) mistyped.add(warning);
        add(warning);
    }

    List<String> mistyped() {
        return List.copyOf(mistyped);
    }

    List<String> all() {
        return List.copyOf(all);
    }
}
