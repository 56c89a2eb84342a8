package org.gradgraph.examples.lesson;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of a source file that a lesson shows: those between {@code // tag::java[]} and {@code // end::java[]}.
 *
 * <p>They are read from the file that was compiled, so they are what ran.
 */
final class ShownJava {
    private static final Pattern SHOWN = Pattern.compile("(?s)// tag::java\\[\\]\n(.*?)\n *// end::java\\[\\]");
    private static final String FOLDER = "examples/src/main/java";

    private ShownJava() {}

    /** The file's place in the project. */
    static String path(Class<?> type) {
        return FOLDER + resource(type);
    }

    /** The lines without their common indentation, each ended by a line break. */
    static String of(Class<?> type) {
        StringBuilder shown = new StringBuilder();
        Matcher part = SHOWN.matcher(source(type));
        while (part.find()) {
            shown.append(shown.length() > 0 ? "\n" : "")
                    .append(part.group(1).stripIndent())
                    .append('\n');
        }
        return shown.toString().replaceAll("(?m)^(private|public) (static )?(final )?", "");
    }

    private static String resource(Class<?> type) {
        return "/" + type.getName().replace('.', '/') + ".java";
    }

    private static String source(Class<?> type) {
        try (InputStream in = type.getResourceAsStream(resource(type))) {
            if (in == null) {
                throw new IllegalStateException(resource(type) + " is not shipped");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
