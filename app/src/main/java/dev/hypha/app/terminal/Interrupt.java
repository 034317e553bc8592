package dev.hypha.app.terminal;

import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/// Says one sentence when the JVM is told to end (Ctrl-C, `kill`) while a command is under way. The JVM itself then
/// ends with status 130 or 143, at once: nothing has to be tidied up, since files are written beside and renamed.
public final class Interrupt {
    private final AtomicBoolean done = new AtomicBoolean();
    private final Thread hook;

    private Interrupt(PrintWriter err, Supplier<String> sentence) {
        hook = new Thread(() -> say(err, sentence), "interrupt");
    }

    /// From now until over.
    public static Interrupt says(PrintWriter err, Supplier<String> sentence) {
        Interrupt interrupt = new Interrupt(err, sentence);
        Runtime.getRuntime().addShutdownHook(interrupt.hook);
        return interrupt;
    }

    private void say(PrintWriter err, Supplier<String> sentence) {
        if (!done.get()) {
            err.println();
            err.println(sentence.get());
            err.flush();
        }
    }

    /// The command is done; nothing is said any more.
    public void over() {
        done.set(true);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending already, and the hook has run or sees that this is over.
        }
    }
}
