package org.gradgraph.exec.plan;

import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.kernel.Kernels;
import org.gradgraph.exec.kernel.MatrixProduct;
import org.gradgraph.exec.thread.WorkerPool;

/** A matrix product; threads share its strips. Partial results are summed as a fixed tree. */
final class ProductStep implements Step, WorkerPool.Work {
    /** How many multiplications of a product take as long as one in a loop over arrays. */
    private static final int TOGETHER = 5;

    /** A thread that comes late still finds something to do. */
    private static final int UNITS_EACH = 4;

    private final DMatrixRMaj a;
    private final DMatrixRMaj b;
    private final DMatrixRMaj c;
    private final MatrixProduct[] products;
    private final WorkerPool workers;
    private final int units;
    private final int partials;
    private final double[] sums;
    private final Folder adder;
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
            WorkerPool workers) {
        this.a = a;
        this.b = b;
        this.c = c;
        this.workers = workers;
        boolean shared = workers.areWorth((long) c.numRows * c.numCols * inner / TOGETHER);
        MatrixProduct first = kernels.product(c.numRows, c.numCols, inner, transposeA, transposeB);
        this.units = shared ? Math.min(UNITS_EACH * workers.count(), first.strips()) : 1;
        this.products = new MatrixProduct[units > 1 ? workers.count() : 1];
        products[0] = first;
        for (int i = 1; i < products.length; i++) {
            products[i] = kernels.product(c.numRows, c.numCols, inner, transposeA, transposeB);
        }
        this.partials = first.partials();
        this.adder = Folder.sum(kernels);
        this.sums = new double[partials == 1 ? 0 : partials * c.getNumElements()];
        this.text = "product " + (transposeA ? "aᵀ" : "a") + "·" + (transposeB ? "bᵀ" : "b") + " with inner side "
                + inner + ", " + first.name()
                + (units > 1 ? ", " + Math.min(units, products.length) + " threads" : "");
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
        if (partials > 1) {
            adder.tree(sums, 0, partials, c.getNumElements());
            System.arraycopy(sums, 0, c.data, 0, c.getNumElements());
        }
    }

    @Override
    public void unit(int unit, int worker) {
        MatrixProduct product = products[worker];
        long strips = product.strips();
        double[] target = partials == 1 ? c.data : sums;
        product.run(left, right, target, (int) (strips * unit / units), (int) (strips * (unit + 1) / units));
    }

    @Override
    public String describe() {
        return text;
    }
}
