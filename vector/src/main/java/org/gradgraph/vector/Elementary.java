package org.gradgraph.vector;

import static jdk.incubator.vector.VectorOperators.ABS;
import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;
import static jdk.incubator.vector.VectorOperators.OR;
import static org.gradgraph.vector.Lanes.DOUBLES;
import static org.gradgraph.vector.Lanes.WIDTH;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;

/**
 * Elementary functions, correct to two units in the last place.
 *
 * <p>exp: reduction by multiples of ln 2 (Cody and Waite, Software Manual for the Elementary Functions, 1980) and the
 * Taylor polynomial of degree 13, whose remainder on |r| ≤ ln(2)/2 is below 5·10⁻¹⁸. log: the series in s = f/(2 + f) with
 * the coefficients of fdlibm's e_log.c (Sun Microsystems, 1993). log1p adds the rounding error of 1 + x to it. tanh is
 * −e/(2 + e) with e = expm1(−2|x|).
 *
 * <p>The compiler keeps vectors in registers only where it inlines everything, and it inlines a limited amount of code:
 * so constants are vectors made beforehand, a long function is two passes, and what is left of a block goes through
 * {@link Scalars}, which does the same steps.
 */
final class Elementary {
    private static final DoubleVector LOG2_E = all(Scalars.LOG2_E);
    private static final DoubleVector MINUS_LN2 = all(-Scalars.LN2);
    private static final DoubleVector MINUS_LN2_REST = all(-Scalars.LN2_REST);
    private static final DoubleVector ROUNDER = all(Scalars.ROUNDER);
    private static final DoubleVector ROUNDER_AND_BIAS = all(Scalars.ROUNDER_AND_BIAS);
    private static final DoubleVector ZERO = all(0);
    private static final DoubleVector HALF = all(0.5);
    private static final DoubleVector ONE = all(1);
    private static final DoubleVector TWO = all(2);
    private static final DoubleVector MINUS_TWO = all(-2);
    private static final DoubleVector MINUS_ONE = all(-1);
    private static final DoubleVector INFINITY = all(Double.POSITIVE_INFINITY);
    private static final DoubleVector MINUS_INFINITY = all(Double.NEGATIVE_INFINITY);
    private static final DoubleVector NAN = all(Double.NaN);
    private static final DoubleVector OVERFLOW = all(Scalars.OVERFLOW);
    private static final DoubleVector UNDERFLOW = all(Scalars.UNDERFLOW);
    private static final DoubleVector MINUS_40 = all(-40);
    private static final DoubleVector SIXTY = all(60);
    private static final DoubleVector T2 = all(Scalars.TAYLOR[0]);
    private static final DoubleVector T3 = all(Scalars.TAYLOR[1]);
    private static final DoubleVector T4 = all(Scalars.TAYLOR[2]);
    private static final DoubleVector T5 = all(Scalars.TAYLOR[3]);
    private static final DoubleVector T6 = all(Scalars.TAYLOR[4]);
    private static final DoubleVector T7 = all(Scalars.TAYLOR[5]);
    private static final DoubleVector T8 = all(Scalars.TAYLOR[6]);
    private static final DoubleVector T9 = all(Scalars.TAYLOR[7]);
    private static final DoubleVector T10 = all(Scalars.TAYLOR[8]);
    private static final DoubleVector T11 = all(Scalars.TAYLOR[9]);
    private static final DoubleVector T12 = all(Scalars.TAYLOR[10]);
    private static final DoubleVector T13 = all(Scalars.TAYLOR[11]);
    private static final DoubleVector L1 = all(Scalars.LOG[0]);
    private static final DoubleVector L2 = all(Scalars.LOG[1]);
    private static final DoubleVector L3 = all(Scalars.LOG[2]);
    private static final DoubleVector L4 = all(Scalars.LOG[3]);
    private static final DoubleVector L5 = all(Scalars.LOG[4]);
    private static final DoubleVector L6 = all(Scalars.LOG[5]);
    private static final DoubleVector L7 = all(Scalars.LOG[6]);
    private static final DoubleVector LN2_HIGH = all(Scalars.LN2_HIGH);
    private static final DoubleVector LN2_LOW = all(Scalars.LN2_LOW);
    private static final DoubleVector SMALLEST_NORMAL = all(Double.MIN_NORMAL);
    private static final DoubleVector TWO_TO_54 = all(0x1p54);
    private static final DoubleVector BIAS = all(Scalars.BIAS);
    private static final DoubleVector TINY_BIAS = all(Scalars.BIAS + 54);
    private static final LongVector TO_ROOT_HALF = longs(Scalars.ONE_BITS - Scalars.ROOT_HALF);
    private static final LongVector ROOT_HALF = longs(Scalars.ROOT_HALF);
    private static final LongVector FRACTION = longs(Scalars.FRACTION);
    private static final LongVector TWO_TO_52 = longs(Scalars.TWO_TO_52);
    private static final LongVector SIGN = longs(Long.MIN_VALUE);

