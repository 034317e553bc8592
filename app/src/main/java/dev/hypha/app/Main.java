package dev.hypha.app;

import dev.hypha.app.command.Hypha;
import dev.hypha.app.terminal.StandardOutput;
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
        StandardOutput output = new StandardOutput(new FileOutputStream(FileDescriptor.out));
        PrintWriter out = new PrintWriter(output, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        // Libraries that print find standard error instead, so that standard output carries the result alone.
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
        int exit = run(out, err, arguments);
        out.flush();
        System.exit(arrived(output, err) || exit != 0 ? exit : 1);
    }

    /// Says so where the result did not reach whoever wanted it.
    ///
    /// @return whether it did
    static boolean arrived(StandardOutput output, PrintWriter err) {
        output.failure()
                .ifPresent(why -> err.println("hypha: the work is done, but its result cannot be written to standard"
                        + " output: " + why + ". Free some space where it goes, or send it elsewhere."));
        return output.failure().isEmpty();
    }

    /// Runs one command.
    ///
    /// @param out receives the result and nothing else
    /// @param err receives progress, warnings and errors
    /// @return the exit status
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        return Hypha.commandLine(out, err, Predict::run).execute(arguments);
    }
}
