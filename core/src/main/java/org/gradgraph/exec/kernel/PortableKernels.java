package org.gradgraph.exec.kernel;

/**
 * Plain Java loops, written so that the compiler of the virtual machine can vectorise them.
 *
 * <pre>{@code
 * Kernels kernels = new PortableKernels();
 * }</pre>
 */
public final class PortableKernels implements Kernels {
    /** With more rows it is worth while to transpose a matrix. */
    private static final int FEW = 4;

    @Override
    public String name() {
        return "portable";
    }

    @Override
    public boolean isAvailable() {
        return true;
    }

    @Override
    public Loops loops(int longest) {
        return new PortableLoops(new BitLoops(), longest);
    }

    @Override
    public void add(double[] x, int from, double[] sum, int to, int n) {
        for (int i = 0; i < n; i++) {
            sum[to + i] += x[from + i];
        }
    }

    /** Eight running sums, which are then added in pairs. */
    @Override
    public double sum(double[] x, int from, int n) {
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

    @Override
    public MatrixProduct product(int rows, int columns, int inner, boolean transposeA, boolean transposeB) {
        boolean areRows = (!transposeA || rows == 1) && (transposeB || columns == 1);
        if (areRows && Math.min(rows, columns) <= FEW) {
            return new DotProducts(rows, columns, inner);
        }
        if (rows == 1 || columns == 1) {
            return new RowCombination(Math.max(rows, columns), inner, columns == 1);
        }
        return new BlockedProduct(rows, columns, inner, transposeA, transposeB);
    }
}
