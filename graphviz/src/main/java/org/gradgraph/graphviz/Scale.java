package org.gradgraph.graphviz;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.gradgraph.graph.Notation;

/**
 * One axis of a plot: where a value lies between its ends, and where it has ticks.
 *
 * @param low the value at the beginning
 * @param high the value at the end, above {@code low}
 * @param logarithmic whether equal ratios are equally far apart
 */
record Scale(double low, double high, boolean logarithmic) {
    private static final int ABOUT_TICKS = 6;
    private static final double LARGEST = 1e300;

    /** A tick at a value. */
    record Tick(double value, String text) {}

    /** The least scale around some values that begins and ends at a tick; those that cannot be drawn do not count. */
    static Scale around(List<double[]> values, boolean logarithmic) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double[] some : values) {
            for (double value : some) {
                if (canDraw(value, logarithmic)) {
                    low = Math.min(low, value);
                    high = Math.max(high, value);
                }
            }
        }
        if (low > high) {
            return new Scale(logarithmic ? 0.1 : 0, 1, logarithmic);
        }
        return logarithmic ? logarithmic(low, high) : linear(low, high);
    }

    private static Scale linear(double low, double high) {
        double half = low == high ? Math.max(Math.abs(low) / 2, 1e-9) : 0;
        BigDecimal step = step(low - half, high + half);
        BigDecimal first = BigDecimal.valueOf(low - half).divide(step, 0, RoundingMode.FLOOR);
        BigDecimal last = BigDecimal.valueOf(high + half).divide(step, 0, RoundingMode.CEILING);
        return new Scale(first.multiply(step).doubleValue(), last.multiply(step).doubleValue(), false);
    }

    private static Scale logarithmic(double low, double high) {
        double from = Math.pow(10, Math.floor(Math.log10(low)));
        double to = Math.pow(10, Math.ceil(Math.log10(high)));
        return new Scale(Math.max(from, Double.MIN_NORMAL), to > from ? to : from * 10, true);
    }

    static boolean canDraw(double value, boolean logarithmic) {
        return Math.abs(value) <= LARGEST && (!logarithmic || value >= Double.MIN_NORMAL);
    }

    boolean canDraw(double value) {
        return canDraw(value, logarithmic);
    }

    /** 0 at the beginning, 1 at the end. */
    double place(double value) {
        return logarithmic ? Math.log10(value / low) / Math.log10(high / low) : (value - low) / (high - low);
    }

    /** 1, 2 or 5 times a power of ten. */
    private static BigDecimal step(double low, double high) {
        double rough = (high - low) / ABOUT_TICKS;
        BigDecimal power = BigDecimal.ONE.scaleByPowerOfTen((int) Math.floor(Math.log10(rough)));
        for (int factor : new int[] {1, 2, 5}) {
            BigDecimal step = power.multiply(BigDecimal.valueOf(factor));
            if (step.doubleValue() >= rough) {
                return step;
            }
        }
        return power.scaleByPowerOfTen(1);
    }

    List<Tick> ticks() {
        return logarithmic ? powersOfTen() : multiples();
    }

    private List<Tick> multiples() {
        BigDecimal step = step(low, high);
        BigDecimal first = BigDecimal.valueOf(low).divide(step, 0, RoundingMode.CEILING);
        List<Tick> ticks = new ArrayList<>();
        for (BigDecimal tick = first.multiply(step); tick.doubleValue() <= high; tick = tick.add(step)) {
            ticks.add(tick(tick));
        }
        return ticks;
    }

    private List<Tick> powersOfTen() {
        int from = (int) Math.round(Math.log10(low));
        int to = (int) Math.round(Math.log10(high));
        int stride = Math.max(1, (to - from + ABOUT_TICKS) / (ABOUT_TICKS + 2));
        List<Tick> ticks = new ArrayList<>();
        for (int power = from; power <= to; power += stride) {
            BigDecimal tick = BigDecimal.ONE.scaleByPowerOfTen(power);
            ticks.add(tick(tick));
            for (int factor = 2; to - from <= 2 && power < to && factor <= 5; factor += 3) {
                ticks.add(tick(tick.multiply(BigDecimal.valueOf(factor))));
            }
        }
        return ticks;
    }

    private static Tick tick(BigDecimal value) {
        String plain = value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
        return new Tick(value.doubleValue(), plain.length() <= 9 ? plain : Notation.number(value.doubleValue()));
    }
}
