package dev.hypha.app;

import dev.hypha.app.command.Hypha;
import dev.hypha.relational.predict.Predict;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/// Where the command line starts.
public final class Main {
    private Main() {}

    /// Runs one command and ends the JVM with its exit status.
    public static void main(String[] arguments) {
        PrintWriter out = writer(FileDescriptor.out);
        // Libraries that print find standard error instead, so that standard output carries the result alone.
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
        int exit = run(out, writer(FileDescriptor.err), arguments);
        out.flush();
        System.exit(exit);
    }

    /// Runs one command.
    ///
    /// @param out receives the result and nothing else
    /// @param err receives progress, warnings and errors
    /// @return the exit status
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        return Hypha.commandLine(out, err, Predict::run).execute(arguments);
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
