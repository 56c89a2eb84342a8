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
 * out.print(figures);
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

    /** The largest difference of all; NaN if one of them is NaN. */
    public double largestDifference() {
        return groups.values().stream().mapToDouble(group -> group.largest).reduce(0, Math::max);
    }

    /** 0 if every figure is near enough, else 1. */
    public int exitCode() {
        return off() == 0 ? 0 : 1;
    }

    private int off() {
        return groups.values().stream().mapToInt(group -> group.off).sum();
    }

    /** An empty line, a row for each name, and the result in one sentence. */
    @Override
    public String toString() {
        TextTable table = new TextTable("checked", "figures", "largest difference", "allowed", "");
        int count = 0;
        for (Map.Entry<String, Group> entry : groups.entrySet()) {
            Group group = entry.getValue();
            count += group.count;
            table.row(
                    entry.getKey(),
                    Integer.toString(group.count),
                    scientific(group.largest),
                    scientific(group.allowed),
                    group.off == 0 ? "" : Texts.count(group.off, "figure") + " off");
        }
        String verdict = off() == 0 ? "all as expected" : off() + " not as expected";
        return "\n" + table + "\n" + Texts.count(count, "figure") + " checked, largest difference "
                + scientific(largestDifference()) + ": " + verdict + "\n";
    }

    private static String scientific(double value) {
        return value == 0 ? "0" : String.format(Locale.ROOT, "%.1e", value);
    }
}
