package org.gradgraph.check;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.check.Comparison.Measurement;
import org.gradgraph.check.GradientReport.Fault;
import org.gradgraph.graph.Node;

/**
 * What every vjp must keep, whatever the cost makes of it: it uses what it is given, it is linear in its cotangent, and it
 * is right for a random cotangent, at the point and elsewhere.
 */
final class VjpCheck {
    /** A linear rule differs by rounding only; this leaves room for one that computes in floats. */
    private static final double LINEAR = 1e-5;

    /** Beyond the cotangents of any cost, so that a limit on them shows. */
    private static final double LARGE = 0x1p40;

    private static final double SIXTEENTH = 0x1p-4;

    private final IsolatedOperation isolated;
    private final List<Node> moving;
    private final CheckSettings settings;
    private final long seed;

    /**
     * A check.
     *
     * @param isolated the operation
     * @param moving its operands that matter
     * @param settings the user's
     * @param seed of the random cotangents and directions
     */
    VjpCheck(IsolatedOperation isolated, List<Node> moving, CheckSettings settings, long seed) {
        this.isolated = isolated;
        this.moving = moving;
        this.settings = settings;
        this.seed = seed;
    }

    /** What is not kept: what is wrong, with respect to which operand, and the worst entry. */
    static final class Breach {
        final Fault fault;
        final Node operand;
        final Measurement entry;

        private Breach(Fault fault, Node operand, Measurement entry) {
            this.fault = fault;
            this.operand = operand;
            this.entry = entry;
        }
    }

    /** The first thing that is not kept. */
    Optional<Breach> first() {
        return nonlinear()
                .or(() -> unlessRefused(() -> wrongAlongDirections(isolated, Fault.DERIVATIVE)))
                .or(() -> unlessRefused(this::wrongInGroups))
                .or(this::wrongElsewhere);
    }

    /** Nothing if the operation refuses operands that are moved, such as the numbers of classes. */
    private static Optional<Breach> unlessRefused(Supplier<Optional<Breach>> check) {
        try {
            return check.get();
        } catch (IllegalArgumentException refused) {
            return Optional.empty();
        }
    }

