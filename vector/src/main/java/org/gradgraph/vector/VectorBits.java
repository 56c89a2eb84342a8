package org.gradgraph.vector;

import static jdk.incubator.vector.VectorOperators.ABS;
import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.LE;
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
import jdk.incubator.vector.VectorOperators;
import org.gradgraph.exec.kernel.BitLoops;

/**
 * Choices and bits by vector instructions; same bits as the plain loops.
 *
 * <p>The compiler keeps vectors in registers only where it inlines everything, and it inlines a limited amount of code: so
 * all functions are short, constants are vectors made beforehand, and a vector with an unusual element, or what is left
 * of a block, goes through the plain loop. No vector is passed to or returned by a method of ours, however short: whether
 * that is inlined depends on what was compiled before, and if not, every vector is on the heap.
 */
final class VectorBits extends BitLoops {
    private static final DoubleVector ZERO = all(0);
    private static final DoubleVector ONE = all(1);
    private static final DoubleVector LARGEST_EXP = all(708);
    private static final DoubleVector LARGEST_EXPM1 = all(40);
    private static final DoubleVector LARGEST_TANH = all(20);
    private static final DoubleVector SMALLEST_NORMAL = all(Double.MIN_NORMAL);
    private static final DoubleVector LARGEST = all(Double.MAX_VALUE);
    private static final DoubleVector INFINITY = all(Double.POSITIVE_INFINITY);
    private static final DoubleVector BIAS = all(0x1p52 + 1023);
    private static final LongVector EXPONENT_BIAS = longs(1023);
    private static final LongVector TO_ROOT_HALF = longs(0x3FF0000000000000L - 0x3FE6A09E667F3BCDL);
    private static final LongVector ROOT_HALF = longs(0x3FE6A09E667F3BCDL);
    private static final LongVector FRACTION = longs(0x000FFFFFFFFFFFFFL);
    private static final LongVector TWO_TO_52 = longs(0x4330000000000000L);
    private static final LongVector SIGN = longs(Long.MIN_VALUE);

    private static DoubleVector all(double value) {
        return DoubleVector.broadcast(DOUBLES, value);
    }

    private static LongVector longs(long value) {
        return all(0).reinterpretAsLongs().broadcast(value);
    }

    @Override
    protected void less(double[] a, double[] b, double[] out, int from, int n) {
        int i = from;
        for (; i <= n - WIDTH; i += WIDTH) {
            ZERO.blend(ONE, DoubleVector.fromArray(DOUBLES, a, i).compare(LT, DoubleVector.fromArray(DOUBLES, b, i)))
                    .intoArray(out, i);
        }
        super.less(a, b, out, i, n);
    }

    @Override
    protected void lessOrEqual(double[] a, double[] b, double[] out, int from, int n) {
        int i = from;
        for (; i <= n - WIDTH; i += WIDTH) {
            ZERO.blend(ONE, DoubleVector.fromArray(DOUBLES, a, i).compare(LE, DoubleVector.fromArray(DOUBLES, b, i)))
                    .intoArray(out, i);
        }
        super.lessOrEqual(a, b, out, i, n);
    }

    @Override
    protected void equal(double[] a, double[] b, double[] out, int from, int n) {
        int i = from;
        for (; i <= n - WIDTH; i += WIDTH) {
            ZERO.blend(ONE, DoubleVector.fromArray(DOUBLES, a, i).compare(EQ, DoubleVector.fromArray(DOUBLES, b, i)))
                    .intoArray(out, i);
        }
        super.equal(a, b, out, i, n);
    }

    @Override
    protected void select(double[] a, double[] b, double[] c, double[] out, int from, int n) {
        int i = from;
        for (; i <= n - WIDTH; i += WIDTH) {
            DoubleVector.fromArray(DOUBLES, c, i)
                    .blend(
                            DoubleVector.fromArray(DOUBLES, b, i),
                            DoubleVector.fromArray(DOUBLES, a, i).compare(NE, ZERO))
                    .intoArray(out, i);
        }
        super.select(a, b, c, out, i, n);
    }

    @Override
    protected void min(double[] a, double[] b, double[] out, int from, int n) {
        int i = from;
        for (; i <= n - WIDTH; i += WIDTH) {
            DoubleVector.fromArray(DOUBLES, a, i)
                    .lanewise(VectorOperators.MIN, DoubleVector.fromArray(DOUBLES, b, i))
                    .intoArray(out, i);
        }
        super.min(a, b, out, i, n);
    }

    @Override
    protected void max(double[] a, double[] b, double[] out, int from, int n) {
        int i = from;
        for (; i <= n - WIDTH; i += WIDTH) {
            DoubleVector.fromArray(DOUBLES, a, i)
                    .lanewise(VectorOperators.MAX, DoubleVector.fromArray(DOUBLES, b, i))
                    .intoArray(out, i);
        }
        super.max(a, b, out, i, n);
    }

