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
import org.gradgraph.exec.kernel.Loops;
import org.gradgraph.graph.Primitive;

/**
 * Choices and the bits of numbers by vector instructions, once a run has done enough.
 *
 * <p>Until the virtual machine has compiled it, code of the Vector API is a hundred times as slow as plain loops, and to
 * compile it takes about a second. Both give the same bits, so the change is not visible.
 *
 * <p>The compiler keeps vectors in registers only where it inlines everything, and it inlines a limited amount of code: so
 * all functions are short, constants are vectors made beforehand, and a vector with an unusual element, or what is left
 * of a block, goes through the plain loop. No vector is passed to or returned by a method of ours, however short: whether
 * that is inlined depends on what was compiled before, and if not, every vector is on the heap.
 */
final class VectorLoops extends Loops {
    /** Elements times primitives, the work of a tenth of a second; tests set it to 0. */
    private static final long WORTH_COMPILING = Long.getLong("gradgraph.vector.after", 1L << 28);

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

    private long done;

    VectorLoops(int longest) {
        super(longest);
    }

    @Override
    public void run(Primitive primitive, double[] a, double[] b, double[] c, double[] out, int n) {
        done += n;
        super.run(primitive, a, b, c, out, n);
    }

    /** The first element that plain loops compute, from one that vectors would compute. */
    private int end(int from, int n) {
        return done < WORTH_COMPILING ? from : n - (n - from) % WIDTH;
    }

    private static DoubleVector all(double value) {
        return DoubleVector.broadcast(DOUBLES, value);
    }

    private static LongVector longs(long value) {
        return all(0).reinterpretAsLongs().broadcast(value);
    }

    @Override
    protected void multiplyOrZero(double[] a, double[] b, double[] out, int from, int n) {
        int end = end(from, n);
        for (int i = from; i < end; i += WIDTH) {
            DoubleVector first = DoubleVector.fromArray(DOUBLES, a, i);
            DoubleVector product = first.mul(DoubleVector.fromArray(DOUBLES, b, i));
            product.blend(first, product.compare(NE, product).and(first.compare(EQ, ZERO)))
                    .intoArray(out, i);
        }
        super.multiplyOrZero(a, b, out, end, n);
    }

    @Override
    protected void less(double[] a, double[] b, double[] out, int from, int n) {
        int end = end(from, n);
        for (int i = from; i < end; i += WIDTH) {
            ZERO.blend(ONE, DoubleVector.fromArray(DOUBLES, a, i).compare(LT, DoubleVector.fromArray(DOUBLES, b, i)))
                    .intoArray(out, i);
        }
        super.less(a, b, out, end, n);
    }

    @Override
    protected void lessOrEqual(double[] a, double[] b, double[] out, int from, int n) {
        int end = end(from, n);
        for (int i = from; i < end; i += WIDTH) {
            ZERO.blend(ONE, DoubleVector.fromArray(DOUBLES, a, i).compare(LE, DoubleVector.fromArray(DOUBLES, b, i)))
                    .intoArray(out, i);
        }
        super.lessOrEqual(a, b, out, end, n);
    }

    @Override
    protected void equal(double[] a, double[] b, double[] out, int from, int n) {
        int end = end(from, n);
        for (int i = from; i < end; i += WIDTH) {
            ZERO.blend(ONE, DoubleVector.fromArray(DOUBLES, a, i).compare(EQ, DoubleVector.fromArray(DOUBLES, b, i)))
                    .intoArray(out, i);
        }
        super.equal(a, b, out, end, n);
    }

    @Override
    protected void select(double[] a, double[] b, double[] c, double[] out, int from, int n) {
        int end = end(from, n);
        for (int i = from; i < end; i += WIDTH) {
            DoubleVector.fromArray(DOUBLES, c, i)
                    .blend(
                            DoubleVector.fromArray(DOUBLES, b, i),
                            DoubleVector.fromArray(DOUBLES, a, i).compare(NE, ZERO))
                    .intoArray(out, i);
        }
        super.select(a, b, c, out, end, n);
    }

    @Override
    protected void min(double[] a, double[] b, double[] out, int from, int n) {
        int end = end(from, n);
        for (int i = from; i < end; i += WIDTH) {
            DoubleVector.fromArray(DOUBLES, a, i)
                    .lanewise(VectorOperators.MIN, DoubleVector.fromArray(DOUBLES, b, i))
                    .intoArray(out, i);
        }
        super.min(a, b, out, end, n);
    }

