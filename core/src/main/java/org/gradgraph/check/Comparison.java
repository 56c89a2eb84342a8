package org.gradgraph.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Node;

/**
 * Compares the derivatives by one leaf with differences: entry by entry, or along random directions and then by
 * bisection to the entries that are wrong.
 */
final class Comparison {
    /** How many wrong entries a bisection looks for. */
    private static final int FOUND_AT_MOST = 5;

    private final Settings settings;
    private final Results results;

    Comparison(Settings settings, Results results) {
        this.settings = settings;
        this.results = results;
    }

    /**
     * Compares.
     *
     * @param leaf what moves
     * @param value where it is
     * @param analytic the derivatives by its elements
     * @param salt which of several comparisons this is, so that each has directions of its own
     */
    List<Measured> compare(Node leaf, DMatrixRMaj value, DMatrixRMaj analytic, long salt) {
        int n = value.getNumElements();
        int[] finite = IntStream.range(0, n)
                .filter(i -> Double.isFinite(value.data[i]))
                .toArray();
        double largest = 0;
        for (int i = 0; i < n; i++) {
            largest = Math.max(largest, Math.abs(analytic.data[i]));
        }
        double magnitude = Double.isFinite(largest) ? 1e-3 * largest : 0;
        List<Measured> measured = new ArrayList<>();
        if (finite.length <= settings.everyEntryUpTo()) {
            for (int i : finite) {
                measured.add(measure(leaf, new int[] {i}, new double[] {1}, scale(value, i), analytic, magnitude));
            }
            return measured;
        }
        Random random = new Random(settings.seed() * 1_000_003 + salt);
        for (int k = 0; k < settings.directions(); k++) {
            double[] steps = Arrays.stream(finite)
                    .mapToDouble(i -> randomWeight(random) * scale(value, i))
                    .toArray();
            Measured along = measure(leaf, finite, steps, 1, analytic, magnitude);
            measured.add(along);
            if (along.verdict() != Verdict.RIGHT) {
                measured.addAll(bisect(along, value, analytic, magnitude));
                break;
            }
        }
        return measured;
    }

    private static double scale(DMatrixRMaj value, int i) {
        return Math.max(1, Math.abs(value.data[i]));
    }

    /** Of random sign and between a half and one, so that errors cannot cancel each other by symmetry. */
    static double randomWeight(Random random) {
        return (random.nextBoolean() ? 1 : -1) * (0.5 + random.nextDouble() / 2);
    }

    private Measured measure(
            Node leaf, int[] indices, double[] steps, double scale, DMatrixRMaj analytic, double magnitude) {
        double along = 0;
        for (int k = 0; k < indices.length; k++) {
            along += analytic.data[indices[k]] * steps[k];
        }
        Slope slope = Slope.of(results.along(leaf, indices, steps), scale, Math.max(magnitude, Math.abs(along)), along);
        return new Measured(leaf, analytic.numCols, indices, steps, along, slope, settings.tolerance(slope, along));
    }

    /** The worst half first, until single entries are left. */
    private List<Measured> bisect(Measured whole, DMatrixRMaj value, DMatrixRMaj analytic, double magnitude) {
        PriorityQueue<Measured> open = new PriorityQueue<>(
                Comparator.comparingDouble(Measured::badness).reversed());
        open.add(whole);
        List<Measured> found = new ArrayList<>();
        while (!open.isEmpty() && found.size() < FOUND_AT_MOST) {
            Measured part = open.poll();
            if (part.isEntry()) {
                int i = part.indices[0];
                found.add(measure(part.leaf, part.indices, new double[] {1}, scale(value, i), analytic, magnitude));
                continue;
            }
            int half = part.indices.length / 2;
            for (int[] range : new int[][] {{0, half}, {half, part.indices.length}}) {
                Measured side = measure(
                        part.leaf,
                        Arrays.copyOfRange(part.indices, range[0], range[1]),
                        Arrays.copyOfRange(part.steps, range[0], range[1]),
                        1,
                        analytic,
                        magnitude);
                if (side.verdict() != Verdict.RIGHT) {
                    open.add(side);
                }
            }
        }
        return found;
    }
}