    private Elementary() {}

    private static DoubleVector all(double value) {
        return DoubleVector.broadcast(DOUBLES, value);
    }

    private static LongVector longs(long value) {
        return all(0).reinterpretAsLongs().broadcast(value);
    }

    static void exp(double[] x, int xi, double[] out, int oi, int n) {
        int i = 0;
        for (; i <= n - WIDTH; i += WIDTH) {
            DoubleVector v = DoubleVector.fromArray(DOUBLES, x, xi + i);
            DoubleVector k = v.fma(LOG2_E, ROUNDER).sub(ROUNDER);
            DoubleVector r = k.fma(MINUS_LN2_REST, k.fma(MINUS_LN2, v));
            DoubleVector p = expm1OfRest(r).add(ONE);
            DoubleVector half = k.fma(HALF, ROUNDER).sub(ROUNDER);
            p.mul(powerOfTwo(half))
                    .mul(powerOfTwo(k.sub(half)))
                    .blend(ZERO, v.compare(LT, UNDERFLOW))
                    .blend(INFINITY, v.compare(GT, OVERFLOW))
                    .intoArray(out, oi + i);
        }
        for (; i < n; i++) {
            out[oi + i] = Scalars.exp(x[xi + i]);
        }
    }

    static void expm1(double[] x, int xi, double[] out, int oi, int n) {
        int i = 0;
        for (; i <= n - WIDTH; i += WIDTH) {
            DoubleVector v = DoubleVector.fromArray(DOUBLES, x, xi + i);
            DoubleVector k = v.fma(LOG2_E, ROUNDER).sub(ROUNDER);
            DoubleVector r = k.fma(MINUS_LN2_REST, k.fma(MINUS_LN2, v));
            DoubleVector rest = ONE.sub(powerOfMinus(k)).blend(ONE, k.compare(GT, SIXTY));
            DoubleVector p = expm1OfRest(r).add(rest);
            DoubleVector half = k.fma(HALF, ROUNDER).sub(ROUNDER);
            p.mul(powerOfTwo(half))
                    .mul(powerOfTwo(k.sub(half)))
                    .blend(MINUS_ONE, v.compare(LT, MINUS_40))
                    .blend(INFINITY, v.compare(GT, OVERFLOW))
                    .blend(v, v.compare(EQ, ZERO))
                    .intoArray(out, oi + i);
        }
        for (; i < n; i++) {
            out[oi + i] = Scalars.expm1(x[xi + i]);
        }
    }

    /** First |expm1(−2|x|)| with the sign of x, then t/(2 − |t|); |x| needs no scale, for the power is at most 0. */
    static void tanh(double[] x, int xi, double[] out, int oi, int n) {
        int i = 0;
        for (; i <= n - WIDTH; i += WIDTH) {
            DoubleVector v = DoubleVector.fromArray(DOUBLES, x, xi + i);
            DoubleVector argument = v.lanewise(ABS).mul(MINUS_TWO);
            DoubleVector k = argument.fma(LOG2_E, ROUNDER).sub(ROUNDER);
            DoubleVector r = k.fma(MINUS_LN2_REST, k.fma(MINUS_LN2, argument));
            DoubleVector p = expm1OfRest(r).add(ONE.sub(powerOfMinus(k)));
            DoubleVector e = p.mul(powerOfTwo(k)).blend(MINUS_ONE, argument.compare(LT, MINUS_40));
            e.lanewise(ABS)
                    .reinterpretAsLongs()
                    .lanewise(OR, v.reinterpretAsLongs().lanewise(AND, SIGN))
                    .reinterpretAsDoubles()
                    .intoArray(out, oi + i);
        }
        int whole = i;
        for (; i < n; i++) {
            out[oi + i] = Scalars.tanh(x[xi + i]);
        }
        divideByRest(out, oi, whole);
    }