    @Override
    protected void exp(double[] x, double[] power, double[] rest, double[] out, int from, int n) {
        int i = from;
        for (; i <= n - WIDTH; i += WIDTH) {
            if (DoubleVector.fromArray(DOUBLES, x, i)
                    .lanewise(ABS)
                    .compare(LT, LARGEST_EXP)
                    .allTrue()) {
                LongVector k = DoubleVector.fromArray(DOUBLES, power, i).reinterpretAsLongs();
                DoubleVector scale = k.add(EXPONENT_BIAS).lanewise(LSHL, 52).reinterpretAsDoubles();
                DoubleVector.fromArray(DOUBLES, rest, i).add(ONE).mul(scale).intoArray(out, i);
            } else {
                super.exp(x, power, rest, out, i, i + WIDTH);
            }
        }
        super.exp(x, power, rest, out, i, n);
    }

    @Override
    protected void expm1(double[] x, double[] power, double[] rest, double[] out, int from, int n) {
        int i = from;
        for (; i <= n - WIDTH; i += WIDTH) {
            DoubleVector v = DoubleVector.fromArray(DOUBLES, x, i);
            if (v.lanewise(ABS).compare(LT, LARGEST_EXPM1).allTrue()) {
                LongVector k = DoubleVector.fromArray(DOUBLES, power, i).reinterpretAsLongs();
                DoubleVector up = k.add(EXPONENT_BIAS).lanewise(LSHL, 52).reinterpretAsDoubles();
                DoubleVector down = EXPONENT_BIAS.sub(k).lanewise(LSHL, 52).reinterpretAsDoubles();
                DoubleVector e = ONE.sub(down)
                        .add(DoubleVector.fromArray(DOUBLES, rest, i))
                        .mul(up);
                e.blend(v, v.compare(EQ, ZERO)).intoArray(out, i);
            } else {
                super.expm1(x, power, rest, out, i, i + WIDTH);
            }
        }
        super.expm1(x, power, rest, out, i, n);
    }

    @Override
    protected void signedExpm1(double[] x, double[] power, double[] rest, double[] out, int from, int n) {
        int i = from;
        for (; i <= n - WIDTH; i += WIDTH) {
            DoubleVector v = DoubleVector.fromArray(DOUBLES, x, i);
            if (v.lanewise(ABS).compare(LT, LARGEST_TANH).allTrue()) {
                LongVector sign = v.reinterpretAsLongs().lanewise(AND, SIGN);
                LongVector k = DoubleVector.fromArray(DOUBLES, power, i).reinterpretAsLongs();
                DoubleVector up = k.add(EXPONENT_BIAS).lanewise(LSHL, 52).reinterpretAsDoubles();
                DoubleVector down = EXPONENT_BIAS.sub(k).lanewise(LSHL, 52).reinterpretAsDoubles();
                DoubleVector e = ONE.sub(down)
                        .add(DoubleVector.fromArray(DOUBLES, rest, i))
                        .mul(up);
                LongVector size = e.lanewise(ABS).reinterpretAsLongs();
                size.lanewise(OR, sign).reinterpretAsDoubles().intoArray(out, i);
            } else {
                super.signedExpm1(x, power, rest, out, i, i + WIDTH);
            }
        }
        super.signedExpm1(x, power, rest, out, i, n);
    }

    @Override
    protected void takeApart(double[] x, double[] power, double[] fraction, int from, int n) {
        int i = from;
        for (; i <= n - WIDTH; i += WIDTH) {
            DoubleVector v = DoubleVector.fromArray(DOUBLES, x, i);
            if (v.compare(GE, SMALLEST_NORMAL).and(v.compare(LE, LARGEST)).allTrue()) {
                LongVector bits = v.reinterpretAsLongs().add(TO_ROOT_HALF);
                LongVector k = bits.lanewise(LSHR, 52).lanewise(OR, TWO_TO_52);
                k.reinterpretAsDoubles().sub(BIAS).intoArray(power, i);
                LongVector oneAndF = bits.lanewise(AND, FRACTION).add(ROOT_HALF);
                oneAndF.reinterpretAsDoubles().sub(ONE).intoArray(fraction, i);
            } else {
                super.takeApart(x, power, fraction, i, i + WIDTH);
            }
        }
        super.takeApart(x, power, fraction, i, n);
    }

    /** Only zeros and infinite logarithms need another look. */
    @Override
    protected void takeApart(
            double[] x, double[] onePlus, double[] correction, double[] power, double[] fraction, int from, int n) {
        takeApart(onePlus, power, fraction, from, n);
        int i = from;
        for (; i <= n - WIDTH; i += WIDTH) {
            VectorMask<Double> finite =
                    DoubleVector.fromArray(DOUBLES, power, i).lanewise(ABS).compare(LT, INFINITY);
            if (!finite.and(DoubleVector.fromArray(DOUBLES, x, i).compare(NE, ZERO))
                    .allTrue()) {
                mend(x, correction, power, fraction, i, i + WIDTH);
            }
        }
        mend(x, correction, power, fraction, i, n);
    }
}
