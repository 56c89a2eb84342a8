package org.gradgraph.exec;

import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.kernel.Kernels;
import org.gradgraph.exec.kernel.MatrixProduct;

/** A matrix product; threads share its strips. */
final class ProductStep implements Step, Workers.Work {
    /** Below this many multiplications a product is done before another thread has woken up. */
    private static final long WORTH_SHARING = 100_000;

    private final DMatrixRMaj a;
    private final DMatrixRMaj b;
    private final DMatrixRMaj c;
    private final MatrixProduct[] products;
    private final Workers workers;
    private final int units;
    private final String text;
    private double[] left = {};
    private double[] right = {};

    ProductStep(
            DMatrixRMaj a,
            DMatrixRMaj b,
            DMatrixRMaj c,
            int inner,
            boolean transposeA,
            boolean transposeB,
            Kernels kernels,
            Workers workers) {
        this.a = a;
        this.b = b;
        this.c = c;
        this.workers = workers;
        boolean shared = workers.count() > 1 && (long) c.numRows * c.numCols * inner >= WORTH_SHARING;
        this.products = new MatrixProduct[shared ? workers.count() : 1];
        for (int i = 0; i < products.length; i++) {
            products[i] = kernels.product(c.numRows, c.numCols, inner, transposeA, transposeB);
        }
        this.units = Math.min(products.length, products[0].strips());
        this.text = "product " + (transposeA ? "aᵀ" : "a") + "·" + (transposeB ? "bᵀ" : "b") + " with inner side "
                + inner + ", " + kernels.name() + (units > 1 ? ", " + units + " threads" : "");
        bind();
    }

    @Override
    public void bind() {
        left = a.data;
        right = b.data;
    }

    @Override
    public void run() {
        if (units == 1) {
            unit(0, 0);
        } else {
            workers.share(this, units);
        }
    }

    @Override
    public void unit(int unit, int worker) {
        MatrixProduct product = products[worker];
        long strips = product.strips();
        product.run(left, right, c.data, (int) (strips * unit / units), (int) (strips * (unit + 1) / units));
    }

    @Override
    public String describe() {
        return text;
    }
}
