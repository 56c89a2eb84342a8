package org.gradgraph.vector;

import org.gradgraph.exec.kernel.Kernels;
import org.gradgraph.exec.kernel.MatrixProduct;
import org.gradgraph.exec.kernel.PortableKernels;
import org.gradgraph.graph.Primitive;

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
    private final Kernels portable = new PortableKernels();

    @Override
    public String name() {
        return isAvailable() ? "vector of " + Lanes.BITS + " bits" : "vector";
    }

    @Override
    public boolean isAvailable() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    }

    /** What has no loop here keeps its portable one. */
    @Override
    public void apply(
            Primitive primitive,
            double[] a,
            int ai,
            double[] b,
            int bi,
            double[] c,
            int ci,
            double[] out,
            int oi,
            int n) {
        switch (primitive) {
            case EXP -> Elementary.exp(a, ai, out, oi, n);
            case EXPM1 -> Elementary.expm1(a, ai, out, oi, n);
            case LOG -> Elementary.log(a, ai, out, oi, n);
            case LOG1P -> Elementary.log1p(a, ai, out, oi, n);
            case TANH -> Elementary.tanh(a, ai, out, oi, n);
            default -> {
                int done = simple(primitive, a, ai, b, bi, c, ci, out, oi, n);
                portable.apply(primitive, a, ai + done, b, bi + done, c, ci + done, out, oi + done, n - done);
            }
        }
    }

    private static int simple(
            Primitive primitive,
            double[] a,
            int ai,
            double[] b,
            int bi,
            double[] c,
            int ci,
            double[] out,
            int oi,
            int n) {
        return switch (primitive) {
            case ADD -> Arithmetic.add(a, ai, b, bi, out, oi, n);
            case SUBTRACT -> Arithmetic.subtract(a, ai, b, bi, out, oi, n);
            case MULTIPLY -> Arithmetic.multiply(a, ai, b, bi, out, oi, n);
            case DIVIDE -> Arithmetic.divide(a, ai, b, bi, out, oi, n);
            case FMA -> Arithmetic.fma(a, ai, b, bi, c, ci, out, oi, n);
            case ABS -> Arithmetic.abs(a, ai, out, oi, n);
            case NEGATE -> Arithmetic.negate(a, ai, out, oi, n);
            case SQRT -> Arithmetic.sqrt(a, ai, out, oi, n);
            case LESS -> Arithmetic.less(a, ai, b, bi, out, oi, n);
            case SELECT -> Arithmetic.select(a, ai, b, bi, c, ci, out, oi, n);
            default -> 0;
        };
    }

    @Override
    public double sum(double[] x, int from, int n) {
        return Arithmetic.sum(x, from, n);
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
