package org.gradgraph.examples.output;

import java.util.stream.IntStream;

/** Where the numbers of an axis lie in the picture, and which of them are written beside it. */
final class Scale {
    private static final int TICKS = 6;

    private final double low;
    private final double high;
    private final double from;
    private final double to;
    private final double step;

    /** An axis that reaches at least from {@code low} to {@code high}; its ends are rounded outwards to a tick. */
    Scale(double low, double high, double from, double to) {
        double span = high > low ? high - low : 1;
        this.step = roundStep(span / TICKS);
        this.low = Math.floor(low / step) * step;
        this.high = Math.max(Math.ceil(high / step) * step, this.low + step);
        this.from = from;
        this.to = to;
    }

    /** The smallest of 1, 2, 5, 10, … that is not below; powers of ten of a fraction come out exact by dividing. */
    private static double roundStep(double atLeast) {
        double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
        for (double factor : new double[] {1, 2, 5}) {
            if (factor * power >= atLeast) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    double at(double value) {
        return from + (to - from) * ((value - low) / (high - low));
    }

    double[] ticks() {
        return IntStream.rangeClosed((int) Math.round(low / step), (int) Math.round(high / step))
                .mapToDouble(k -> k * step)
                .toArray();
    }
}
