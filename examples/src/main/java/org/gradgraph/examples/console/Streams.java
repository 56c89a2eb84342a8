package org.gradgraph.examples.console;

import java.io.Console;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The standard streams, able to say ∂, ᵀ and Σ.
 *
 * <p>They speak UTF-8, as files and pipes do, unless a terminal says that it reads something else. A terminal that only
 * claims ASCII is one whose language was never set; it reads UTF-8 as well.
 *
 * <pre>{@code
 * PrintWriter out = Streams.writer(System.out);
 * }</pre>
 */
public final class Streams {
    private Streams() {}

    /** A writer for a standard stream. */
    public static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, charset());
    }

    private static Charset charset() {
        return terminal()
                .map(Console::charset)
                .filter(charset -> !charset.equals(StandardCharsets.US_ASCII))
                .orElse(StandardCharsets.UTF_8);
    }

    /** The terminal, if there is one. */
    @SuppressWarnings("SystemConsoleNull") // What newer JDKs return instead of null is asked in isTerminal.
    static Optional<Console> terminal() {
        return Optional.ofNullable(System.console()).filter(Streams::isTerminal);
    }

    /** From JDK 22 on there may be a console without a terminal, and a method that tells. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException olderJdk) {
            return true;
        }
    }
}
