package org.gradgraph.vector;

import org.gradgraph.exec.kernel.Kernels;
import org.gradgraph.exec.kernel.Loops;
import org.gradgraph.exec.kernel.MatrixProduct;
import org.gradgraph.exec.kernel.PortableLoops;

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
    @Override
    public String name() {
        return isAvailable() ? "vector of " + Lanes.BITS + " bits" : "vector";
    }

    @Override
    public boolean isAvailable() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    }

    @Override
    public Loops loops(int longest) {
        return new PortableLoops(new VectorBits(), longest);
    }

    @Override
    public double sum(double[] x, int from, int n) {
        return Sums.sum(x, from, n);
    }

    @Override
    public void add(double[] x, int from, double[] sum, int to, int n) {
        Sums.add(x, from, sum, to, n);
    }

    /** Rows, columns and very small products are bound by memory or by the call, not by arithmetic. */
    @Override
    public MatrixProduct product(int rows, int columns, int inner, boolean transposeA, boolean transposeB) {
        if (columns == 1 && !transposeA) {
            return new RowDots(rows, inner, false);
        }
        if (rows == 1 && transposeB) {
            return new RowDots(columns, inner, true);
        }
        if (columns == 1) {
            return new RowSum(rows, inner, true);
        }
        if (rows == 1) {
            return new RowSum(columns, inner, false);
        }
        return new PackedProduct(rows, columns, inner, transposeA, transposeB);
    }
}
