package org.gradgraph.check;

/** The root of a sum of squares, as for independent errors, without overflow and underflow on the way. */
final class RootSum {
    private double scale;
    private double squares = 1;

    /** Adds one term; infinities and NaN are no matter of rounding and are left out. */
    RootSum add(double term) {
        double size = Math.abs(term);
        if (size == 0 || !Double.isFinite(size)) {
            return this;
        }
        if (scale < size) {
            double ratio = scale / size;
            squares = scale == 0 ? 1 : 1 + squares * ratio * ratio;
            scale = size;
        } else {
            double ratio = size / scale;
            squares += ratio * ratio;
        }
        return this;
    }

    /** Adds a product; if only the product overflows, it counts as the largest double. */
    RootSum add(double a, double b) {
        boolean finite = Double.isFinite(a) && Double.isFinite(b);
        return finite ? add(Math.min(Math.abs(a * b), Double.MAX_VALUE)) : this;
    }

    double value() {
        return scale * Math.sqrt(squares);
    }
}
