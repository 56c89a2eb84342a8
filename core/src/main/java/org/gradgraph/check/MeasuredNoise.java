package org.gradgraph.check;

/**
 * The noise of a line that is rounded to fewer digits than doubles have.
 *
 * <p>High differences of a smooth line vanish with the spacing, those of noise do not [Moré, Wild 2011]. Each side is taken
 * alone, so that a corner or a jump at the point is not taken for noise, and both must show it.
 */
final class MeasuredNoise {
    private static final double COARSEST = 0x1p-3;
    private static final double FINEST = 0x1p-25;

    /** No power of two, so that not all spacings are whole numbers of stairs. */
    private static final double NARROWER = 0.29;

    private static final int NEIGHBOURS = 10;
    private static final int ORDER = 5;
    private static final double VARIANCE = 252;

    /** Two estimates of one noise differ by less than this factor. */
    private static final double ALIKE = 8;

    private static final double MORE_THAN_ROUNDING = 8;

    /** Noise beside what a large step moves. */
    private static final double SMALL = 0x1p-8;

    private MeasuredNoise() {}

    /**
     * As one standard deviation, or 0.
     *
     * @param line the line
     * @param unit the size of what moves
     * @param reach how far steps move the line; noise is small beside it, a wave is not
     */
    static double of(PerturbedFunction.Line line, double unit, double reach) {
        double far = NEIGHBOURS * COARSEST * unit;
        double moves = Math.max(reach, Math.max(movement(line, far), movement(line, -far)));
        double before = Double.NaN;
        int quiet = 0;
        double spacing = COARSEST * unit;
        while (quiet < 2 && spacing > FINEST * unit && spacing > line.resolution()) {
            double up = noise(line, spacing);
            double down = noise(line, -spacing);
            double larger = Math.max(up, down);
            boolean isMore = larger > MORE_THAN_ROUNDING * line.noise();
            if (isMore && areAlike(up, down) && areAlike(larger, before)) {
                return larger <= SMALL * moves ? larger : 0;
            }
            quiet = isMore || Double.isNaN(larger) ? 0 : quiet + 1;
            before = larger;
            spacing *= NARROWER;
        }
        return 0;
    }

    /** From differences of the fifth order, whose variance is C(10, 5) = 252 times that of independent errors. */
    private static double noise(PerturbedFunction.Line line, double spacing) {
        double[] differences = new double[NEIGHBOURS];
        for (int k = 0; k < NEIGHBOURS; k++) {
            differences[k] = line.at((k + 1) * spacing);
        }
        int n = NEIGHBOURS;
        for (int order = 1; order <= ORDER; order++) {
            n--;
            for (int k = 0; k < n; k++) {
                differences[k] = differences[k + 1] - differences[k];
            }
        }
        double squares = 0;
        for (int k = 0; k < n; k++) {
            squares += differences[k] * differences[k];
        }
        return Math.sqrt(squares / n / VARIANCE);
    }

    private static boolean areAlike(double a, double b) {
        return a <= ALIKE * b && b <= ALIKE * a;
    }

    private static double movement(PerturbedFunction.Line line, double t) {
        double movement = Math.abs(line.at(t));
        return Double.isFinite(movement) ? movement : 0;
    }
}
