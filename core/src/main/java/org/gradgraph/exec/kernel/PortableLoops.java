package org.gradgraph.exec.kernel;

import org.gradgraph.graph.Primitive;

/**
 * Plain Java loops; a primitive that has none here keeps its own.
 *
 * <pre>{@code
 * Loops loops = new PortableLoops(new BitLoops(), 512);
 * }</pre>
 */
public final class PortableLoops implements Loops {
    private final BitLoops bits;
    private final ExponentialLoops exponentials;
    private final LogarithmLoops logarithms;

    /**
     * Loops over blocks.
     *
     * @param bits those that a compiler does not make faster
     * @param longest the length of the longest block
     */
    public PortableLoops(BitLoops bits, int longest) {
        this.bits = bits;
        this.exponentials = new ExponentialLoops(bits, longest);
        this.logarithms = new LogarithmLoops(bits, longest);
    }

    @Override
    public void run(Primitive primitive, double[] a, double[] b, double[] c, double[] out, int n) {
        switch (primitive) {
            case COPY -> System.arraycopy(a, 0, out, 0, n);
            case NEGATE -> ArithmeticLoops.negate(a, out, n);
            case ABS -> ArithmeticLoops.abs(a, out, n);
            case SQRT -> ArithmeticLoops.sqrt(a, out, n);
            case ADD -> ArithmeticLoops.add(a, b, out, n);
            case SUBTRACT -> ArithmeticLoops.subtract(a, b, out, n);
            case MULTIPLY -> ArithmeticLoops.multiply(a, b, out, n);
            case DIVIDE -> ArithmeticLoops.divide(a, b, out, n);
            case FMA -> ArithmeticLoops.fma(a, b, c, out, n);
            case MIN -> bits.min(a, b, out, 0, n);
            case MAX -> bits.max(a, b, out, 0, n);
            case LESS -> bits.less(a, b, out, 0, n);
            case LESS_OR_EQUAL -> bits.lessOrEqual(a, b, out, 0, n);
            case EQUAL -> bits.equal(a, b, out, 0, n);
            case SELECT -> bits.select(a, b, c, out, 0, n);
            case EXP -> exponentials.exp(a, out, n);
            case EXPM1 -> exponentials.expm1(a, out, n);
            case TANH -> exponentials.tanh(a, out, n);
            case LOG -> logarithms.log(a, out, n);
            case LOG1P -> logarithms.log1p(a, out, n);
            default -> primitive.run(a, 0, b, 0, c, 0, out, 0, n);
        }
    }
}
