package org.gradgraph.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.check.Comparison.Measurement;
import org.gradgraph.graph.Node;

/**
 * Whether the entries of a derivative are possible together where an operation has a corner.
 *
 * <p>At a tie of a maximum, 0 and 1 are possible for each operand, but not 1 for both. So each element of the result that
 * has a corner is moved along directions through all operands: the claimed derivative itself, and random ones. Where all
 * corners open to one side, a derivative in the subdifferential lies between the slopes of every direction. Where they
 * open to both, as in {@code |x| − |y|}, conventions may break this, and nothing is said.
 */
final class JointSlopes {
    /** How many elements of the result are looked at. */
    private static final int ELEMENTS = 32;

    private static final int RANDOM_DIRECTIONS = 4;
    private static final double STEP = 0x1p-20;
    private static final double FINER = 0x1p-24;

    /** Slopes of first order at these steps are good to this share; the faults that are looked for are larger. */
    private static final double ROUGH = 1e-3;

    private final IsolatedOperation isolated;
    private final List<Node> moving;
    private final long seed;

    JointSlopes(IsolatedOperation isolated, List<Node> moving, long seed) {
        this.isolated = isolated;
        this.moving = moving;
        this.seed = seed;
    }

    /** The slopes of every element of the result to both sides along one direction. */
    private static final class Slopes {
        private final double[] up;
        private final double[] down;
        private final double[] finerUp;
        private final double[] finerDown;

        Slopes(PerturbedFunction.Line line) {
            this.up = line.elementsAt(STEP);
            this.down = line.elementsAt(-STEP);
            this.finerUp = line.elementsAt(FINER);
            this.finerDown = line.elementsAt(-FINER);
        }

        double right(int i) {
            return finerUp[i] / FINER;
        }

        double left(int i) {
            return -finerDown[i] / FINER;
        }

        /** Whether both steps give the same slopes, so that they are those of the point. */
        boolean areSettled(int i) {
            double size = ROUGH * Math.max(Math.abs(right(i)), Math.abs(left(i)));
            return Math.abs(up[i] / STEP - right(i)) <= size && Math.abs(-down[i] / STEP - left(i)) <= size;
        }

        /** 1 at a corner that opens upwards, −1 at one that opens downwards, 0 elsewhere. */
        int corner(int i) {
            double size = Math.max(Math.abs(right(i)), Math.abs(left(i)));
            double opening = right(i) - left(i);
            return Math.abs(opening) <= 2 * ROUGH * size ? 0 : (int) Math.signum(opening);
        }
    }

    /** A direction in which the derivative is outside of the slopes, if there is one. */
    Optional<Measurement> outside() {
        PerturbedFunction function = isolated.unweighted();
        int elements = function.value().getNumElements();
        int[] corners = new int[elements];
        boolean[] mixed = new boolean[elements];
        for (Node operand : moving) {
            int n = isolated.value(operand).getNumElements();
            for (int k = 0; k < n; k++) {
                double[] steps = new double[n];
                steps[k] = Math.max(1, Math.abs(isolated.value(operand).data[k]));
                Slopes slopes = new Slopes(isolated.line(function, Map.of(operand, steps)));
                for (int i = 0; i < elements; i++) {
                    int corner = slopes.corner(i);
                    mixed[i] |= !slopes.areSettled(i) || corner * corners[i] < 0;
                    corners[i] = corner == 0 ? corners[i] : corner;
                }
            }
        }
        int looked = 0;
        for (int i = 0; i < elements && looked < ELEMENTS; i++) {
            if (corners[i] != 0 && !mixed[i]) {
                looked++;
                Optional<Measurement> found = outside(function, i, corners[i]);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Measurement> outside(PerturbedFunction function, int element, int corner) {
        DMatrixRMaj only = new DMatrixRMaj(function.value().numRows, function.value().numCols);
        only.data[element] = 1;
        List<DMatrixRMaj> shares = isolated.shares(only);
        Map<Node, DMatrixRMaj> derivative = new LinkedHashMap<>();
        moving.forEach(operand -> derivative.put(operand, isolated.derivative(operand, shares)));
        for (Map<Node, double[]> direction : directions(derivative)) {
            Slopes slopes = new Slopes(isolated.line(function, direction));
            double along = 0;
            double size = 0;
            for (Node operand : moving) {
                double[] steps = direction.getOrDefault(operand, new double[0]);
                DMatrixRMaj each = isolated.derivative(operand, shares);
                for (int k = 0; k < steps.length; k++) {
                    along += each.data[k] * steps[k];
                    size += Math.abs(each.data[k] * steps[k]);
                }
            }
            double left = slopes.left(element);
            double right = slopes.right(element);
            double tolerance = 2 * ROUGH * Math.max(size, Math.max(Math.abs(left), Math.abs(right)));
            boolean decides = slopes.areSettled(element) && slopes.corner(element) * corner >= 0;
            boolean between = along >= Math.min(left, right) - tolerance && along <= Math.max(left, right) + tolerance;
            if (decides && !between && Double.isFinite(along)) {
                DerivativeEstimate estimate =
                        new DerivativeEstimate((left + right) / 2, tolerance, true, left, right, 0, true);
                return Optional.of(new Measurement(new int[0], new double[0], 1, along, estimate, tolerance));
            }
        }
        return Optional.empty();
    }

    /** The derivative itself, a positive direction, and random ones. */
    private List<Map<Node, double[]>> directions(Map<Node, DMatrixRMaj> derivative) {
        List<Map<Node, double[]>> directions = new ArrayList<>();
        double largest = derivative.values().stream()
                .flatMapToDouble(each -> Arrays.stream(each.data, 0, each.getNumElements()))
                .map(Math::abs)
                .max()
                .orElse(0);
        Random random = new Random(seed);
        for (int d = -1; d <= RANDOM_DIRECTIONS; d++) {
            Map<Node, double[]> direction = new LinkedHashMap<>();
            for (Map.Entry<Node, DMatrixRMaj> each : derivative.entrySet()) {
                double[] steps = new double[each.getValue().getNumElements()];
                for (int k = 0; k < steps.length; k++) {
                    double weight = Comparison.randomWeight(random);
                    double ofDerivative = largest == 0 ? 0 : each.getValue().data[k] / largest;
                    double step = d < 0 ? ofDerivative : d == 0 ? Math.abs(weight) : weight;
                    steps[k] = step * Math.max(1, Math.abs(isolated.value(each.getKey()).data[k]));
                }
                direction.put(each.getKey(), steps);
            }
            directions.add(direction);
        }
        return directions;
    }
}
