package org.gradgraph.train;

/** How a first-order optimiser changes one parameter. */
@FunctionalInterface
interface UpdateRule {
    /** The memory for one parameter. */
    Update newUpdate();

    /** Changes one parameter. */
    @FunctionalInterface
    interface Update {
        /**
         * Makes one step.
         *
         * @param value the parameter, modified
         * @param gradient its gradient, not modified
         * @param n the number of elements
         * @param scale what to multiply the gradient by
         * @param rate the learning rate
         * @param step the number of the step, counted from 0
         */
        void apply(double[] value, double[] gradient, int n, double scale, double rate, long step);
    }

    /** {@code θ ← θ − rate·g}. */
    static UpdateRule gradientDescent() {
        return () -> (value, gradient, n, scale, rate, step) -> {
            for (int i = 0; i < n; i++) {
                value[i] -= rate * (scale * gradient[i]);
            }
        };
    }

    /** {@code u ← β·u + g}, {@code θ ← θ − rate·u}; with look-ahead {@code θ ← θ − rate·(g + β·u)}. */
    static UpdateRule momentum(double beta, boolean lookAhead) {
        return () -> {
            Memory velocity = new Memory();
            return (value, gradient, n, scale, rate, step) -> {
                double[] u = velocity.ofSize(n);
                for (int i = 0; i < n; i++) {
                    double g = scale * gradient[i];
                    u[i] = beta * u[i] + g;
                    value[i] -= rate * (lookAhead ? g + beta * u[i] : u[i]);
                }
            };
        };
    }

    /** {@code s ← ρ·s + (1 − ρ)·g²}, {@code θ ← θ − rate·g/(√s + ε)}. */
    static UpdateRule rmsProp(double rho, double epsilon) {
        return () -> {
            Memory squares = new Memory();
            return (value, gradient, n, scale, rate, step) -> {
                double[] s = squares.ofSize(n);
                for (int i = 0; i < n; i++) {
                    double g = scale * gradient[i];
                    s[i] = rho * s[i] + (1 - rho) * g * g;
                    value[i] -= rate * g / (Math.sqrt(s[i]) + epsilon);
                }
            };
        };
    }

    /** Adam with bias correction; the decay of weights is decoupled from the gradient, as in AdamW. */
    static UpdateRule adam(double beta1, double beta2, double epsilon, double decay) {
        return () -> {
            Memory first = new Memory();
            Memory second = new Memory();
            return (value, gradient, n, scale, rate, step) -> {
                double[] mean = first.ofSize(n);
                double[] square = second.ofSize(n);
                double meanCorrection = 1 - StrictMath.pow(beta1, step + 1.0);
                double squareCorrection = 1 - StrictMath.pow(beta2, step + 1.0);
                for (int i = 0; i < n; i++) {
                    double g = scale * gradient[i];
                    mean[i] = beta1 * mean[i] + (1 - beta1) * g;
                    square[i] = beta2 * square[i] + (1 - beta2) * g * g;
                    value[i] -= rate * decay * value[i];
                    value[i] -= rate * (mean[i] / meanCorrection) / (Math.sqrt(square[i] / squareCorrection) + epsilon);
                }
            };
        };
    }

    /** An array of zeros whose size is known at the first step. */
    final class Memory {
        private double[] values = new double[0];

        double[] ofSize(int n) {
            if (values.length != n) {
                values = new double[n];
            }
            return values;
        }
    }
}
