package org.gradgraph.optim;

import java.util.Arrays;
import java.util.List;
import org.gradgraph.optim.solve.Vectors;

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

        /** What is remembered between steps. */
        default List<Memory> memories() {
            return List.of();
        }
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
            return remembering(List.of(velocity), (value, gradient, n, scale, rate, step) -> {
                double[] u = velocity.ofSize(n);
                for (int i = 0; i < n; i++) {
                    double g = scale * gradient[i];
                    u[i] = beta * u[i] + g;
                    value[i] -= rate * (lookAhead ? g + beta * u[i] : u[i]);
                }
            });
        };
    }

    /** {@code s ← ρ·s + (1 − ρ)·g²}, {@code θ ← θ − rate·g/(√s + ε)}. */
    static UpdateRule rmsProp(double rho, double epsilon) {
        return () -> {
            Memory squares = new Memory();
            return remembering(List.of(squares), (value, gradient, n, scale, rate, step) -> {
                double[] s = squares.ofSize(n);
                double unit = squares.unitFor(gradient, n, scale);
                for (int i = 0; i < n; i++) {
                    double g = scale * gradient[i];
                    s[i] = rho * s[i] + (1 - rho) * (g / unit) * (g / unit);
                    value[i] -= rate * g / (Math.sqrt(s[i]) * unit + epsilon);
                }
            });
        };
    }

    /** Adam with bias correction. */
    static UpdateRule adam(double beta1, double beta2, double epsilon) {
        return () -> {
            Memory first = new Memory();
            Memory second = new Memory();
            return remembering(List.of(first, second), (value, gradient, n, scale, rate, step) -> {
                double[] mean = first.ofSize(n);
                double[] square = second.ofSize(n);
                double unit = second.unitFor(gradient, n, scale);
                double meanCorrection = 1 - StrictMath.pow(beta1, step + 1.0);
                double squareCorrection = 1 - StrictMath.pow(beta2, step + 1.0);
                for (int i = 0; i < n; i++) {
                    double g = scale * gradient[i];
                    mean[i] = beta1 * mean[i] + (1 - beta1) * g;
                    square[i] = beta2 * square[i] + (1 - beta2) * (g / unit) * (g / unit);
                    double size = Math.sqrt(square[i] / squareCorrection) * unit + epsilon;
                    value[i] -= rate * (mean[i] / meanCorrection) / size;
                }
            });
        };
    }

    private static Update remembering(List<Memory> memories, Update update) {
        return new Update() {
            @Override
            public void apply(double[] value, double[] gradient, int n, double scale, double rate, long step) {
                update.apply(value, gradient, n, scale, rate, step);
            }

            @Override
            public List<Memory> memories() {
                return memories;
            }
        };
    }

    /** An array of zeros whose size is known at the first step, and the unit in which squares are kept in it. */
    final class Memory {
        private double[] values = new double[0];
        private double unit = 1;

        double[] ofSize(int n) {
            if (values.length != n) {
                values = new double[n];
            }
            return values;
        }

        /** A unit in which the squares of a gradient do not overflow; it only grows, and is 1 for ordinary gradients. */
        double unitFor(double[] gradient, int n, double scale) {
            double wanted = Vectors.unitFor(Vectors.largest(gradient, n) * scale);
            if (wanted > unit) {
                for (int i = 0; i < values.length; i++) {
                    values[i] = values[i] / (wanted / unit) / (wanted / unit);
                }
                unit = wanted;
            }
            return unit;
        }

        /** All of it, the unit last. */
        double[] saved() {
            double[] saved = Arrays.copyOf(values, values.length + 1);
            saved[values.length] = unit;
            return saved;
        }

        void restore(double[] saved) {
            values = Arrays.copyOf(saved, saved.length - 1);
            unit = saved[saved.length - 1];
        }
    }
}
