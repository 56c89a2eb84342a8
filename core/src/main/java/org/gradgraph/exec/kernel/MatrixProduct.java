package org.gradgraph.exec.kernel;

/**
 * A matrix product of one size, cut into strips that may be computed apart.
 *
 * <p>Every strip has the same bits, whoever computes it and with which other strips. A product has scratch memory of its
 * own: one thread at a time may use it, and it allocates nothing when it runs.
 *
 * <pre>{@code
 * MatrixProduct product = kernels.product(3, 4, 5, false, false);
 * double[] c = new double[product.partials() * 3 * 4];
 * product.run(a, b, c, 0, product.strips());        // c = a·b, or parts of the sum, see partials()
 * }</pre>
 */
public interface MatrixProduct {
    /** The name of the kernel, which may be another one for small sizes. */
    default String name() {
        return "portable";
    }

    /** How many strips the result has. */
    int strips();

    /**
     * How many results there are to be added up.
     *
     * <p>They are written to {@code c} one after the other. Who calls adds them up: pairs, pairs of pairs and so on.
     */
    default int partials() {
        return 1;
    }

    /**
     * Computes some strips of the result.
     *
     * @param a the left operand, by rows
     * @param b the right operand, by rows
     * @param c the result, by rows, or the partial results one after the other; modified, and none of the operands
     * @param from the first strip
     * @param to the strip after the last
     */
    void run(double[] a, double[] b, double[] c, int from, int to);
}
