package org.gradgraph.graphviz;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One axis of a plot: where a value lies between its ends, and where it has ticks.
 *
 * @param low the value at the beginning
 * @param high the value at the end, above {@code low}
 * @param logarithmic whether equal ratios are equally far apart
 * @param ticks where it is marked, in order
 */
record Scale(double low, double high, boolean logarithmic, List<BigDecimal> ticks) {
    private static final int ABOUT_TICKS = 6;
    private static final double LARGEST = 1e300;

    /** Values that differ by less, relative to their size, are drawn as equal: their ticks would have too many digits. */
    private static final double EQUAL = 1e-12;

    /** Below, a range is as good as none: its sixth part could vanish. */
    private static final double SMALLEST_RANGE = 1e-300;

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
            return logarithmic ? logarithmic(0.1, 1) : linear(0, 1);
        }
        return logarithmic ? logarithmic(low, high) : linear(low, high);
    }

    private static Scale linear(double low, double high) {
        double size = Math.max(Math.abs(low), Math.abs(high));
        boolean isFlat = high - low <= Math.max(EQUAL * size, SMALLEST_RANGE);
        double half = isFlat ? Math.max(size / 2, 1e-9) : 0;
        BigDecimal step = step(low - half, high + half);
        BigDecimal first = multiple(low - half, step, RoundingMode.FLOOR);
        BigDecimal last = multiple(high + half, step, RoundingMode.CEILING);
        List<BigDecimal> ticks = Stream.iterate(first, tick -> tick.compareTo(last) <= 0, tick -> tick.add(step))
                .toList();
        return new Scale(first.doubleValue(), last.doubleValue(), false, ticks);
    }

    private static BigDecimal multiple(double value, BigDecimal step, RoundingMode rounding) {
        return BigDecimal.valueOf(value).divide(step, 0, rounding).multiply(step);
    }

    private static Scale logarithmic(double low, double high) {
        int from = (int) Math.floor(Math.log10(low));
        int to = Math.max(from + 1, (int) Math.ceil(Math.log10(high)));
        int stride = Math.max(1, (to - from + ABOUT_TICKS) / (ABOUT_TICKS + 2));
        List<BigDecimal> ticks = new ArrayList<>();
        for (int power = from; power <= to; power += stride) {
            BigDecimal tick = BigDecimal.ONE.scaleByPowerOfTen(power);
            ticks.add(tick);
            for (int factor = 2; to - from <= 2 && power < to && factor <= 5; factor += 3) {
                ticks.add(tick.multiply(BigDecimal.valueOf(factor)));
            }
        }
        return new Scale(Double.parseDouble("1e" + from), Double.parseDouble("1e" + to), true, List.copyOf(ticks));
    }

    static boolean canDraw(double value, boolean logarithmic) {
        return Math.abs(value) <= LARGEST && (!logarithmic || value >= Double.MIN_NORMAL);
    }

    boolean canDraw(double value) {
        return canDraw(value, logarithmic);
    }

    /** 0 at the beginning, 1 at the end. */
    double place(double value) {
        return logarithmic
                ? (Math.log10(value) - Math.log10(low)) / (Math.log10(high) - Math.log10(low))
                : (value - low) / (high - low);
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
}
