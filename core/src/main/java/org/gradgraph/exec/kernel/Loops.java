package org.gradgraph.exec.kernel;

import org.gradgraph.graph.Primitive;
import org.gradgraph.numeric.Exponential;
import org.gradgraph.numeric.Logarithm;

/**
 * The primitives as loops over blocks, for one thread; plain Java, with the bits of {@link Primitive#apply}.
 *
 * <p>Every array is read and written from its first element: only then does the compiler of the virtual machine know that
 * two arrays do not overlap at a distance, and turns the loop into vector instructions. It does so with arithmetic, and
 * not with choices and the bits of numbers: an elementary function is one pass over each of these parts, and a set of
 * kernels may override the loops that choose, with the same bits. These work on the elements {@code from} to
 * {@code n}; the result may be an operand. Loops have scratch memory of their own, and allocate nothing when they run.
 *
 * <pre>{@code
 * Loops loops = kernels.loops(512);
 * loops.run(Primitive.EXP, x, x, x, out, 512);          // out = exp(x)
 * }</pre>
 */
public class Loops {
    private final double[] first;
    private final double[] second;
    private final double[] third;

    /**
     * Loops over blocks.
     *
     * @param longest the length of the longest block
     */
    public Loops(int longest) {
        this.first = new double[longest];
        this.second = new double[longest];
        this.third = new double[longest];
    }

    /**
     * Applies a primitive to the first {@code n} elements; {@code out} may be an operand.
     *
     * <p>The result of an element depends neither on its place nor on its neighbours. A primitive of fewer than three
     * operands does not look at the others.
     *
     * @param a the first operand
     * @param b the second operand
     * @param c the third operand
     * @param out the result, modified
     * @param n how many elements, at most as many as the loops were made for
     */
    public void run(Primitive primitive, double[] a, double[] b, double[] c, double[] out, int n) {
        switch (primitive) {
            case COPY -> System.arraycopy(a, 0, out, 0, n);
            case NEGATE -> ArithmeticLoops.negate(a, out, n);
            case ABS -> ArithmeticLoops.abs(a, out, n);
            case SIGN -> ArithmeticLoops.sign(a, out, n);
            case FLOOR -> ArithmeticLoops.floor(a, out, n);
            case ROUND -> ArithmeticLoops.round(a, out, n);
            case SQRT -> ArithmeticLoops.sqrt(a, out, n);
            case ADD -> ArithmeticLoops.add(a, b, out, n);
            case SUBTRACT -> ArithmeticLoops.subtract(a, b, out, n);
            case MULTIPLY -> ArithmeticLoops.multiply(a, b, out, n);
            case MULTIPLY_OR_ZERO -> multiplyOrZero(a, b, out, 0, n);
            case DIVIDE -> ArithmeticLoops.divide(a, b, out, n);
            case FMA -> ArithmeticLoops.fma(a, b, c, out, n);
            case MIN -> min(a, b, out, 0, n);
            case MAX -> max(a, b, out, 0, n);
            case LESS -> less(a, b, out, 0, n);
            case LESS_OR_EQUAL -> lessOrEqual(a, b, out, 0, n);
            case EQUAL -> equal(a, b, out, 0, n);
            case SELECT -> select(a, b, c, out, 0, n);
            case EXP -> {
                ElementaryLoops.rest(a, first, second, n);
                exp(a, first, second, out, 0, n);
            }
            case EXPM1 -> {
                ElementaryLoops.rest(a, first, second, n);
                expm1(a, first, second, out, 0, n);
            }
            case TANH -> {
                ElementaryLoops.tanhArgument(a, third, n);
                ElementaryLoops.rest(third, first, second, n);
                signedExpm1(a, first, second, third, 0, n);
                ElementaryLoops.tanh(third, out, n);
            }
            case LOG -> {
                takeApart(a, first, second, 0, n);
                ElementaryLoops.log(first, second, out, n);
            }
            case LOG1P -> {
                ElementaryLoops.addOne(a, first, third, n);
                takeApart(first, first, second, 0, n);
                ElementaryLoops.log(first, second, first, n);
                log1p(a, first, third, out, 0, n);
            }
            default -> primitive.run(a, 0, b, 0, c, 0, out, 0, n);
        }
    }

