package dev.hypha.app.command;

import dev.hypha.app.Version;
import dev.hypha.learn.TaskKind;
import dev.hypha.relational.predict.Predict;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// The command line as a whole. A new verb is a subclass of [Verb] and its line in `commandLine` below.
@Command(
        name = "hypha",
        description = "Learning on networks: from a database to predictions, measured and explained.",
        synopsisSubcommandLabel = "VERB",
        versionProvider = Hypha.VersionLine.class,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        commandListHeading = "%nVerbs:%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Start here:",
            "  hypha demo                  a sample shop, a question, a measured answer and a report",
            "  hypha predict --help        how to ask your own database",
            "",
            "Exit status: 0 done, 1 the work failed, 2 a mistake in the command or its input,",
            "3 a check fell short, 130 interrupted."
        })
public final class Hypha implements Runnable {
    @Spec
    CommandSpec spec;

    /// The command line that prints to the writers given; nothing it runs touches standard output.
    ///
    /// @param pipeline does the work of `predict` and `demo`
    public static CommandLine commandLine(PrintWriter out, PrintWriter err, Pipeline pipeline) {
        CommandLine line = new CommandLine(new Hypha());
        line.addSubcommand(new DemoCommand(pipeline));
        line.addSubcommand(predict(pipeline));
        line.addSubcommand(new ProbeCommand());
        line.addSubcommand(train());
        line.addSubcommand(new ModelsCommand());
        line.addSubcommand(new DatasetsCommand());
        line.addSubcommand(new SchemaCommand());
        line.addSubcommand(new ImportCommand());
        line.addSubcommand(new InfoCommand());
        line.addSubcommand(new CheckCommand());
        line.addSubcommand(new GenerateCommand());
        line.addSubcommand(new PapersCommand());
        line.addSubcommand(new ReproduceCommand());
        line.addSubcommand(new BenchCommand());
        line.addSubcommand(new DoctorCommand());
        for (CommandLine verb : line.getSubcommands().values()) {
            ((Verb) verb.getCommand()).suit(verb.getCommandSpec());
        }
        line.registerConverter(Path.class, Hypha::path);
        line.registerConverter(TaskKind.class, NodeDataOptions::task);
        line.setOut(out).setErr(err);
        line.setParameterExceptionHandler(new MistypedCommand());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setAbbreviatedOptionsAllowed(false);
        line.setUsageHelpWidth(110);
        return line;
    }

    private static CommandLine predict(Pipeline pipeline) {
        PredictCommand command = new PredictCommand(pipeline);
        CommandLine line = new CommandLine(command);
        line.getCommandSpec().addArgGroup(command.methodOptions(Predict.options()));
        return line;
    }

    private static Path path(String text) {
        if (text.isBlank()) {
            throw new TypeConversionException("a path cannot be empty");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new TypeConversionException("'" + text + "' is no path here");
        }
    }

    private static CommandLine train() {
        TrainCommand command = new TrainCommand();
        CommandLine line = new CommandLine(command);
        line.getCommandSpec().addArgGroup(command.methodOptions());
        return line;
    }

    /// Without a verb: the help.
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    static final class VersionLine implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {Version.current().toString()};
        }
    }
}
