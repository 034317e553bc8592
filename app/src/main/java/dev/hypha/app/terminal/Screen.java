package dev.hypha.app.terminal;

import dev.hypha.learn.Progress;
import java.io.PrintWriter;

/// Where progress is shown: bars on a terminal, lines in a log, nothing when quiet. Always standard error.
public interface Screen extends AutoCloseable {
    /// What the work reports to.
    Progress progress();

    /// Takes away what is being drawn; what was said stays. May be called twice.
    @Override
    void close();

    /// The one that suits. The launcher says whether standard error is a terminal, which Java cannot tell by itself.
    static Screen of(PrintWriter err, boolean quiet) {
        if (quiet) {
            return new Nothing();
        }
        return Boolean.getBoolean("hypha.terminal") ? new Bars(err) : new Lines(err, System::nanoTime);
    }

    /// No output at all.
    record Nothing() implements Screen {
        @Override
        public Progress progress() {
            return Progress.SILENT;
        }

        @Override
        public void close() {}
    }
}
