package dev.hypha.app.command;

/// Exit statuses, which scripts rely on.
final class Exit {
    static final int DONE = 0;
    /// The work failed by no fault of the input.
    static final int FAILED = 1;
    /// The user's mistake.
    static final int MISTAKE = 2;
    /// A check fell short.
    static final int SHORT = 3;
    static final int INTERRUPTED = 130;

    private Exit() {}
}