    @Override
    protected void max(double[] a, double[] b, double[] out, int from, int n) {
        int end = end(from, n);
        for (int i = from; i < end; i += WIDTH) {
            DoubleVector.fromArray(DOUBLES, a, i)
                    .lanewise(VectorOperators.MAX, DoubleVector.fromArray(DOUBLES, b, i))
                    .intoArray(out, i);
        }
        super.max(a, b, out, end, n);
    }

    @Override
    protected void exp(double[] x, double[] rounded, double[] rest, double[] out, int from, int n) {
        int end = end(from, n);
        for (int i = from; i < end; i += WIDTH) {
            if (DoubleVector.fromArray(DOUBLES, x, i)
                    .lanewise(ABS)
                    .compare(LT, LARGEST_EXP)
                    .allTrue()) {
                LongVector k = DoubleVector.fromArray(DOUBLES, rounded, i).reinterpretAsLongs();
                DoubleVector scale = k.add(EXPONENT_BIAS).lanewise(LSHL, 52).reinterpretAsDoubles();
                DoubleVector.fromArray(DOUBLES, rest, i).add(ONE).mul(scale).intoArray(out, i);
            } else {
                super.exp(x, rounded, rest, out, i, i + WIDTH);
            }
        }
        super.exp(x, rounded, rest, out, end, n);
    }

    @Override
    protected void expm1(double[] x, double[] rounded, double[] rest, double[] out, int from, int n) {
        int end = end(from, n);
        for (int i = from; i < end; i += WIDTH) {
            DoubleVector v = DoubleVector.fromArray(DOUBLES, x, i);
            if (v.lanewise(ABS).compare(LT, LARGEST_EXPM1).allTrue()) {
                LongVector k = DoubleVector.fromArray(DOUBLES, rounded, i).reinterpretAsLongs();
                DoubleVector scale = k.add(EXPONENT_BIAS).lanewise(LSHL, 52).reinterpretAsDoubles();
                DoubleVector e = DoubleVector.fromArray(DOUBLES, rest, i).fma(scale, scale.sub(ONE));
                e.blend(v, v.compare(EQ, ZERO)).intoArray(out, i);
            } else {
                super.expm1(x, rounded, rest, out, i, i + WIDTH);
            }
        }
        super.expm1(x, rounded, rest, out, end, n);
    }

    @Override
    protected void signedExpm1(double[] x, double[] rounded, double[] rest, double[] out, int from, int n) {
        int end = end(from, n);
        for (int i = from; i < end; i += WIDTH) {
            DoubleVector v = DoubleVector.fromArray(DOUBLES, x, i);
            if (v.lanewise(ABS).compare(LT, LARGEST_TANH).allTrue()) {
                LongVector sign = v.reinterpretAsLongs().lanewise(AND, SIGN);
                LongVector k = DoubleVector.fromArray(DOUBLES, rounded, i).reinterpretAsLongs();
                DoubleVector scale = k.add(EXPONENT_BIAS).lanewise(LSHL, 52).reinterpretAsDoubles();
                DoubleVector e = DoubleVector.fromArray(DOUBLES, rest, i).fma(scale, scale.sub(ONE));
                LongVector size = e.lanewise(ABS).reinterpretAsLongs();
                size.lanewise(OR, sign).reinterpretAsDoubles().intoArray(out, i);
            } else {
                super.signedExpm1(x, rounded, rest, out, i, i + WIDTH);
            }
        }
        super.signedExpm1(x, rounded, rest, out, end, n);
    }

    @Override
    protected void takeApart(double[] x, double[] power, double[] fraction, int from, int n) {
        int end = end(from, n);
        for (int i = from; i < end; i += WIDTH) {
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
        super.takeApart(x, power, fraction, end, n);
    }

    @Override
    protected void log1p(double[] x, double[] log, double[] correction, double[] out, int from, int n) {
        int end = end(from, n);
        for (int i = from; i < end; i += WIDTH) {
            DoubleVector v = DoubleVector.fromArray(DOUBLES, x, i);
            DoubleVector l = DoubleVector.fromArray(DOUBLES, log, i);
            VectorMask<Double> isFinite = l.lanewise(ABS).compare(LT, INFINITY);
            l.add(DoubleVector.fromArray(DOUBLES, correction, i), isFinite)
                    .blend(v, v.compare(EQ, ZERO))
                    .intoArray(out, i);
        }
        super.log1p(x, log, correction, out, end, n);
    }
}
