package org.gradgraph.examples;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gradgraph.examples.console.OneLineErrors;
import org.gradgraph.examples.console.Streams;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The entry point of the examples.
 *
 * <p>Without the name of a command, {@code logistic-regression} runs, with the options given.
 *
 * <pre>{@code
 * Main.main(new String[] {"computation-graph"});
 * }</pre>
 */
@Command(
        name = "gradgraph",
        description = "The examples of gradgraph: graphs that differentiate themselves.",
        synopsisSubcommandLabel = "[COMMAND]",
        subcommands = {
            ActivationCurves.class,
            Convexity.class,
            GradientDescent.class,
            Slopes.class,
            ComputationGraph.class,
            OneExample.class,
            LogisticRegression.class,
            Vectorize.class,
            Broadcasting.class,
            Vectors.class,
            Likelihood.class,
            BuildingBlocks.class,
            FourFunctions.class,
            Cats.class,
            ShallowNetwork.class,
            Edges.class,
            Regression.class,
            Digits.class,
            Volatility.class,
            Kalman.class,
            HiddenMarkov.class,
            PredatorPrey.class,
            Characters.class
        },
        footer = {
            "",
            "Without a command, logistic-regression runs, and its options need no command either:",
            "  --data people.csv --rate 0.2 --iterations 500",
            "Every command explains its options, for example: digits --help"
        })
public final class Main {
    private static final String DEFAULT_COMMAND = "logistic-regression";

    private Main() {}

    /**
     * Runs a command and leaves with exit code 1 if a figure is off, 2 if an option or the input is bad.
     *
     * @param args the command and its options
     */
    public static void main(String[] args) {
        int exitCode = run(Streams.writer(System.out), Streams.writer(System.err), args);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    /**
     * Runs a command with other streams, and does not leave.
     *
     * @return the exit code
     */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        CommandLine commandLine = commandLine().setOut(out).setErr(err);
        int exitCode = commandLine.execute(withCommand(commandLine, args));
        out.flush();
        err.flush();
        return exitCode;
    }

    /** All commands, each with its options. */
    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Main()).setExpandAtFiles(false);
        addHelp(commandLine);
        commandLine.getSubcommands().values().forEach(Main::addHelp);
        OneLineErrors.install(commandLine);
        return commandLine;
    }

    private static void addHelp(CommandLine command) {
        command.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help and leave.")
                        .build());
    }

    /** Options that come first belong to the default command, unless they are those of the entry point. */
    private static String[] withCommand(CommandLine commandLine, String[] args) {
        boolean named = args.length > 0
                && (!args[0].startsWith("-")
                        || commandLine.getCommandSpec().optionsMap().containsKey(args[0]));
        if (named) {
            return args;
        }
        List<String> all = new ArrayList<>(List.of(DEFAULT_COMMAND));
        all.addAll(Arrays.asList(args));
        return all.toArray(String[]::new);
    }
}
