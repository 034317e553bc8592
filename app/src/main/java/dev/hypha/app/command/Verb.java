package dev.hypha.app.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.app.report.RunPages;
import dev.hypha.app.terminal.Interrupt;
import dev.hypha.app.terminal.Screen;
import dev.hypha.graph.InputException;
import dev.hypha.learn.Progress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/// A verb of the command line: options in, one answer out. Subclasses do the work; this class alone prints, measures
/// and turns what was thrown into a sentence and an exit status.
@Command(
        sortOptions = false,
        abbreviateSynopsis = true,
        usageHelpAutoWidth = true,
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "%n")
abstract class Verb implements Callable<Integer> {
    @Mixin
    CommonOptions common;

    @Spec
    CommandSpec spec;

    private Header header;

    /// What every answer starts with, measured up to now.
    final ObjectNode header() {
        return header.with(JsonNodeFactory.instance.objectNode());
    }

    /// The command line as typed.
    final List<String> arguments() {
        return spec.root().commandLine().getParseResult().originalArgs();
    }

    /// What is put into a run of this command for people.
    final RunPages pages() {
        return new RunPages(this::header, arguments());
    }

    /// Does the work.
    ///
    /// @param progress shown on standard error unless `--quiet`
    /// @throws Exception anything; an [dev.hypha.graph.InputException] is the user's mistake
    abstract Answer answer(Progress progress) throws Exception;

    /// Whether kernels do most of its work.
    boolean computes() {
        return false;
    }

    /// The options of [CommonOptions] that mean nothing to this verb.
    Set<String> unused() {
        return Set.of();
    }

    /// What `--memory` bounds, for the help; empty where it is what [CommonOptions] says.
    Optional<String> memoryHelp() {
        return Optional.empty();
    }

    /// What takes less of the Java heap, in the imperative, to be said after "or".
    String smaller() {
        return Failure.SMALLER;
    }

    /// What is being written, for where a failure to write does not say.
    Path writes() {
        return Failure.TEMPORARY;
    }

    /// Takes the options that mean nothing to it out of the help, and says there what the others mean to it.
    final void suit(CommandSpec command) {
        for (String name : unused()) {
            replace(command, name, option -> option.hidden(true));
        }
        memoryHelp().ifPresent(help -> replace(command, "--memory", option -> option.description(help)));
    }

    private static void replace(CommandSpec command, String name, UnaryOperator<OptionSpec.Builder> change) {
        OptionSpec option = command.findOption(name);
        command.remove(option);
        command.addOption(change.apply(OptionSpec.builder(option)).build());
    }

    /// Whether an option was typed, be it with its default.
    final boolean typed(String name) {
        return spec.commandLine().getParseResult().hasMatchedOption(name);
    }

    private void refuseUnused() {
        for (String name : unused().stream().sorted().toList()) {
            if (common.asksFor(name)) {
                throw new InputException(
                        "unused-option",
                        spec.qualifiedName() + " has no use for " + name,
                        Map.of("option", name),
                        "Leave it out.");
            }
        }
    }

    /// What to do after Ctrl-C, in one sentence.
    String afterInterrupt() {
        return "The same command starts again from the beginning.";
    }

    @Override
    public final Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        Interrupt interrupt = Interrupt.says(err, () -> "hypha: interrupted. " + afterInterrupt());
        try {
            common.check();
            refuseUnused();
            header = Header.start(spec.name(), common.threads);
            Answer answer = shown(err);
            if (!common.json) print(answer.text());
            else for (ObjectNode object : answer.objects()) print(object);
            return answer.exit();
        } catch (Throwable thrown) {
            return fail(thrown, err);
        } finally {
            interrupt.over();
        }
    }

    /// The answer, with its progress taken off the screen before anything is printed.
    private Answer shown(PrintWriter err) throws Exception {
        try (Screen screen = Screen.of(err, common.quiet)) {
            if (computes()) Machine.slowerKernels(common.threads).ifPresent(screen.progress()::warn);
            return answer(screen.progress());
        }
    }

    private int fail(Throwable thrown, PrintWriter err) {
        Failure failure = Failure.of(thrown, smaller(), writes());
        if (common.json) {
            print(failure.json().toString());
        } else {
            err.println("hypha: " + failure.sentence());
        }
        if (common.debug) {
            err.print(Failure.trace(thrown));
        }
        err.flush();
        return failure.exit();
    }

    /// Prints an object of several before the answer is there.
    final void print(ObjectNode object) {
        print(header.with(object).toString());
    }

    /// Prints lines of a result on standard output.
    final void print(String result) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(result);
        out.flush();
    }
}