    private static void divideByRest(double[] t, int ti, int n) {
        for (int i = 0; i < n; i += WIDTH) {
            DoubleVector v = DoubleVector.fromArray(DOUBLES, t, ti + i);
            v.div(TWO.sub(v.lanewise(ABS))).intoArray(t, ti + i);
        }
    }

    private static DoubleVector expm1OfRest(DoubleVector r) {
        DoubleVector p = T13.fma(r, T12)
                .fma(r, T11)
                .fma(r, T10)
                .fma(r, T9)
                .fma(r, T8)
                .fma(r, T7)
                .fma(r, T6)
                .fma(r, T5)
                .fma(r, T4)
                .fma(r, T3)
                .fma(r, T2);
        return p.fma(r.mul(r), r);
    }

    private static DoubleVector powerOfTwo(DoubleVector k) {
        return k.add(ROUNDER_AND_BIAS).reinterpretAsLongs().lanewise(LSHL, 52).reinterpretAsDoubles();
    }

    private static DoubleVector powerOfMinus(DoubleVector k) {
        return ROUNDER_AND_BIAS.sub(k).reinterpretAsLongs().lanewise(LSHL, 52).reinterpretAsDoubles();
    }

    static void log(double[] x, int xi, double[] out, int oi, int n) {
        int i = 0;
        for (; i <= n - WIDTH; i += WIDTH) {
            DoubleVector v = DoubleVector.fromArray(DOUBLES, x, xi + i);
            VectorMask<Double> tiny = v.compare(LT, SMALLEST_NORMAL);
            logOfNormal(v.blend(v.mul(TWO_TO_54), tiny), BIAS.blend(TINY_BIAS, tiny))
                    .blend(v, v.sub(v).compare(NE, ZERO))
                    .blend(MINUS_INFINITY, v.compare(EQ, ZERO))
                    .blend(NAN, v.compare(LT, ZERO))
                    .intoArray(out, oi + i);
        }
        for (; i < n; i++) {
            out[oi + i] = Scalars.log(x[xi + i]);
        }
    }

    static void log1p(double[] x, int xi, double[] out, int oi, int n) {
        int i = 0;
        for (; i <= n - WIDTH; i += WIDTH) {
            DoubleVector v = DoubleVector.fromArray(DOUBLES, x, xi + i);
            DoubleVector u = v.add(ONE);
            DoubleVector error = v.sub(u.sub(ONE));
            logOfNormal(u, BIAS)
                    .add(error.div(u))
                    .blend(v, v.sub(v).compare(NE, ZERO))
                    .blend(MINUS_INFINITY, u.compare(EQ, ZERO))
                    .blend(NAN, u.compare(LT, ZERO))
                    .blend(v, v.compare(EQ, ZERO))
                    .intoArray(out, oi + i);
        }
        for (; i < n; i++) {
            out[oi + i] = Scalars.log1p(x[xi + i]);
        }
    }

    private static DoubleVector logOfNormal(DoubleVector x, DoubleVector bias) {
        LongVector bits = x.reinterpretAsLongs().add(TO_ROOT_HALF);
        DoubleVector k = bits.lanewise(LSHR, 52)
                .lanewise(OR, TWO_TO_52)
                .reinterpretAsDoubles()
                .sub(bias);
        DoubleVector f = bits.lanewise(AND, FRACTION)
                .add(ROOT_HALF)
                .reinterpretAsDoubles()
                .sub(ONE);
        DoubleVector s = f.div(f.add(TWO));
        DoubleVector z = s.mul(s);
        DoubleVector r = L7.fma(z, L6)
                .fma(z, L5)
                .fma(z, L4)
                .fma(z, L3)
                .fma(z, L2)
                .fma(z, L1)
                .mul(z);
        DoubleVector halfSquare = f.mul(f).mul(HALF);
        DoubleVector low = k.fma(LN2_LOW, s.mul(halfSquare.add(r)));
        return k.fma(LN2_HIGH, f.sub(halfSquare.sub(low)));
    }
}
