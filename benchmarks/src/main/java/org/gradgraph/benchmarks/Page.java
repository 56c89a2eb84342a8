package org.gradgraph.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of the documentation with a block of figures that a run replaces. */
final class Page {
    private static final String BEGIN = "<!-- figures: written by benchmarks/run -->\n";
    private static final String END = "<!-- end of figures -->\n";

    private Page() {}

    /**
     * Replaces the figures in a file.
     *
     * @throws IllegalArgumentException if the file has no block for them
     */
    static void write(Path file, String figures) throws IOException {
        Files.writeString(file, replace(Files.readString(file), figures));
    }

    /** The text of a page with other figures. */
    static String replace(String page, String figures) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException(
                    "the page has no place for figures; put them between these lines:\n" + BEGIN + END);
        }
        return page.substring(0, begin + BEGIN.length()) + "\n" + figures + "\n" + page.substring(end);
    }
}
