package org.gradgraph.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Node;

/**
 * Compares the derivatives with respect to one leaf with differences: entry by entry, or along random directions
 * through entries of one magnitude and then by bisection to those that are wrong.
 */
final class Comparison {
    /** How many wrong entries a bisection looks for. */
    private static final int FOUND_AT_MOST = 5;

    /** Numbers are alike if they have the same power of 16. */
    private static final int ALIKE_BITS = 4;

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
        int[] finite = finite();
        return finite.length <= settings.everyEntryUpTo
                ? Arrays.stream(finite).mapToObj(this::entry).toList()
                : alongGroups(finite, salt, along -> along.verdict() != Verdict.RIGHT);
    }

    /** Compares all in groups, however few they are, and looks for single entries only where something is wrong. */
    List<Measurement> compareGroups() {
        return alongGroups(finite(), 0, Measurement::isWrongAndSmooth);
    }

    private int[] finite() {
        return IntStream.range(0, value.getNumElements())
                .filter(i -> Double.isFinite(value.data[i]))
                .toArray();
    }

    private List<Measurement> alongGroups(int[] indices, long salt, Predicate<Measurement> isToBisect) {
        Random random = new Random(settings.seed * 1_000_003 + salt);
        List<Measurement> measured = new ArrayList<>();
        int found = 0;
        for (List<Integer> members : groups(indices)) {
            int[] group = members.stream().mapToInt(i -> i).toArray();
            if (group.length <= settings.directions) {
                Arrays.stream(group).forEach(i -> measured.add(entry(i)));
                continue;
            }
            for (int k = 0; k < settings.directions; k++) {
                double[] steps = Arrays.stream(group)
                        .mapToDouble(i -> randomWeight(random) * scale(i))
                        .toArray();
                Measurement along = measure(group, steps, 1);
                measured.add(along);
                if (isToBisect.test(along)) {
                    List<Measurement> parts = bisect(along, FOUND_AT_MOST - found);
                    measured.addAll(parts);
                    found += parts.size();
                    break;
                }
            }
        }
        return measured;
    }

    /** Entries whose values and derivatives are alike: beside larger ones, an error in a small one is not seen. */
    private Collection<List<Integer>> groups(int[] indices) {
        return Arrays.stream(indices)
                .boxed()
                .collect(Collectors.groupingBy(
                        i -> List.of(magnitude(value.data[i]), magnitude(analytic.data[i])),
                        LinkedHashMap::new,
                        Collectors.toList()))
                .values();
    }

    private static int magnitude(double number) {
        return Math.floorDiv(Math.getExponent(number), ALIKE_BITS);
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
    private List<Measurement> bisect(Measurement whole, int atMost) {
        PriorityQueue<Measurement> open = new PriorityQueue<>(
                Comparator.comparingDouble(Measurement::badness).reversed());
        open.add(whole);
        List<Measurement> found = new ArrayList<>();
        while (!open.isEmpty() && found.size() < atMost) {
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

        /** At a kink of a direction the convention of an operand without gradient may be missing. */
        boolean isWrongAndSmooth() {
            return verdict() == Verdict.WRONG && !estimate.kink();
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
