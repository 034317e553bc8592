package dev.hypha.app.command;

import dev.hypha.graph.importing.ImportListener;
import dev.hypha.learn.Progress;

/// Shows how an import goes on where every other job shows it.
record ImportProgress(Progress progress) implements ImportListener {
    @Override
    public void stage(String name, long total) {
        progress.stage(name, total);
    }

    @Override
    public void at(long done) {
        progress.at(done, "");
    }

    @Override
    public void note(String line) {
        progress.note(line);
    }

    @Override
    public void warn(String line) {
        progress.warn(line);
    }
}
