package org.gradgraph.optim;

import java.util.LinkedHashMap;
import java.util.Map;
import org.gradgraph.graph.Require;
import org.gradgraph.optim.solve.Stationarity;
import org.gradgraph.optim.solve.Triangle;
import org.gradgraph.optim.solve.TrustRegion;
import org.gradgraph.optim.solve.Vectors;
import org.jspecify.annotations.Nullable;

/**
 * Least squares by Gauss-Newton steps, in a region of trust (Levenberg-Marquardt) or along a line.
 *
 * <p>Moré, The Levenberg-Marquardt algorithm: implementation and theory (1978), with the constants of MINPACK's lmder.
 */
final class LevenbergMarquardt implements Optimizer {
    private static final double EPSILON = Math.ulp(1.0);
    private static final double FIRST_RADIUS = 100;
    private static final double ACCEPTED = 1e-4;
    private static final int TRIALS = 60;

    private final boolean isGaussNewton;

    LevenbergMarquardt(boolean isGaussNewton) {
        this.isGaussNewton = isGaussNewton;
    }

    @Override
    public boolean needsWholeData() {
        return true;
    }

    @Override
    public String name() {
        return isGaussNewton ? "Gauss-Newton" : "Levenberg-Marquardt";
    }

    @Override
    public Session start(Problem problem) {
        Require.given(problem, "Optimizer.start: the problem");
        if (!problem.objective().hasResiduals()) {
            throw new IllegalArgumentException(
                    name() + " needs residuals; make the trainer with Trainer.ofResiduals(…)");
        }
        return new Fit(problem);
    }

    private final class Fit extends FlatSession {
        private final Objective objective;
        private double[] point;
        private double[] residuals = new double[0];
        private double[] scales = new double[0];
        private double radius;
        private double parameter;
        private double length = Double.NaN;
        private boolean started;
        private @Nullable Stationarity stationarity;

        Fit(Problem problem) {
            super(problem);
            this.objective = problem.objective();
            this.point = readPoint();
        }

        @Override
        public double step(long number) {
            if (!started) {
                point = readPoint();
                requireFiniteStart();
                residuals = objective.residuals(point);
                started = true;
            }
            double norm = Vectors.norm(residuals);
            double before = norm * norm / 2;
            double[][] jacobian = objective.jacobian(point);
            double[] gradient = transposedTimes(jacobian, residuals);
            writeGradient(gradient, 1);
            Stationarity known = stationarity;
            Stationarity measure = known == null ? new Stationarity(point, before) : known;
            stationarity = measure;
            double size = measure.of(point, gradient, before);
            if (!Double.isFinite(Vectors.largest(gradient))) {
                requireFiniteStart();
                endStuck("the Jacobian of the residuals is not finite");
            } else if (size == 0 || norm == 0) {
                endExhausted(0, before, "");
            } else {
                String tried = isGaussNewton ? alongLine(jacobian, norm) : inRegion(jacobian, gradient, norm);
                if (!tried.isEmpty()) {
                    endExhausted(size, before, tried);
                }
            }
            writePoint(point);
            return before;
        }

        /** Halves the Gauss-Newton step until the residuals get smaller; what was tried if they do not. */
        private String alongLine(double[][] jacobian, double norm) {
            Triangle triangle = Triangle.of(jacobian, negated(residuals));
            if (triangle.isSingular()) {
                return "the Jacobian has not full rank, so there is no Gauss-Newton step, use levenbergMarquardt()";
            }
            double[] p = triangle.solution();
            double share = 1;
            for (int k = 0; k < TRIALS; k++, share /= 2) {
                double[] there = point.clone();
                Vectors.add(there, share, p);
                if (moveIfBetter(there, norm, 0)) {
                    return "";
                }
            }
            return TRIALS + " step lengths from 1 down to " + share + " were tried";
        }

        private boolean moveIfBetter(double[] there, double norm, double least) {
            double[] r = objective.residuals(there);
            double now = Vectors.norm(r);
            if (!(now < norm * (1 - least))) {
                return false;
            }
            double[] way = there.clone();
            Vectors.add(way, -1, point);
            length = Vectors.norm(way);
            point = there;
            residuals = r;
            return true;
        }

