package dev.hypha.app.terminal;

import dev.hypha.learn.Progress;
import java.io.PrintWriter;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// Progress as bars on a terminal: one line that is redrawn while a stage lasts and stays when it is done.
final class Bars implements Screen, Progress {
    private static final int NAME_WIDTH = 28;

    private final PrintWriter err;
    private ProgressBar bar;

    Bars(PrintWriter err) {
        this.err = err;
    }

    @Override
    public Progress progress() {
        return this;
    }

    @Override
    public synchronized void stage(String name, long length) {
        close();
        bar = new ProgressBarBuilder()
                .setTaskName(String.format("%-" + NAME_WIDTH + "s", name))
                .setInitialMax(length)
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setUpdateIntervalMillis(200)
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .build();
    }

    @Override
    public synchronized void at(long done, String state) {
        if (bar != null) {
            bar.stepTo(done);
            bar.setExtraMessage(state);
        }
    }

    @Override
    public synchronized void done() {
        close();
    }

    @Override
    public synchronized void note(String line) {
        above(line);
    }

    @Override
    public synchronized void warn(String line) {
        above("warning: " + line);
    }

    @Override
    public synchronized void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }

    /// A line that stays. The bar is drawn again below it at its next tick, so its own line is cleared first.
    private void above(String line) {
        err.print(bar == null ? "" : "\r\u001B[K");
        err.println(line);
        err.flush();
    }
}
