package org.gradgraph.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Node;

/**
 * Compares the derivatives with respect to one leaf with differences: entry by entry, or along random directions and
 * then by bisection to the entries that are wrong.
 */
final class Comparison {
    /** How many wrong entries a bisection looks for. */
    private static final int FOUND_AT_MOST = 5;

    /** Beside a derivative that is larger by this, an error in a smaller one is not seen. */
    private static final double SMALL = 1e-4;

    private static final int SMALL_AT_MOST = 8;

    private final CheckSettings settings;
    private final PerturbedFunction function;
    private final Node leaf;
    private final DMatrixRMaj value;
    private final DMatrixRMaj analytic;

    /**
     * A comparison.
     *
     * @param settings how it is done
     * @param function what is differentiated
     * @param leaf what moves
     * @param value where it is
     * @param analytic the derivatives with respect to its elements
     */
    Comparison(CheckSettings settings, PerturbedFunction function, Node leaf, DMatrixRMaj value, DMatrixRMaj analytic) {
        this.settings = settings;
        this.function = function;
        this.leaf = leaf;
        this.value = value;
        this.analytic = analytic;
    }

    /**
     * Compares.
     *
     * @param salt which of several comparisons this is, so that each has its own directions
     */
    List<Measurement> compare(long salt) {
        int[] finite = IntStream.range(0, value.getNumElements())
                .filter(i -> Double.isFinite(value.data[i]))
                .toArray();
        List<Measurement> measured = new ArrayList<>();
        if (finite.length <= settings.everyEntryUpTo) {
            for (int i : finite) {
                measured.add(entry(i));
            }
            return measured;
        }
        Random random = new Random(settings.seed * 1_000_003 + salt);
        for (int k = 0; k < settings.directions; k++) {
            double[] steps = Arrays.stream(finite)
                    .mapToDouble(i -> randomWeight(random) * scale(i))
                    .toArray();
            Measurement along = measure(finite, steps, 1);
            measured.add(along);
            if (along.verdict() != Verdict.RIGHT) {
                measured.addAll(bisect(along));
                break;
            }
        }
        return measured;
    }

    /** Some entries whose derivatives are so small beside others that a direction through all does not show them. */
    List<Measurement> compareSmallest() {
        double largest = Arrays.stream(analytic.data, 0, value.getNumElements())
                .map(Math::abs)
                .filter(Double::isFinite)
                .max()
                .orElse(0);
        int[] small = IntStream.range(0, value.getNumElements())
                .filter(i -> Double.isFinite(value.data[i]) && Math.abs(analytic.data[i]) <= SMALL * largest)
                .toArray();
        int stride = Math.max(1, small.length / SMALL_AT_MOST);
        return IntStream.iterate(0, k -> k < small.length, k -> k + stride)
                .mapToObj(k -> entry(small[k]))
                .toList();
    }

    private double scale(int i) {
        return Math.max(1, Math.abs(value.data[i]));
    }

    /** Of random sign and between a half and one, so that errors cannot cancel each other by symmetry. */
    static double randomWeight(Random random) {
        return (random.nextBoolean() ? 1 : -1) * (0.5 + random.nextDouble() / 2);
    }

    private Measurement entry(int i) {
        return measure(new int[] {i}, new double[] {1}, scale(i));
    }

    private Measurement measure(int[] indices, double[] steps, double scale) {
        double along = 0;
        for (int k = 0; k < indices.length; k++) {
            along += analytic.data[indices[k]] * steps[k];
        }
        DerivativeEstimate estimate =
                DerivativeEstimate.of(function.along(new PerturbedFunction.Move(leaf, indices, steps)), scale, along);
        return new Measurement(indices, steps, analytic.numCols, along, estimate, settings.tolerance(estimate, along));
    }

    /** The worst half first, until single entries are left. */
    private List<Measurement> bisect(Measurement whole) {
        PriorityQueue<Measurement> open = new PriorityQueue<>(
                Comparator.comparingDouble(Measurement::badness).reversed());
        open.add(whole);
        List<Measurement> found = new ArrayList<>();
        while (!open.isEmpty() && found.size() < FOUND_AT_MOST) {
            Measurement part = open.remove();
            if (part.isEntry()) {
                found.add(entry(part.indices[0]));
                continue;
            }
            int n = part.indices.length;
            for (int[] range : new int[][] {{0, n / 2}, {n / 2, n}}) {
                Measurement side = measure(
                        Arrays.copyOfRange(part.indices, range[0], range[1]),
                        Arrays.copyOfRange(part.steps, range[0], range[1]),
                        1);
                if (side.verdict() != Verdict.RIGHT) {
                    open.add(side);
                }
            }
        }
        return found;
    }

    /** A derivative from the graph and from differences, for one element or along a direction through many. */
    static final class Measurement {
        private final int[] indices;
        private final double[] steps;
        private final int columns;
        final double analytic;
        final DerivativeEstimate estimate;
        final double tolerance;

        Measurement(
                int[] indices,
                double[] steps,
                int columns,
                double analytic,
                DerivativeEstimate estimate,
                double tolerance) {
            this.indices = indices;
            this.steps = steps;
            this.columns = columns;
            this.analytic = analytic;
            this.estimate = estimate;
            this.tolerance = tolerance;
        }

        boolean isEntry() {
            return indices.length == 1;
        }

        boolean agreesWith(DMatrixRMaj other) {
            return estimate.agreesWith(other.data[indices[0]], tolerance);
        }

        Verdict verdict() {
            if (!Double.isFinite(analytic) || !estimate.isKnown()) {
                return Verdict.NOT_FINITE;
            }
            if (!estimate.agreesWith(analytic, tolerance)) {
                boolean certain = estimate.resolved() && !estimate.agreesWith(analytic, estimate.error());
                return certain ? Verdict.WRONG : Verdict.INCONCLUSIVE;
            }
            return estimate.kink() ? Verdict.NOT_DIFFERENTIABLE : Verdict.RIGHT;
        }

        /** The difference as a multiple of the tolerance. */
        double badness() {
            return entry("", 0, 0).badness();
        }

        /** As a report shows it. */
        GradientReport.Entry entry(String node, int point, int order) {
            return new GradientReport.Entry(
                    node,
                    point,
                    order,
                    isEntry() ? indices[0] / columns : -1,
                    isEntry() ? indices[0] % columns : -1,
                    analytic,
                    estimate.value(),
                    tolerance,
                    verdict(),
                    estimate.left(),
                    estimate.right());
        }

        /** The worst of some; single entries count more than directions. */
        static Optional<Measurement> worst(List<Measurement> some) {
            return some.stream().max(Comparator.comparing(Measurement::isEntry).thenComparing(Measurement::badness));
        }

        /** The worst of those with one verdict. */
        static Optional<Measurement> worst(List<Measurement> all, Verdict verdict) {
            return worst(
                    all.stream().filter(entry -> entry.verdict() == verdict).toList());
        }
    }
}
