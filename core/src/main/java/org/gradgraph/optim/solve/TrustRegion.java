package org.gradgraph.optim.solve;

/**
 * The step of least squares in an ellipsoid: Moré (1978), section 5, and Hebden's iteration for its parameter.
 *
 * <pre>{@code
 * double[] p = TrustRegion.step(triangle, gradient, scales, radius, 0).p();
 * }</pre>
 */
public final class TrustRegion {
    private static final int ITERATIONS = 20;

    private TrustRegion() {}

    /**
     * The step p that makes ‖J·p + r‖ smallest while ‖D·p‖ is at most about the radius.
     *
     * @param triangle the factor of J with −r as the right side
     * @param gradient Jᵀ·r
     * @param scales the diagonal of D
     * @param start where to begin the search for the parameter, that of the step before
     */
    public static Step step(Triangle triangle, double[] gradient, double[] scales, double radius, double start) {
        double lowest = 0;
        boolean isSingular = triangle.isSingular();
        if (!isSingular) {
            double[] p = triangle.solution();
            double excess = norm(p, scales) - radius;
            if (excess <= 0.1 * radius) {
                return new Step(p, 0);
            }
            lowest = excess / radius / slope(triangle, p, scales);
        }
        double[] scaled = new double[gradient.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = gradient[i] / scales[i];
        }
        double highest = Vectors.norm(scaled) / radius;
        double parameter = Math.min(Math.max(start, lowest), highest);
        if (parameter == 0) {
            parameter = isSingular ? 1e-3 * highest : highest;
        }
        double[] p = new double[gradient.length];
        for (int k = 0; k < ITERATIONS; k++) {
            parameter = Math.max(parameter, Double.MIN_NORMAL);
            Triangle damped = triangle.withDiagonal(times(Math.sqrt(parameter), scales));
            p = damped.solution();
            double excess = norm(p, scales) - radius;
            if (Math.abs(excess) <= 0.1 * radius) {
                break;
            }
            if (excess > 0) {
                lowest = Math.max(lowest, parameter);
            } else {
                highest = Math.min(highest, parameter);
            }
            double next = parameter + excess / radius / slope(damped, p, scales);
            parameter = next > lowest && next < highest ? next : Math.max(0.001 * highest, Math.sqrt(lowest * highest));
        }
        return new Step(p, parameter);
    }

    /** A step and the parameter that made it: that of Levenberg and Marquardt, 0 for a Gauss-Newton step. */
    public static final class Step {
        private final double[] p;
        private final double parameter;

        Step(double[] p, double parameter) {
            this.p = p;
            this.parameter = parameter;
        }

        public double[] p() {
            return p;
        }

        public double parameter() {
            return parameter;
        }
    }

    /** {@code ‖R⁻ᵀ·D²·p/‖D·p‖‖²}, minus the slope of ‖D·p‖/‖D·p‖ as a function of the parameter. */
    private static double slope(Triangle triangle, double[] p, double[] scales) {
        double size = norm(p, scales);
        double[] q = new double[p.length];
        for (int i = 0; i < q.length; i++) {
            q[i] = scales[i] * (scales[i] * p[i] / size);
        }
        double norm = Vectors.norm(triangle.transposedSolution(q));
        return norm * norm;
    }

    public static double norm(double[] p, double[] scales) {
        double[] scaled = new double[p.length];
        for (int i = 0; i < p.length; i++) {
            scaled[i] = scales[i] * p[i];
        }
        return Vectors.norm(scaled);
    }

    private static double[] times(double factor, double[] vector) {
        double[] product = vector.clone();
        for (int i = 0; i < product.length; i++) {
            product[i] *= factor;
        }
        return product;
    }
}
