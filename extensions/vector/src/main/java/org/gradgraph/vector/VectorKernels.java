package org.gradgraph.vector;

import org.gradgraph.exec.kernel.Kernels;
import org.gradgraph.exec.kernel.Loops;
import org.gradgraph.exec.kernel.MatrixProduct;

/**
 * Kernels that use the vector instructions of the processor.
 *
 * <p>This class itself needs no incubating module, so that it can be asked whether the others can be used.
 *
 * <pre>{@code
 * java --add-modules jdk.incubator.vector ...        // a program that has this jar now uses them
 * }</pre>
 */
public final class VectorKernels extends Kernels {
    /** Multiplications; a smaller product is done by plain loops before vectors are packed, and is no slower there. */
    private static final long WORTH_VECTORS = 32_768;

    @Override
    public String name() {
        return isAvailable() ? Lanes.NAME : "vector";
    }

    @Override
    public boolean isAvailable() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent() && Lanes.WIDTH > 1;
    }

    @Override
    public Loops loops(int longest) {
        return new VectorLoops(longest);
    }

    @Override
    protected MatrixProduct dots(int rows, int columns, int inner, boolean transposeA, boolean transposeB) {
        return (long) rows * columns * inner < WORTH_VECTORS
                ? super.dots(rows, columns, inner, transposeA, transposeB)
                : new RowDots(rows, columns, inner, transposeA, transposeB);
    }

    @Override
    protected MatrixProduct combination(int rows, int columns, int inner, boolean transposeA, boolean transposeB) {
        return (long) rows * columns * inner < WORTH_VECTORS
                ? super.combination(rows, columns, inner, transposeA, transposeB)
                : new RowSum(rows, columns, inner, transposeA, transposeB);
    }

    @Override
    protected MatrixProduct blocks(int rows, int columns, int inner, boolean transposeA, boolean transposeB) {
        return (long) rows * columns * inner < WORTH_VECTORS
                ? super.blocks(rows, columns, inner, transposeA, transposeB)
                : new PackedProduct(rows, columns, inner, transposeA, transposeB);
    }
}
