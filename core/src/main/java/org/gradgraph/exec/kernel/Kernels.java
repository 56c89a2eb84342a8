package org.gradgraph.exec.kernel;

import org.gradgraph.graph.Primitive;

/**
 * A set of loops over arrays: the primitives, the sum, and the matrix product.
 *
 * <p>It is stateless and may be used by several threads. Non-finite values propagate as IEEE 754 says, and the result of
 * an element depends neither on its place nor on its neighbours, so that the same work may be split in any way. Sets are
 * found as services; the portable one is always there.
 *
 * <pre>{@code
 * kernels.apply(Primitive.EXP, x, 0, x, 0, x, 0, out, 0, n);          // out = exp(x)
 * }</pre>
 */
public interface Kernels {
    /** The name that {@code explain()} prints. */
    String name();

    /** Whether this virtual machine can run it; asked before anything else. */
    boolean isAvailable();

    /**
     * Applies a primitive to {@code n} elements; {@code out} may be an operand at the same offset.
     *
     * @param a the first operand, read from index {@code ai}
     * @param b the second operand, read from index {@code bi}
     * @param c the third operand, read from index {@code ci}
     * @param out the result, modified from index {@code oi}
     */
    void apply(
            Primitive primitive,
            double[] a,
            int ai,
            double[] b,
            int bi,
            double[] c,
            int ci,
            double[] out,
            int oi,
            int n);

    /** The sum of {@code n} elements, in an order that depends on {@code n} alone. */
    double sum(double[] x, int from, int n);

    /**
     * The matrix product for one size.
     *
     * @param rows the rows of the result
     * @param columns the columns of the result
     * @param inner the length of the sums
     * @param transposeA whether the left operand is stored as its transpose, inner×rows
     * @param transposeB whether the right operand is stored as its transpose, columns×inner
     */
    MatrixProduct product(int rows, int columns, int inner, boolean transposeA, boolean transposeB);
}
