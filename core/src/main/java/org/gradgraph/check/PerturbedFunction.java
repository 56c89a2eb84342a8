package org.gradgraph.check;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Require;

/** The weighted sum of the elements of one node, as a function of its leaves around a point. */
final class PerturbedFunction {
    private final Node output;
    private final Graph graph;
    private final Map<Node, DMatrixRMaj> point;
    private final Run run;
    private final double[] weights;
    private final double[] elementNoise;
    private final double commonNoise;
    private final boolean elementwise;
    private final DMatrixRMaj base = new DMatrixRMaj(1, 1);
    private final DMatrixRMaj moved = new DMatrixRMaj(1, 1);
    private long evaluations;

    /**
     * A function around a point.
     *
     * @param output whose elements are added up
     * @param point the values of its leaves, and possibly of others
     * @param weights one for each element
     * @param elementNoise the rounding error of each weighted element, as a standard deviation
     * @param commonNoise a rounding error that any change of the result has
     * @param elementwise whether an element depends on those of the same place alone
     */
    PerturbedFunction(
            Node output,
            Map<Node, DMatrixRMaj> point,
            double[] weights,
            double[] elementNoise,
            double commonNoise,
            boolean elementwise) {
        this.output = output;
        this.graph = Graph.of(output);
        this.point = point;
        this.weights = weights;
        this.elementNoise = elementNoise;
        this.commonNoise = commonNoise;
        this.elementwise = elementwise;
        this.run = Values.feed(Program.of(output).newRun(), graph, point);
        run.forward().value(output, base);
    }

    /** The elements at the point, without weights. */
    DMatrixRMaj value() {
        return base;
    }

    long evaluations() {
        return evaluations;
    }

    /** What moves on a line: some elements of a leaf. */
    static final class Move {
        private final Node leaf;
        private final int[] indices;
        private final double[] steps;

        /**
         * A move.
         *
         * @param leaf the leaf
         * @param indices its elements that move
         * @param steps how far each of them moves for {@code t = 1}
         */
        Move(Node leaf, int[] indices, double[] steps) {
            this.leaf = leaf;
            this.indices = indices;
            this.steps = steps;
        }
    }

    /** The line through the point along which some elements move together. */
    Line along(Move... moves) {
        for (Move move : moves) {
            if (point.get(move.leaf) == null) {
                throw new IllegalArgumentException(move.leaf.describe() + ", made at " + move.leaf.source()
                        + ", is not an input or parameter that was fed; check with respect to those");
            }
        }
        return new Line(List.of(moves));
    }

    /** The function along a line through the point. */
    final class Line {
        /** Few differences give a standard deviation that may be too small by this factor. */
        private static final double MEASURED = 2;

        private final List<Move> moves;

        /** Which elements may move: one that stays at a plateau, as 1 − 1e-17 does, has a rounding error too. */
        private final boolean[] depends;

        private double noise;

        private Line(List<Move> moves) {
            this.moves =
                    moves.stream().filter(move -> graph.contains(move.leaf)).toList();
            this.depends = new boolean[base.getNumElements()];
            Arrays.fill(depends, !elementwise);
            for (Move move : this.moves) {
                for (int k = 0; k < move.indices.length && elementwise; k++) {
                    depends[move.indices[k]] |= move.steps[k] != 0;
                }
            }
        }

        /** How far the sum moves from its value at the point; NaN if an element with a weight is not finite there. */
        double at(double t) {
            if (moves.isEmpty()) {
                return 0;
            }
            evaluate(t);
            return difference();
        }

        /** What a step changes in each element, without weights. */
        double[] elementsAt(double t) {
            evaluate(t);
            double[] changes = new double[base.getNumElements()];
            for (int i = 0; i < changes.length; i++) {
                changes[i] = moved.data[i] - base.data[i];
            }
            return changes;
        }

        private void evaluate(double t) {
            for (Move move : moves) {
                DMatrixRMaj value = valueOf(move);
                DMatrixRMaj there = value.copy();
                for (int k = 0; k < move.indices.length; k++) {
                    there.data[move.indices[k]] = value.data[move.indices[k]] + t * move.steps[k];
                }
                run.set(move.leaf, there);
            }
            run.forward().value(output, moved);
            moves.forEach(move -> run.set(move.leaf, valueOf(move)));
            evaluations++;
        }

        private DMatrixRMaj valueOf(Move move) {
            return Require.given(point.get(move.leaf), "the value of what moves");
        }

        private double difference() {
            double sum = 0;
            RoundingError error = new RoundingError().add(commonNoise);
            boolean changed = false;
            for (int i = 0; i < base.getNumElements(); i++) {
                double before = base.data[i];
                double after = moved.data[i];
                if (weights[i] != 0 && Double.doubleToLongBits(before) != Double.doubleToLongBits(after)) {
                    sum += weights[i] * (after - before);
                    changed = true;
                }
                error.add(depends[i] ? elementNoise[i] : 0);
            }
            if (changed) {
                noise = Math.max(noise, error.value());
            }
            return sum;
        }

        /** The largest {@code t} that rounding of the moved elements may lose. */
        double resolution() {
            double resolution = 0;
            for (Move move : moves) {
                DMatrixRMaj value = valueOf(move);
                for (int k = 0; k < move.indices.length; k++) {
                    double ulp = Math.ulp(value.data[move.indices[k]]);
                    resolution = Math.max(resolution, move.steps[k] == 0 ? 0 : ulp / Math.abs(move.steps[k]));
                }
            }
            return resolution;
        }

        /** Counts with the noise that was measured, and a margin. */
        void raiseNoise(double measured) {
            noise = Math.max(noise, MEASURED * measured);
        }

        /**
         * The rounding error to expect in {@link #at}, as one standard deviation, for all calls so far.
         *
         * <p>Where nothing changed, a change may have been too small to be seen, so every element counts.
         */
        double noise() {
            if (moves.isEmpty() || noise > 0) {
                return noise;
            }
            RoundingError error = new RoundingError().add(commonNoise);
            for (double each : elementNoise) {
                error.add(each);
            }
            return error.value();
        }
    }
}
