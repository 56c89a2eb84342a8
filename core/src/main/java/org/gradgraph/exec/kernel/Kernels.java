package org.gradgraph.exec.kernel;

/**
 * Loops over arrays: the primitives, the sum, and the matrix product; in plain Java, which the compiler of the virtual
 * machine vectorises.
 *
 * <p>A subclass may be faster, and gives the same bits: the order of every sum depends on its shape alone, neither on the
 * processor nor on the width of its vectors. Non-finite values propagate as IEEE 754 says for that order.
 *
 * <ul>
 *   <li>{@link #sum Sum} of n elements: below 8 from left to right. Else eight partial sums, of which the l-th is x[l] +
 *       x[l + 8] + x[l + 16] + … while there are eight more; then ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7)), and
 *       what is left from left to right.
 *   <li>Product of m rows and at most {@value #FEW} columns, or the other way round: parts of {@value #CHUNK} terms, which
 *       are added in pairs, pairs of pairs and so on. If there are fewer than {@value #LONG} terms, or {@value #LONG} ≤ m
 *       and more terms than m, a part is one chain of fused multiply-adds in the order of k that starts at 0. Else it is
 *       eight chains, the l-th over k = l, l + 8, l + 16, …, combined as above.
 *   <li>Any other product: one chain of fused multiply-adds in the order of k that starts at 0.
 * </ul>
 *
 * <p>It is stateless and may be used by several threads; the {@link Loops} and {@link MatrixProduct}s it makes have scratch
 * memory and belong to one thread each. The same work may be split in any way. Subclasses are found as services.
 *
 * <pre>{@code
 * kernels.loops(n).run(Primitive.EXP, x, x, x, out, n);          // out = exp(x)
 * }</pre>
 */
public class Kernels {
    /** A product with so few rows or columns waits for memory. */
    private static final int FEW = 4;

    /** Rows so short are copied before they are combined. */
    private static final int NARROW = 8;

    /** Terms of a sum that is worth several running sums, and as many sums that are enough to have one each. */
    private static final int LONG = 32;

    /** Terms of a part of a long sum. */
    static final int CHUNK = 256;

    /** The portable kernels. */
    public Kernels() {}

    /** The name that {@code explain()} prints. */
    public String name() {
        return "portable";
    }

    /** Whether this virtual machine can run it; asked before anything else. */
    public boolean isAvailable() {
        return true;
    }

    /**
     * New loops over blocks of at most {@code longest} elements, for one thread.
     *
     * @param longest the length of the longest block
     */
    public Loops loops(int longest) {
        return new Loops(longest);
    }

    /** The sum of {@code n} elements, in the order given above. */
    public final double sum(double[] x, int from, int n) {
        if (n < 8) {
            double total = x[from];
            for (int i = 1; i < n; i++) {
                total += x[from + i];
            }
            return total;
        }
        double s0 = x[from];
        double s1 = x[from + 1];
        double s2 = x[from + 2];
        double s3 = x[from + 3];
        double s4 = x[from + 4];
        double s5 = x[from + 5];
        double s6 = x[from + 6];
        double s7 = x[from + 7];
        int i = from + 8;
        for (int end = from + n - 7; i < end; i += 8) {
            s0 += x[i];
            s1 += x[i + 1];
            s2 += x[i + 2];
            s3 += x[i + 3];
            s4 += x[i + 4];
            s5 += x[i + 5];
            s6 += x[i + 6];
            s7 += x[i + 7];
        }
        double total = ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
        for (; i < from + n; i++) {
            total += x[i];
        }
        return total;
    }

    /**
     * Adds {@code n} elements to as many others.
     *
     * @param x what is added, read from index {@code from}
     * @param sum what it is added to, modified from index {@code to}
     */
    public final void add(double[] x, int from, double[] sum, int to, int n) {
        for (int i = 0; i < n; i++) {
            sum[to + i] += x[from + i];
        }
    }

    /**
     * The matrix product for one size. Its bits do not depend on how the operands are stored.
     *
     * @param rows the rows of the result
     * @param columns the columns of the result
     * @param inner the length of the sums
     * @param transposeA whether the left operand is stored as its transpose, inner×rows
     * @param transposeB whether the right operand is stored as its transpose, columns×inner
     */
    public final MatrixProduct product(int rows, int columns, int inner, boolean transposeA, boolean transposeB) {
        int many = Math.max(rows, columns);
        if (Math.min(rows, columns) > FEW) {
            return blocks(rows, columns, inner, transposeA, transposeB);
        }
        boolean areRows = columns > rows ? transposeB : !transposeA;
        return areRows || many <= NARROW
                ? dots(rows, columns, inner, transposeA, transposeB)
                : combination(rows, columns, inner, transposeA, transposeB);
    }

    /** How many running sums there are of a chunk of a sum in a product of few rows or columns: 1 or 8. */
    static int running(int many, int inner) {
        return inner < LONG || (LONG <= many && many < inner) ? 1 : 8;
    }

    /** How many parts there are of a sum in a product of few rows or columns. */
    static int chunks(int inner) {
        return -Math.floorDiv(-inner, CHUNK);
    }

    /** Few rows or columns, the others stored as rows; see {@link #product}. */
    protected MatrixProduct dots(int rows, int columns, int inner, boolean transposeA, boolean transposeB) {
        return new DotProducts(rows, columns, inner, transposeA, transposeB);
    }

    /** Few rows or columns, the others stored as columns; see {@link #product}. */
    protected MatrixProduct combination(int rows, int columns, int inner, boolean transposeA, boolean transposeB) {
        return new RowCombination(rows, columns, inner, transposeA, transposeB);
    }

    /** Any other product; see {@link #product}. */
    protected MatrixProduct blocks(int rows, int columns, int inner, boolean transposeA, boolean transposeB) {
        return new BlockedProduct(rows, columns, inner, transposeA, transposeB);
    }
}
