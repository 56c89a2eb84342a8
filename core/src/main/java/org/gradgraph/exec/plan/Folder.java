package org.gradgraph.exec.plan;

import org.gradgraph.exec.kernel.Kernels;
import org.gradgraph.graph.Reduction.Fold;

/** How numbers are folded to one: runs of an array, and two arrays element by element. */
interface Folder {
    /** Folds {@code n} elements, in an order that depends on {@code n} alone. */
    double fold(double[] x, int from, int n);

    /** Folds {@code n} elements into as many others. */
    void into(double[] x, int from, double[] result, int to, int n);

    /** Folds {@code count} groups of {@code width} numbers into the first: pairs, pairs of pairs and so on. */
    default void tree(double[] partial, int from, int count, int width) {
        for (int step = 1; step < count; step *= 2) {
            for (int i = 0; i + step < count; i += 2 * step) {
                into(partial, from + (i + step) * width, partial, from + i * width, width);
            }
        }
    }

    static Folder of(Fold fold, Kernels kernels) {
        return switch (fold) {
            case SUM -> sum(kernels);
            case PRODUCT ->
                new Scalars() {
                    @Override
                    double of(double a, double b) {
                        return a * b;
                    }
                };
            case MAX ->
                new Scalars() {
                    @Override
                    double of(double a, double b) {
                        return Math.max(a, b);
                    }
                };
            case MIN ->
                new Scalars() {
                    @Override
                    double of(double a, double b) {
                        return Math.min(a, b);
                    }
                };
        };
    }

    static Folder sum(Kernels kernels) {
        return new Folder() {
            @Override
            public double fold(double[] x, int from, int n) {
                return kernels.sum(x, from, n);
            }

            @Override
            public void into(double[] x, int from, double[] result, int to, int n) {
                kernels.add(x, from, result, to, n);
            }
        };
    }

    /** A fold by a function of two numbers; four running results do not wait for each other. */
    abstract class Scalars implements Folder {
        abstract double of(double a, double b);

        @Override
        public double fold(double[] x, int from, int n) {
            int i = from + 1;
            double a = x[from];
            if (n >= 8) {
                double b = x[from + 1];
                double c = x[from + 2];
                double d = x[from + 3];
                for (i = from + 4; i <= from + n - 4; i += 4) {
                    a = of(a, x[i]);
                    b = of(b, x[i + 1]);
                    c = of(c, x[i + 2]);
                    d = of(d, x[i + 3]);
                }
                a = of(of(a, b), of(c, d));
            }
            for (; i < from + n; i++) {
                a = of(a, x[i]);
            }
            return a;
        }

        @Override
        public void into(double[] x, int from, double[] result, int to, int n) {
            for (int i = 0; i < n; i++) {
                result[to + i] = of(result[to + i], x[from + i]);
            }
        }
    }
}
