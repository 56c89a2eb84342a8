package org.gradgraph.examples.console;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Tells about bad options and bad input in one line on the error stream, with exit code 2.
 *
 * <p>Anything else is a bug and keeps its stack trace.
 *
 * <pre>{@code
 * OneLineErrors.install(commandLine);
 * }</pre>
 */
public final class OneLineErrors implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private OneLineErrors() {}

    /** Lets a command and its subcommands report errors in this way. */
    public static void install(CommandLine commandLine) {
        OneLineErrors errors = new OneLineErrors();
        commandLine.setParameterExceptionHandler(errors);
        commandLine.setExecutionExceptionHandler(errors);
    }

    @Override
    public int handleParseException(ParameterException bad, String[] args) {
        String message = String.valueOf(bad.getMessage());
        if (bad instanceof UnmatchedArgumentException unmatched) {
            List<String> suggestions = unmatched.isUnknownOption() ? unmatched.getSuggestions() : List.of();
            String first = unmatched.getUnmatched().get(0);
            message = unmatched.isUnknownOption()
                    ? "there is no option " + first
                    : "there is no command or argument \"" + first + "\"";
            message += suggestions.isEmpty() ? "; --help lists all" : "; did you mean " + suggestions.get(0) + "?";
        }
        return report(bad.getCommandLine(), message);
    }

    @Override
    public int handleExecutionException(Exception error, CommandLine commandLine, ParseResult parsed) throws Exception {
        if (error instanceof UserError) {
            return report(commandLine, String.valueOf(error.getMessage()));
        }
        throw error;
    }

    private static int report(CommandLine commandLine, String message) {
        commandLine.getErr().println("error: " + Texts.oneLine(message));
        commandLine.getErr().flush();
        return ExitCode.USAGE;
    }
}
