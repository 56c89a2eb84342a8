package org.gradgraph.precision;

import java.util.Arrays;
import org.apfloat.Apfloat;
import org.apfloat.ApfloatMath;
import org.ejml.data.DMatrixRMaj;

/** How many decimal digits the doubles of a matrix have in common with the exact numbers. */
final class Digits {
    /** A double that is the nearest one has all. */
    static final int MOST = 16;

    private final double[] right;

    private Digits(double[] right) {
        this.right = right;
    }

    static Digits of(DMatrixRMaj found, Real[] exact) {
        double[] right = new double[exact.length];
        for (int i = 0; i < right.length; i++) {
            right[i] = of(found.data[i], exact[i]);
        }
        return new Digits(right);
    }

    private static double of(double found, Real exact) {
        double nearest = exact.rounded();
        if (Double.compare(found, nearest) == 0 || found == nearest) {
            return MOST;
        }
        if (!Double.isFinite(found) || !exact.isFinite() || exact.number().signum() == 0) {
            return 0;
        }
        Apfloat number = exact.number().precision(30);
        Apfloat off = ApfloatMath.abs(
                Real.of(found).number().precision(60).subtract(number).divide(number));
        double digits = off.signum() == 0 ? MOST : off.scale() < -MOST ? MOST : -Math.log10(off.doubleValue());
        return Math.max(0, Math.min(MOST, digits));
    }

    int elements() {
        return right.length;
    }

    /** How many digits of an element are right, from 0 to {@value #MOST}. */
    double of(int element) {
        return right[element];
    }

    double fewest() {
        return Arrays.stream(right).min().orElse(MOST);
    }
}
