package org.gradgraph.exec;

/**
 * Whether a program runs a simpler graph of the same meaning in place of the one that was composed.
 *
 * <pre>{@code
 * Program literal = Program.of(j).rewrite(Rewriting.OFF);
 * }</pre>
 */
public enum Rewriting {
    /** Every operation is run as it was composed. */
    OFF,
    /** Equal operations run once, exact rules shorten the graph, and stability rules keep digits; the default. */
    ON
}
