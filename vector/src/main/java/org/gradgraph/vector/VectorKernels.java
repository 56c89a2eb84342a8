package org.gradgraph.vector;

import org.gradgraph.exec.kernel.Kernels;
import org.gradgraph.exec.kernel.Loops;
import org.gradgraph.exec.kernel.MatrixProduct;
import org.gradgraph.exec.kernel.PortableKernels;

/**
 * Kernels that use the vector instructions of the processor.
 *
 * <p>This class itself needs no incubating module, so that it can be asked whether the others can be used.
 *
 * <pre>{@code
 * java --add-modules jdk.incubator.vector ...        // a program that has this jar now uses them
 * }</pre>
 */
public final class VectorKernels implements Kernels {
    /** Multiplications. */
    private static final long WORTH_VECTORS = 32_768;

    /** With more rows it is worth while to transpose a matrix. */
    private static final int FEW = 2;

    private final Kernels portable = new PortableKernels();

    @Override
    public String name() {
        return isAvailable() ? Lanes.NAME : "vector";
    }

    @Override
    public boolean isAvailable() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    }

    @Override
    public Loops loops(int longest) {
        return new VectorLoops(longest);
    }

    @Override
    public double sum(double[] x, int from, int n) {
        return portable.sum(x, from, n);
    }

    @Override
    public void add(double[] x, int from, double[] sum, int to, int n) {
        portable.add(x, from, sum, to, n);
    }

    /** A small product is done by plain loops before vectors are packed, and is no slower there. */
    @Override
    public MatrixProduct product(int rows, int columns, int inner, boolean transposeA, boolean transposeB) {
        if ((long) rows * columns * inner < WORTH_VECTORS) {
            return portable.product(rows, columns, inner, transposeA, transposeB);
        }
        boolean areRows = (!transposeA || rows == 1) && (transposeB || columns == 1);
        if (areRows && Math.min(rows, columns) <= FEW) {
            return new RowDots(rows, columns, inner);
        }
        if (rows == 1 || columns == 1) {
            return new RowSum(Math.max(rows, columns), inner, columns == 1);
        }
        return new PackedProduct(rows, columns, inner, transposeA, transposeB);
    }
}