    /** At the first operands that do not leave the domain. */
    private Optional<Breach> wrongElsewhere() {
        DMatrixRMaj weights = isolated.randomCotangent(seed);
        for (double larger : new double[] {SIXTEENTH, -SIXTEENTH}) {
            IsolatedOperation there = isolated.elsewhere(moving, larger);
            boolean[] inside = {false};
            Optional<Breach> wrong = unlessRefused(() -> {
                inside[0] = there.isFiniteWhere(isolated, weights);
                return inside[0] ? wrongAlongDirections(there, Fault.ELSEWHERE) : Optional.empty();
            });
            if (inside[0]) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    private Optional<Breach> wrongInGroups() {
        DMatrixRMaj weights = isolated.randomCotangent(seed);
        Map<Node, List<Measurement>> byOperand =
                isolated.compareGroups(flowing(isolated, isolated.shares(weights)), weights, settings);
        for (Map.Entry<Node, List<Measurement>> each : byOperand.entrySet()) {
            Optional<Measurement> worst = Measurement.worst(each.getValue().stream()
                    .filter(Measurement::isWrongAndSmooth)
                    .toList());
            if (worst.isPresent()) {
                return Optional.of(new Breach(Fault.DERIVATIVE, each.getKey(), worst.get()));
            }
        }
        return Optional.empty();
    }

    private List<Node> flowing(IsolatedOperation there, List<DMatrixRMaj> shares) {
        return moving.stream()
                .filter(operand -> hasGradient(there.derivative(operand, shares)))
                .toList();
    }

    private Optional<Breach> nonlinear() {
        DMatrixRMaj one = isolated.randomCotangent(seed);
        DMatrixRMaj other = isolated.randomCotangent(~seed);
        DMatrixRMaj sum = one.copy();
        for (int i = 0; i < sum.getNumElements(); i++) {
            sum.data[i] += other.data[i];
        }
        List<DMatrixRMaj> ofOne = isolated.shares(one);
        List<DMatrixRMaj> ofOther = isolated.shares(other);
        List<DMatrixRMaj> none = ofOne.stream().map(VjpCheck::zeros).toList();
        for (double factor : new double[] {0, -1, LARGE, 1 / LARGE}) {
            Optional<Breach> breach = differing(isolated.shares(scaled(one, factor)), factor, ofOne, none);
            if (breach.isPresent()) {
                return breach;
            }
        }
        return differing(isolated.shares(sum), 1, ofOne, ofOther);
    }

    /** The worst entry of {@code shares} that is not {@code factor·a + b}; infinities may be an overflow, but not of 0. */
    private Optional<Breach> differing(
            List<DMatrixRMaj> shares, double factor, List<DMatrixRMaj> a, List<DMatrixRMaj> b) {
        for (Node operand : moving) {
            int place = isolated.place(operand);
            DMatrixRMaj given = shares.get(place);
            DMatrixRMaj first = a.get(place);
            DMatrixRMaj second = b.get(place);
            double largest = 0;
            for (int i = 0; i < given.getNumElements(); i++) {
                double size = Math.max(Math.abs(factor * first.data[i]), Math.abs(second.data[i]));
                largest = Double.isFinite(size) ? Math.max(largest, size) : largest;
            }
            double chosen = settings.hasDerivedTolerance() ? 0 : settings.chosenTolerance(largest);
            double tolerance = LINEAR * largest + Double.MIN_NORMAL + chosen;
            int worst = -1;
            double off = tolerance;
            for (int i = 0; i < given.getNumElements(); i++) {
                double expected = factor * first.data[i] + second.data[i];
                double difference = Math.abs(given.data[i] - expected);
                boolean isLost = factor == 0 && Double.isFinite(expected) && !Double.isFinite(difference);
                if (isLost || (Double.isFinite(difference) && difference > off)) {
                    off = isLost ? Double.POSITIVE_INFINITY : difference;
                    worst = i;
                }
            }
            if (worst >= 0) {
                DerivativeEstimate expected =
                        DerivativeEstimate.exactly(factor * first.data[worst] + second.data[worst]);
                Measurement entry = new Measurement(
                        new int[] {worst}, new double[] {1}, given.numCols, given.data[worst], expected, tolerance);
                return Optional.of(new Breach(Fault.NOT_LINEAR, operand, entry));
            }
        }
        return Optional.empty();
    }

    /** One direction that moves each element as far as it is large, and one that moves small ones as far as 1. */
    private Optional<Breach> wrongAlongDirections(IsolatedOperation there, Fault fault) {
        DMatrixRMaj weights = there.randomCotangent(seed);
        List<DMatrixRMaj> shares = there.shares(weights);
        List<Node> flowing = flowing(there, shares);
        Random random = new Random(seed);
        for (boolean relative : new boolean[] {true, false}) {
            Map<Node, double[]> directions = new LinkedHashMap<>();
            for (Node operand : flowing) {
                DMatrixRMaj derivative = there.derivative(operand, shares);
                directions.put(operand, direction(there.value(operand), derivative, relative, random));
            }
            Measurement along = there.along(directions, weights, settings);
            if (along.isWrongAndSmooth()) {
                return Optional.of(new Breach(fault, flowing.get(0), along));
            }
        }
        return Optional.empty();
    }

    /** An operand without any, such as a condition, may jump. */
    private static boolean hasGradient(DMatrixRMaj derivative) {
        return Arrays.stream(derivative.data, 0, derivative.getNumElements()).anyMatch(each -> each != 0);
    }

    /** What is not finite stays where it is, and so does what has no finite derivative. */
    private static double[] direction(DMatrixRMaj value, DMatrixRMaj derivative, boolean relative, Random random) {
        double[] steps = new double[value.getNumElements()];
        for (int i = 0; i < steps.length; i++) {
            double size = Math.abs(value.data[i]);
            double scale = relative && size > 0 ? size : Math.max(1, size);
            boolean moves = Double.isFinite(size) && Double.isFinite(derivative.data[i]);
            steps[i] = moves ? scale * Comparison.randomWeight(random) : 0;
        }
        return steps;
    }

    private static DMatrixRMaj zeros(DMatrixRMaj like) {
        return new DMatrixRMaj(like.numRows, like.numCols);
    }

    private static DMatrixRMaj scaled(DMatrixRMaj matrix, double factor) {
        DMatrixRMaj scaled = matrix.copy();
        for (int i = 0; i < scaled.getNumElements(); i++) {
            scaled.data[i] *= factor;
        }
        return scaled;
    }
}
