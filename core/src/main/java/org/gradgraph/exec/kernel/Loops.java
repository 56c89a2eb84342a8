package org.gradgraph.exec.kernel;

import org.gradgraph.graph.Primitive;

/**
 * The primitives as loops over blocks, for one thread.
 *
 * <p>Every array is read and written from its first element: only then does the compiler of the virtual machine know that
 * two arrays do not overlap at a distance, and turns the loop into vector instructions. Loops may have scratch memory of
 * their own, and allocate nothing when they run.
 *
 * <pre>{@code
 * Loops loops = kernels.loops(512);
 * loops.run(Primitive.EXP, x, x, x, out, 512);          // out = exp(x)
 * }</pre>
 */
public interface Loops {
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
    void run(Primitive primitive, double[] a, double[] b, double[] c, double[] out, int n);
}