    /** {@link Primitive#MULTIPLY_OR_ZERO}. */
    protected void multiplyOrZero(double[] a, double[] b, double[] out, int from, int n) {
        for (int i = from; i < n; i++) {
            double first = a[i];
            double product = first * b[i];
            out[i] = Double.isNaN(product) && first == 0 ? first : product;
        }
    }

    /** {@link Primitive#LESS}. */
    protected void less(double[] a, double[] b, double[] out, int from, int n) {
        for (int i = from; i < n; i++) {
            int holds = a[i] < b[i] ? 1 : 0;
            out[i] = holds;
        }
    }

    /** {@link Primitive#LESS_OR_EQUAL}. */
    protected void lessOrEqual(double[] a, double[] b, double[] out, int from, int n) {
        for (int i = from; i < n; i++) {
            int holds = a[i] <= b[i] ? 1 : 0;
            out[i] = holds;
        }
    }

    /** {@link Primitive#EQUAL}. */
    protected void equal(double[] a, double[] b, double[] out, int from, int n) {
        for (int i = from; i < n; i++) {
            int holds = a[i] == b[i] ? 1 : 0;
            out[i] = holds;
        }
    }

    /** {@link Primitive#SELECT}. */
    protected void select(double[] a, double[] b, double[] c, double[] out, int from, int n) {
        for (int i = from; i < n; i++) {
            long mask = a[i] != 0 ? -1L : 0L;
            long second = Double.doubleToRawLongBits(b[i]) & mask;
            out[i] = Double.longBitsToDouble(second | (Double.doubleToRawLongBits(c[i]) & ~mask));
        }
    }

    /** {@link Primitive#MIN}. */
    protected void min(double[] a, double[] b, double[] out, int from, int n) {
        for (int i = from; i < n; i++) {
            out[i] = Math.min(a[i], b[i]);
        }
    }

    /** {@link Primitive#MAX}. */
    protected void max(double[] a, double[] b, double[] out, int from, int n) {
        for (int i = from; i < n; i++) {
            out[i] = Math.max(a[i], b[i]);
        }
    }

    /** {@link Exponential#exp(double, double, double)}. */
    protected void exp(double[] x, double[] rounded, double[] rest, double[] out, int from, int n) {
        for (int i = from; i < n; i++) {
            out[i] = Exponential.exp(x[i], rounded[i], rest[i]);
        }
    }

    /** {@link Exponential#expm1(double, double, double)}. */
    protected void expm1(double[] x, double[] rounded, double[] rest, double[] out, int from, int n) {
        for (int i = from; i < n; i++) {
            out[i] = Exponential.expm1(x[i], rounded[i], rest[i]);
        }
    }

    /** {@link Exponential#signedExpm1}. */
    protected void signedExpm1(double[] x, double[] rounded, double[] rest, double[] out, int from, int n) {
        for (int i = from; i < n; i++) {
            out[i] = Exponential.signedExpm1(x[i], rounded[i], rest[i]);
        }
    }

    /** {@link Logarithm#power} and {@link Logarithm#fraction}; the first may be written where {@code x} is. */
    protected void takeApart(double[] x, double[] power, double[] fraction, int from, int n) {
        for (int i = from; i < n; i++) {
            double v = x[i];
            power[i] = Logarithm.power(v);
            fraction[i] = Logarithm.fraction(v);
        }
    }

    /** {@link Logarithm#log1p(double, double, double)}. */
    protected void log1p(double[] x, double[] log, double[] correction, double[] out, int from, int n) {
        for (int i = from; i < n; i++) {
            out[i] = Logarithm.log1p(x[i], log[i], correction[i]);
        }
    }
}
