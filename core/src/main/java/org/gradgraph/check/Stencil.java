package org.gradgraph.check;

/**
 * Differences of a line at the steps {@code ±h} and {@code ±2h}.
 *
 * @param step the step {@code h}
 * @param value the derivative, extrapolated: {@code (4·D(h) − D(2h))/3}
 * @param truncation {@code |D(h) − D(2h)|}, three times the truncation error of {@code D(h)}
 * @param rounding what rounding errors of the line can make of {@code value}, with a margin
 * @param left the slope to the left, of second order
 * @param right the slope to the right, of second order
 * @param jumpRounding what rounding errors can make of {@code right − left}, with a margin
 * @param steepness the larger of the two movements, over the step
 */
record Stencil(
        double step,
        double value,
        double truncation,
        double rounding,
        double left,
        double right,
        double jumpRounding,
        double steepness) {
    /** Standard deviations between an honest rounding error and the limit. */
    private static final double MARGIN = 10;

    /** How much steeper the line may be for a step that is 16 times smaller. */
    private static final double WAVE = 4;

    private static final double UNIT = Math.ulp(1.0) / 2;

    /** (4/3)/√2 for D(h) and (1/3)/(2√2) for D(2h), rounded up. */
    private static final double OF_VALUE = 1;

    /** √(16+16+1+1)/2 for the four values and 3 for the one in the middle, rounded up. */
    private static final double OF_JUMP = 5;

    /** The fourth difference of independent errors has √70 times their standard deviation. */
    private static final double FOURTH = Math.sqrt(70);

    static Stencil of(Line line, double h) {
        double up = line.at(h);
        double down = line.at(-h);
        double up2 = line.at(2 * h);
        double down2 = line.at(-2 * h);
        double near = (up - down) / (2 * h);
        double far = (up2 - down2) / (4 * h);
        double largest = Math.max(Math.max(Math.abs(up), Math.abs(down)), Math.max(Math.abs(up2), Math.abs(down2)));
        double model = line.noise() + UNIT * largest;
        double measured = Math.abs(up2 - 4 * up - 4 * down + down2) / FOURTH;
        return new Stencil(
                h,
                (4 * near - far) / 3,
                Math.abs(near - far),
                MARGIN * OF_VALUE * Math.max(model, measured) / h,
                (down2 - 4 * down) / (2 * h),
                (4 * up - up2) / (2 * h),
                MARGIN * OF_JUMP * model / h,
                Math.max(Math.abs(up), Math.abs(down)) / h);
    }

    double error() {
        return truncation + rounding;
    }

    boolean isFinite() {
        return Double.isFinite(value) && Double.isFinite(truncation);
    }

    /** Whether a step sixteen times smaller moves the line as far, so that this one is longer than its waves. */
    boolean isTooLongGiven(Stencil smaller) {
        return smaller.steepness > WAVE * steepness && smaller.steepness > smaller.jumpRounding / MARGIN;
    }

    /** Whether a larger step tells the same as a smaller one: no corner in between, and no agreement by chance. */
    boolean continues(Stencil smaller) {
        return (!hasJump() || smaller.hasJump()) && Math.abs(value - smaller.value) <= error() + smaller.error();
    }

    /** How far the slopes on both sides differ. */
    double jump() {
        return Math.abs(right - left);
    }

    /** Whether rounding errors cannot explain the jump. */
    boolean hasJump() {
        return jump() > jumpRounding;
    }
}
