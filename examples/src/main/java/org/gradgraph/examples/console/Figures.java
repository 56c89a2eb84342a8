package org.gradgraph.examples.console;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;

/**
 * Figures beside those that were expected: how many, how far apart, and whether that is near enough.
 *
 * <pre>{@code
 * Figures figures = new Figures().check("σ(1)", 0.7310585786300049, run.scalar(y), 1e-15);
 * out.print(figures.report(false));
 * return figures.exitCode();
 * }</pre>
 */
public final class Figures {
    private static final class Group {
        private final double allowed;
        private int count;
        private int off;
        private double largest;

        Group(double allowed) {
            this.allowed = allowed;
        }

        void add(double difference) {
            count++;
            off += difference <= allowed ? 0 : 1;
            largest = Math.max(largest, difference); // NaN stays
        }
    }

    private final Map<String, Group> groups = new LinkedHashMap<>();

    /**
     * Compares a figure.
     *
     * @param name what it is; figures of one name are counted together, and the first one's tolerance holds
     * @param allowed the largest difference that is no mistake
     */
    public Figures check(String name, double expected, double found, double allowed) {
        groups.computeIfAbsent(name, key -> new Group(allowed)).add(expected == found ? 0 : Math.abs(found - expected));
        return this;
    }

    /**
     * Compares a matrix, element by element.
     *
     * @throws IllegalArgumentException if it does not have the expected shape
     */
    public Figures check(String name, double[][] expected, DMatrixRMaj found, double allowed) {
        DMatrixRMaj matrix = new DMatrixRMaj(expected);
        if (matrix.numRows != found.numRows || matrix.numCols != found.numCols) {
            throw new IllegalArgumentException(name + ": " + found.numRows + "×" + found.numCols + " instead of "
                    + matrix.numRows + "×" + matrix.numCols);
        }
        for (int i = 0; i < matrix.getNumElements(); i++) {
            check(name, matrix.get(i), found.get(i), allowed);
        }
        return this;
    }

    /** Notes something that either holds or does not. */
    public Figures holds(String name, boolean holds) {
        return check(name, 1, holds ? 1 : 0, 0);
    }

    /** 0 if every figure is near enough, else 1. */
    public int exitCode() {
        return off() == 0 ? 0 : 1;
    }

    private int off() {
        return groups.values().stream().mapToInt(group -> group.off).sum();
    }

    /**
     * The result in one line, below a row for each name if that is wanted or a figure is off.
     *
     * @param verbose whether the rows are wanted
     */
    public String report(boolean verbose) {
        int count = groups.values().stream().mapToInt(group -> group.count).sum();
        boolean isListed = verbose || off() > 0;
        return (isListed ? table() + "\n" : "")
                + Texts.count(count, "figure") + " checked: "
                + (off() == 0 ? "all as expected" : off() + " not as expected")
                + (isListed ? "" : " (--verbose lists them)") + "\n";
    }

    private TextTable table() {
        TextTable table = new TextTable("checked", "figures", "largest difference", "allowed", "");
        groups.forEach((name, group) -> table.row(
                name,
                Integer.toString(group.count),
                scientific(group.largest),
                scientific(group.allowed),
                group.off == 0 ? "" : Texts.count(group.off, "figure") + " off"));
        return table;
    }

    private static String scientific(double value) {
        return value == 0 ? "0" : String.format(Locale.ROOT, "%.1e", value);
    }
}
