package dev.hypha.app.command;

import dev.hypha.learn.Options;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;

/// The hyper-parameters of methods as options of a verb, under a heading of their own.
final class MethodOptions {
    private final Map<String, String> given = new LinkedHashMap<>();

    /// What was given, by the names that the command line gives them.
    Map<String, String> given() {
        return given;
    }

    /// @param entries by the name that the command line gives them
    ArgGroupSpec group(String heading, Map<String, Options.Entry> entries) {
        ArgGroupSpec.Builder group =
                ArgGroupSpec.builder().exclusive(false).validate(false).heading("%n" + heading + "%n");
        entries.forEach((name, entry) -> group.addArg(option(name, entry)));
        return group.build();
    }

    private OptionSpec option(String name, Options.Entry entry) {
        String unit = entry.unit().isEmpty() ? "" : " in " + entry.unit();
        String range = entry.range().isEmpty() ? "" : ", " + entry.range();
        return OptionSpec.builder("--" + name)
                .paramLabel("X")
                .type(String.class)
                .description(entry.help() + ": " + entry.type() + unit + range + " (default: " + entry.def() + ").")
                .setter(new ISetter() {
                    @Override
                    @SuppressWarnings("unchecked")
                    public <T> T set(T value) {
                        return (T) (value == null ? null : given.put(name, value.toString()));
                    }
                })
                .build();
    }
}
