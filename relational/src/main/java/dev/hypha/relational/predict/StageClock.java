package dev.hypha.relational.predict;

import dev.hypha.learn.Progress;
import java.util.LinkedHashMap;
import java.util.Map;

/// Passes progress on and keeps how long each stage took, for the run's record.
final class StageClock implements Progress {
    private final Progress shown;
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private String stage = "start";
    private long since = System.nanoTime();

    StageClock(Progress shown) {
        this.shown = shown;
    }

    /// Seconds by stage in the order they began, up to now; those of stages that came several times are added up.
    Map<String, Double> seconds() {
        lap();
        return new LinkedHashMap<>(seconds);
    }

    private void lap() {
        long now = System.nanoTime();
        seconds.merge(stage, (now - since) / 1e9, Double::sum);
        since = now;
    }

    @Override
    public void stage(String name, long total) {
        lap();
        stage = name;
        shown.stage(name, total);
    }

    @Override
    public void at(long done, String state) {
        shown.at(done, state);
    }

    @Override
    public void done() {
        shown.done();
    }

    @Override
    public void note(String line) {
        shown.note(line);
    }

    @Override
    public void warn(String line) {
        shown.warn(line);
    }
}
