package org.gradgraph.check;

import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;

/** The elements of one node, weighted and added up, as a function of the leaves it is made of. */
final class Results {
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
    Results(Node output, Map<Node, DMatrixRMaj> point, double[] weights, double[] elementNoise, double commonNoise) {
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
     * Some elements of a leaf move together.
     *
     * @param leaf the leaf
     * @param indices its elements
     * @param steps how far each of them moves for {@code t = 1}
     */
    Line along(Node leaf, int[] indices, double[] steps) {
        boolean matters = graph.contains(leaf);
        DMatrixRMaj value = point.get(leaf);
        if (value == null) {
            throw new IllegalArgumentException(leaf.describe() + ", made at " + leaf.source()
                    + ", is no input or parameter that was fed; check with respect to those");
        }
        DMatrixRMaj there = value.copy();
        return new Line() {
            private double noise;

            @Override
            public double at(double t) {
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

            @Override
            public double resolution() {
                double resolution = 0;
                for (int k = 0; k < indices.length; k++) {
                    resolution = Math.max(resolution, Math.ulp(value.data[indices[k]]) / Math.abs(steps[k]));
                }
                return resolution;
            }

            private double difference() {
                double sum = 0;
                RootSum error = new RootSum().add(commonNoise);
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

            @Override
            public double noise() {
                return !matters || noise > 0 ? noise : noiseOfEverything();
            }
        };
    }

    /** Where nothing changes, a change may have been too small to be seen. */
    private double noiseOfEverything() {
        RootSum error = new RootSum().add(commonNoise);
        for (double noise : elementNoise) {
            error.add(noise);
        }
        return error.value();
    }
}
