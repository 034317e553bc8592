package dev.hypha.relational.database;

import dev.hypha.learn.Progress;
import java.util.ArrayList;
import java.util.List;

/// Collects what was odd but not wrong, once each, and says it as it comes.
final class Warnings {
    private final List<String> all = new ArrayList<>();
    private final Progress progress;

    Warnings(Progress progress) {
        this.progress = progress;
    }

    void add(String warning) {
        if (all.contains(warning)) return;
        all.add(warning);
        progress.warn(warning);
    }

    List<String> all() {
        return List.copyOf(all);
    }
}