        private String inRegion(double[][] jacobian, double[] gradient, double norm) {
            updateScales(jacobian, norm);
            Triangle triangle = Triangle.of(jacobian, negated(residuals));
            for (int k = 0; k < TRIALS; k++) {
                TrustRegion.Step step = TrustRegion.step(triangle, gradient, scales, radius, parameter);
                parameter = step.parameter();
                double size = TrustRegion.norm(step.p(), scales);
                double[] there = point.clone();
                Vectors.add(there, 1, step.p());
                double now = Vectors.norm(objective.residuals(there));
                double ratio = now / norm;
                double actual = 0.1 * now < norm ? 1 - ratio * ratio : -1;
                double jp = Vectors.norm(times(jacobian, step.p())) / norm;
                double damping = Math.sqrt(parameter) * size / norm;
                double predicted = jp * jp + 2 * damping * damping;
                double quality = predicted == 0 ? 0 : actual / predicted;
                adaptRadius(size, actual, quality, jp, damping);
                if (quality >= ACCEPTED && moveIfBetter(there, norm, 0)) {
                    return "";
                }
                double extent = TrustRegion.norm(point, scales);
                if (predicted <= EPSILON * EPSILON || radius <= EPSILON / 8 * Math.max(extent, Double.MIN_NORMAL)) {
                    return k + 1 + " regions of trust were tried, the last of radius " + radius;
                }
            }
            return TRIALS + " regions of trust were tried, the last of radius " + radius;
        }

        /** Where the function is not finite, ratios are NaN, and the region shrinks. */
        private void adaptRadius(double size, double actual, double quality, double jp, double damping) {
            if (!(quality > 0.25)) {
                double slope = -(jp * jp + damping * damping);
                double share = actual >= 0 ? 0.5 : 0.5 * slope / (slope + 0.5 * actual);
                share = share >= 0.1 && share <= 0.5 ? share : 0.1;
                radius = share * Math.min(radius, 10 * size);
                parameter /= share;
            } else if (parameter == 0 || quality >= 0.75) {
                radius = 2 * size;
                parameter /= 2;
            }
        }

        /** At 0 the residuals give the radius its unit: a Gauss-Newton step changes them by no more than their norm. */
        private void updateScales(double[][] jacobian, double norm) {
            boolean isFirst = scales.length == 0;
            scales = isFirst ? new double[point.length] : scales;
            for (int j = 0; j < scales.length; j++) {
                double[] column = new double[jacobian.length];
                for (int i = 0; i < column.length; i++) {
                    column[i] = jacobian[i][j];
                }
                scales[j] = Math.max(scales[j], Vectors.norm(column));
                scales[j] = scales[j] == 0 ? 1 : scales[j];
            }
            if (isFirst) {
                double extent = TrustRegion.norm(point, scales);
                radius = FIRST_RADIUS * (extent == 0 ? norm : extent);
            }
        }

        @Override
        public double rate() {
            return length;
        }

        @Override
        public Map<String, double[]> state() {
            Map<String, double[]> state = new LinkedHashMap<>();
            if (stationarity != null) {
                state.put("scales", scales.clone());
                state.put("origin", stationarity.origin().clone());
                state.put("numbers", new double[] {radius, parameter, stationarity.firstCost()});
            }
            return state;
        }

        @Override
        public void restore(Map<String, double[]> state) {
            double[] origin = state.get("origin");
            double[] numbers = state.get("numbers");
            if (origin != null && numbers != null) {
                scales = state.getOrDefault("scales", new double[0]).clone();
                radius = numbers[0];
                parameter = numbers[1];
                stationarity = new Stationarity(origin, numbers[2]);
            }
        }
    }

    private static double[] negated(double[] vector) {
        double[] negated = new double[vector.length];
        Vectors.add(negated, -1, vector);
        return negated;
    }

    private static double[] times(double[][] matrix, double[] vector) {
        double[] product = new double[matrix.length];
        for (int i = 0; i < product.length; i++) {
            product[i] = Vectors.dot(matrix[i], vector);
        }
        return product;
    }

    private static double[] transposedTimes(double[][] matrix, double[] vector) {
        double[] product = new double[matrix[0].length];
        for (int i = 0; i < matrix.length; i++) {
            Vectors.add(product, vector[i], matrix[i]);
        }
        return product;
    }

    /** The name. */
    @Override
    public String toString() {
        return name();
    }
}
