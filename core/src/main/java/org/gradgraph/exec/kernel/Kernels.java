package org.gradgraph.exec.kernel;

/**
 * A set of loops over arrays: the primitives, the sum, and the matrix product.
 *
 * <p>It is stateless and may be used by several threads; the {@link Loops} and {@link MatrixProduct}s it makes have scratch
 * memory and belong to one thread each. Non-finite values propagate as IEEE 754 says, and the result of an element depends
 * neither on its place nor on its neighbours, so that the same work may be split in any way. Sets are found as services;
 * the portable one is always there.
 *
 * <pre>{@code
 * kernels.loops(n).run(Primitive.EXP, x, x, x, out, n);          // out = exp(x)
 * }</pre>
 */
public interface Kernels {
    /** The name that {@code explain()} prints. */
    String name();

    /** Whether this virtual machine can run it; asked before anything else. */
    boolean isAvailable();

    /**
     * New loops over blocks of at most {@code longest} elements, for one thread.
     *
     * @param longest the length of the longest block
     */
    Loops loops(int longest);

    /** The sum of {@code n} elements, in an order that depends on {@code n} alone. */
    double sum(double[] x, int from, int n);

    /**
     * Adds {@code n} elements to as many others.
     *
     * @param x what is added, read from index {@code from}
     * @param sum what it is added to, modified from index {@code to}
     */
    void add(double[] x, int from, double[] sum, int to, int n);

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
