package org.gradgraph.examples;

import java.io.PrintWriter;
import java.io.StringWriter;

/** One call of the entry point, with what it said. */
record Session(int exitCode, String out, String err) {
    static Session run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.run(new PrintWriter(out), new PrintWriter(err), args);
        return new Session(exitCode, text(out), text(err));
    }

    private static String text(StringWriter writer) {
        return writer.toString().replace(System.lineSeparator(), "\n");
    }
}
