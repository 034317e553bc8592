package dev.hypha.app.terminal;

import dev.hypha.learn.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/// Progress as plain lines, for logs and pipes: one when a stage begins, at most one every five seconds while it
/// lasts, and one with its duration where it took a second or more.
final class Lines implements Screen, Progress {
    private static final long EVERY_NANOS = Duration.ofSeconds(5).toNanos();

    private final PrintWriter err;
    private final LongSupplier nanoTime;
    private String stage = "";
    private long total = -1;
    private long began;
    private long lastLine;

    Lines(PrintWriter err, LongSupplier nanoTime) {
        this.err = err;
        this.nanoTime = nanoTime;
    }

    @Override
    public Progress progress() {
        return this;
    }

    @Override
    public synchronized void stage(String name, long length) {
        endStage();
        stage = name;
        total = length;
        began = nanoTime.getAsLong();
        lastLine = began;
        say(name + " ...");
    }

    @Override
    public synchronized void at(long done, String state) {
        long now = nanoTime.getAsLong();
        if (now - lastLine < EVERY_NANOS) {
            return;
        }
        lastLine = now;
        String part = total > 0 ? done + "/" + total : String.valueOf(done);
        say("  " + stage + ": " + part + (state.isEmpty() ? "" : ", " + state));
    }

    @Override
    public synchronized void done() {
        endStage();
        stage = "";
    }

    @Override
    public synchronized void note(String line) {
        say(line);
    }

    @Override
    public synchronized void warn(String line) {
        say("warning: " + line);
    }

    @Override
    public synchronized void close() {
        done();
    }

    private void endStage() {
        double seconds = (nanoTime.getAsLong() - began) / 1e9;
        if (!stage.isEmpty() && seconds >= 1) {
            say(String.format(Locale.ROOT, "  %s: done in %.1f s", stage, seconds));
        }
    }

    private void say(String line) {
        err.println(line);
        err.flush();
    }
}
