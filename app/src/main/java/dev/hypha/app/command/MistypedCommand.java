package dev.hypha.app.command;

import dev.hypha.graph.Nearest;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Answers a command that cannot be read: which word is wrong, and what may have been meant. Exit status 2.
final class MistypedCommand implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException mistake, String[] arguments) {
        Failure failure = failure(mistake);
        CommandLine command = mistake.getCommandLine();
        boolean json = List.of(arguments).contains("--json");
        PrintWriter to = json ? command.getOut() : command.getErr();
        to.println(json ? failure.json().toString() : "hypha: " + failure.sentence());
        to.flush();
        return failure.exit();
    }

    private static Failure failure(ParameterException mistake) {
        return switch (mistake) {
            case UnmatchedArgumentException unmatched
            when !unmatched.getUnmatched().isEmpty() ->
                unmatched(mistake.getCommandLine(), unmatched.getUnmatched().getFirst());
            case MissingParameterException missing -> missing(missing);
            default -> badValue(mistake);
        };
    }

    private static Failure unmatched(CommandLine command, String word) {
        if (word.isBlank()) {
            return new Failure(
                    "unexpected-argument",
                    "an argument of " + name(command) + " is empty",
                    Map.of("argument", word),
                    "Is a variable of the shell not set?",
                    Exit.MISTAKE);
        }
        boolean option = word.startsWith("-");
        boolean verb = !option && command.getParent() == null;
        String kind = option ? "unknown-option" : verb ? "unknown-verb" : "unexpected-argument";
        String message = option
                ? "there is no option " + word + " for " + name(command)
                : verb
                        ? "there is no verb '" + word + "'"
                        : name(command) + " takes no further argument '" + word + "'";
        String typed = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
        String question = Nearest.to(typed, option ? options(command) : verbs(command))
                .map(name -> "Did you mean " + name + "?")
                .orElse("");
        boolean query = kind.equals("unexpected-argument") && takesQuery(command);
        String fallback = query ? "A query is one argument: put it in quotes." : "See '" + name(command) + " --help'.";
        String hint = question.isEmpty() || kind.equals("unexpected-argument") ? fallback : question;
        return new Failure(kind, message, Map.of(option ? "option" : "argument", word), hint, Exit.MISTAKE);
    }

    private static boolean takesQuery(CommandLine command) {
        return command.getCommandSpec().positionalParameters().stream()
                .anyMatch(parameter -> parameter.paramLabel().contains("QUERY"));
    }

    private static Failure missing(MissingParameterException mistake) {
        CommandLine command = mistake.getCommandLine();
        String what = mistake.getMissing().stream()
                .map(ArgSpec::paramLabel)
                .findFirst()
                .orElse("an argument");
        return new Failure(
                "missing-argument",
                name(command) + " needs " + what,
                Map.of("argument", what),
                "See '" + name(command) + " --help'.",
                Exit.MISTAKE);
    }

    private static Failure badValue(ParameterException mistake) {
        String message = mistake.getMessage().lines().findFirst().orElse("the command cannot be read");
        // What picocli writes of options that are maps.
        message = message.replace("option option", "option");
        return new Failure(
                "bad-option", message, Map.of(), "See '" + name(mistake.getCommandLine()) + " --help'.", Exit.MISTAKE);
    }

    private static String name(CommandLine command) {
        return command.getCommandSpec().qualifiedName();
    }

    private static List<String> options(CommandLine command) {
        return command.getCommandSpec().options().stream()
                .filter(option -> !option.hidden())
                .flatMap(option -> Stream.of(option.names()))
                .toList();
    }

    private static List<String> verbs(CommandLine command) {
        List<String> verbs = new ArrayList<>(command.getSubcommands().keySet());
        verbs.add("--version");
        verbs.add("--help");
        return verbs;
    }
}
