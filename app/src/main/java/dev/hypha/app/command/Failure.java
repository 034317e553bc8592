package dev.hypha.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.graph.InputException;
import dev.hypha.relational.database.DiskFull;
import dev.hypha.relational.predict.MemoryShortage;
import dev.hypha.tensor.MemoryLimitException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What went wrong, as a person and a program are told: kind, message, place, remedy and exit status.
///
/// @param kind short stable word
/// @param message one sentence without the remedy
/// @param where place by field, may be empty
/// @param hint the remedy, may be empty
/// @param exit 1 or 2
record Failure(String kind, String message, Map<String, Object> where, String hint, int exit) {
    /// What a sentence may name in brackets as it stands; other fields are for programs.
    private static final Set<String> PLACES =
            Set.of("table", "column", "file", "folder", "line", "row", "option", "database", "trace");

    /// The part of a place that is lines of what the user wrote, with a caret under the place.
    private static final String EXCERPT = "excerpt";

    private static final long GIBIBYTE = 1L << 30;

    /// What takes less of the Java heap where a verb does not say it better.
    static final String SMALLER = "read less: fewer tables, a larger --step, a smaller graph";

    /// Where libraries write what they do not name.
    static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

    private static final ObjectMapper JSON = new ObjectMapper();

    /// What was thrown by work that nothing more is known of.
    static Failure of(Throwable thrown) {
        return of(thrown, SMALLER, TEMPORARY);
    }

    /// Sorts out what was thrown: the user's mistake wherever it is in the chain of causes, a full disk, a
    /// heap that is too small; everything else is ours, and its stack trace goes to a file that the message
    /// names.
    ///
    /// @param smaller what takes less of the Java heap, in the imperative
    /// @param written what was being written, for where a failure does not say
    static Failure of(Throwable thrown, String smaller, Path written) {
        Optional<InputException> mistake = causes(thrown)
                .filter(InputException.class::isInstance)
                .map(InputException.class::cast)
                .findFirst();
        if (mistake.isPresent()) {
            InputException e = mistake.get();
            return new Failure(e.kind(), e.getMessage(), e.where(), e.hint(), Exit.MISTAKE);
        }
        Optional<InputException> full = causes(thrown)
                .flatMap(cause -> DiskFull.of(cause, written).stream())
                .findFirst();
        if (full.isPresent()) {
            return of(full.get());
        }
        Optional<InputException> refused = causes(thrown)
                .filter(MemoryLimitException.class::isInstance)
                .map(cause -> MemoryShortage.of((MemoryLimitException) cause))
                .findFirst();
        if (refused.isPresent()) {
            return of(refused.get());
        }
        if (causes(thrown).anyMatch(OutOfMemoryError.class::isInstance)) {
            return heapFull(thrown, smaller);
        }
        return unexpected(thrown);
    }

    /// The JVM does not say how much was asked for, only that there was not as much.
    private static Failure heapFull(Throwable thrown, String smaller) {
        long most = Runtime.getRuntime().maxMemory();
        long free =
                most - Runtime.getRuntime().totalMemory() + Runtime.getRuntime().freeMemory();
        return new Failure(
                "heap-full",
                "the Java heap is full: more was asked for than the " + MemorySize.format(free) + " that are free of "
                        + MemorySize.format(most) + " (" + firstMessage(thrown) + ")",
                Map.of("freeBytes", free, "limitBytes", most),
                heapRemedy(most, CommonOptions.machineBytes(), smaller),
                Exit.FAILED);
    }

    /// What helps against a full heap: twice as much as long as the machine has it, or less to hold.
    static String heapRemedy(long heapBytes, long machineBytes, String smaller) {
        long gibibytes = Math.min(2 * Math.ceilDiv(heapBytes, GIBIBYTE), machineBytes / GIBIBYTE);
        if (gibibytes * GIBIBYTE <= heapBytes) return smaller + ".";
        return "give it more with HYPHA_JAVA_OPTS=-Xmx" + gibibytes + "g, or " + smaller + ".";
    }

    private static Failure unexpected(Throwable thrown) {
        String what = "unexpected " + thrown.getClass().getSimpleName() + ": " + firstMessage(thrown);
        Map<String, Object> where = writeTrace(thrown)
                .<Map<String, Object>>map(file -> Map.of("trace", file.toString()))
                .orElse(Map.of());
        return new Failure(
                "unexpected", what, where, "This is a fault of Hypha: please report it with the trace.", Exit.FAILED);
    }

    /// One or two sentences: what, the parts of the place that the message does not name itself (lists are
    /// for programs), the remedy.
    String sentence() {
        String place = new TreeMap<>(where)
                .entrySet().stream()
                        .filter(field -> PLACES.contains(field.getKey()))
                        .filter(field -> !(field.getValue() instanceof Collection))
                        .filter(field -> !message.contains(String.valueOf(field.getValue())))
                        .map(field -> field.getKey() + " " + field.getValue())
                        .collect(Collectors.joining(", "));
        String stop = message.endsWith(".") || message.endsWith("?") ? "" : ".";
        String head = place.isEmpty() ? message + stop : message.replaceAll("\\.$", "") + " (" + place + ").";
        String excerpt = where.containsKey(EXCERPT) ? "\n" + where.get(EXCERPT) : "";
        return head + (hint.isEmpty() ? "" : " " + Character.toUpperCase(hint.charAt(0)) + hint.substring(1)) + excerpt;
    }

    ObjectNode json() {
        ObjectNode error = JSON.createObjectNode();
        error.put("kind", kind).put("message", message);
        error.set("where", JSON.<JsonNode>valueToTree(new TreeMap<>(where)));
        error.put("hint", hint);
        ObjectNode object = JSON.createObjectNode();
        object.set("error", error);
        return object;
    }

    private static String firstMessage(Throwable thrown) {
        return causes(thrown)
                .map(Throwable::getMessage)
                .filter(message -> message != null && !message.isBlank())
                .findFirst()
                .map(message -> message.lines().findFirst().orElse(message))
                .orElse("no message");
    }

    /// The thrown one and its causes, cut off where a chain bites its tail.
    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, t -> t != null, Throwable::getCause).limit(50);
    }

    static String trace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static Optional<Path> writeTrace(Throwable thrown) {
        try {
            return Optional.of(Files.writeString(Files.createTempFile("hypha-error-", ".txt"), trace(thrown)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
