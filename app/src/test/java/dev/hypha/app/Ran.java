package dev.hypha.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/// A command that was run inside the test's JVM: its exit status and what it printed.
public record Ran(int exit, String out, String err) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public static Ran hypha(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
        return new Ran(exit, out.toString(), err.toString());
    }

    /// Standard output as the one JSON object that it must be; anything before or after it fails the test.
    public JsonNode json() {
        try (var parser = JSON.createParser(out)) {
            JsonNode object = JSON.readTree(parser);
            if (parser.nextToken() != null || !object.isObject()) {
                throw new AssertionError("not exactly one JSON object on standard output: " + out);
            }
            return object;
        } catch (IOException e) {
            throw new UncheckedIOException("no JSON on standard output: " + out, e);
        }
    }
}
