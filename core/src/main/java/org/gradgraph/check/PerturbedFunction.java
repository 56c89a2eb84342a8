package org.gradgraph.check;

import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;

/** The weighted sum of the elements of one node, as a function of its leaves around a point. */
final class PerturbedFunction {
    private final Node output;
    private final Graph graph;
    private final Map<Node, DMatrixRMaj> point;
    private final Run run;
    private final double[] weights;
    private final double[] elementNoise;
    private final double commonNoise;
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
     */
    PerturbedFunction(
            Node output, Map<Node, DMatrixRMaj> point, double[] weights, double[] elementNoise, double commonNoise) {
        this.output = output;
        this.graph = Graph.of(output);
        this.point = point;
        this.weights = weights;
        this.elementNoise = elementNoise;
        this.commonNoise = commonNoise;
        this.run = Values.feed(Program.of(output).newRun(), graph, point);
        run.forward().value(output, base);
    }

    long evaluations() {
        return evaluations;
    }

    /**
     * The line through the point along which some elements of a leaf move together.
     *
     * @param leaf the leaf
     * @param indices its elements
     * @param steps how far each of them moves for {@code t = 1}
     */
    Line along(Node leaf, int[] indices, double[] steps) {
        DMatrixRMaj value = point.get(leaf);
        if (value == null) {
            throw new IllegalArgumentException(leaf.describe() + ", made at " + leaf.source()
                    + ", is not an input or parameter that was fed; check with respect to those");
        }
        return new Line(leaf, value, indices, steps);
    }

    /** The function along a line through the point. */
    final class Line {
        private final Node leaf;
        private final DMatrixRMaj value;
        private final DMatrixRMaj there;
        private final int[] indices;
        private final double[] steps;
        private final boolean matters;
        private double noise;

        private Line(Node leaf, DMatrixRMaj value, int[] indices, double[] steps) {
            this.leaf = leaf;
            this.value = value;
            this.there = value.copy();
            this.indices = indices;
            this.steps = steps;
            this.matters = graph.contains(leaf);
        }

        /** How far the sum moves from its value at the point; NaN if an element is not finite there. */
        double at(double t) {
            if (!matters) {
                return 0;
            }
            for (int k = 0; k < indices.length; k++) {
                there.data[indices[k]] = value.data[indices[k]] + t * steps[k];
            }
            run.set(leaf, there).forward().value(output, moved);
            for (int index : indices) {
                there.data[index] = value.data[index];
            }
            run.set(leaf, value);
            evaluations++;
            return difference();
        }

        private double difference() {
            double sum = 0;
            RoundingError error = new RoundingError().add(commonNoise);
            boolean changed = false;
            for (int i = 0; i < base.getNumElements(); i++) {
                double before = base.data[i];
                double after = moved.data[i];
                if (Double.doubleToLongBits(before) != Double.doubleToLongBits(after)) {
                    sum += weights[i] * (after - before);
                    error.add(elementNoise[i]);
                    changed = true;
                }
            }
            if (changed) {
                noise = Math.max(noise, error.value());
            }
            return sum;
        }

        /** The largest {@code t} that rounding of the moved elements may lose. */
        double resolution() {
            double resolution = 0;
            for (int k = 0; k < indices.length; k++) {
                resolution = Math.max(resolution, Math.ulp(value.data[indices[k]]) / Math.abs(steps[k]));
            }
            return resolution;
        }

        /**
         * The rounding error to expect in {@link #at}, as one standard deviation, for all calls so far.
         *
         * <p>Where nothing changed, a change may have been too small to be seen, so every element counts.
         */
        double noise() {
            if (!matters || noise > 0) {
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
