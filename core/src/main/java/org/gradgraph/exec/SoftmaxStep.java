package org.gradgraph.exec;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.kernel.Kernels;
import org.gradgraph.exec.kernel.Loops;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.Primitive;
import org.gradgraph.graph.ReductionOps.Over;
import org.gradgraph.graph.SoftmaxOps.LogSoftmax;
import org.gradgraph.graph.SoftmaxOps.LogSumExp;
import org.gradgraph.graph.SoftmaxOps.Softmax;

/**
 * A softmax, its logarithm, or the logarithm of a sum of exponentials, by the loops of the kernels.
 *
 * <p>The same computation as in {@link org.gradgraph.graph.SoftmaxOps}, along the rows of the array whatever is summed:
 * nothing overflows, and the exponential of the first largest element, which is 1 and would hide small ones, is left out of
 * the sum before a logarithm.
 */
final class SoftmaxStep implements Step {
    private final Op op;
    private final boolean isShare;
    private final boolean isReduced;
    private final Over over;
    private final boolean orZero;
    private final DMatrixRMaj x;
    private final DMatrixRMaj out;
    private final Kernels kernels;
    private final Loops loops;

    /** One number for each lane: its largest element, where that is first found, and the sum of exponentials. */
    private final double[] largest;

    private final int[] firstLargest;
    private final double[] sum;

    /** The exponentials; the result itself where it is as large. */
    private final double[] powers;

    private final double[] row;
    private final double[] repeated;

    /**
     * A step for an operation that it {@link #computes}.
     *
     * @param x the operand
     * @param out the result
     */
    SoftmaxStep(Op op, DMatrixRMaj x, DMatrixRMaj out, Kernels kernels) {
        this.op = op;
        this.x = x;
        this.out = out;
        this.kernels = kernels;
        this.isShare = op instanceof Softmax;
        this.isReduced = op instanceof LogSumExp;
        this.orZero = op instanceof Softmax softmax && softmax.orZero();
        this.over = over(op);
        int lanes = over == Over.ALL ? 1 : over == Over.EACH_ROW ? x.numRows : x.numCols;
        this.loops = kernels.loops(x.numCols);
        this.largest = new double[lanes];
        this.firstLargest = new int[lanes];
        this.sum = new double[lanes];
        this.powers = isReduced ? new double[x.getNumElements()] : out.data;
        this.row = new double[x.numCols];
        this.repeated = new double[x.numCols];
    }

    static boolean computes(Op op) {
        return op instanceof Softmax || op instanceof LogSoftmax || op instanceof LogSumExp;
    }

    private static Over over(Op op) {
        if (op instanceof Softmax softmax) {
            return softmax.over();
        }
        return op instanceof LogSoftmax softmax ? softmax.over() : ((LogSumExp) op).over();
    }

    private int lane(int i, int j) {
        return over == Over.ALL ? 0 : over == Over.EACH_ROW ? i : j;
    }

    @Override
    public void run() {
        findLargest();
        for (int i = 0; i < x.numRows; i++) {
            lessLargest(i);
            loops.run(Primitive.EXP, row, row, row, row, x.numCols);
            System.arraycopy(row, 0, powers, i * x.numCols, x.numCols);
        }
        if (!isShare) {
            leaveOutLargest();
        }
        addUp();
        if (isShare) {
            divide();
        } else {
            takeLogarithms();
        }
    }

    private void findLargest() {
        Arrays.fill(largest, Double.NEGATIVE_INFINITY);
        for (int i = 0; i < x.numRows; i++) {
            for (int j = 0; j < x.numCols; j++) {
                int lane = lane(i, j);
                double value = x.data[i * x.numCols + j];
                if (value > largest[lane] || Double.isNaN(value)) {
                    largest[lane] = value;
                    firstLargest[lane] = i * x.numCols + j;
                }
            }
        }
    }

    /** One row less the largest elements of its lanes. */
    private void lessLargest(int i) {
        System.arraycopy(x.data, i * x.numCols, row, 0, x.numCols);
        loops.run(Primitive.SUBTRACT, row, lanesOfRow(largest, i), row, row, x.numCols);
    }

    private double[] lanesOfRow(double[] ofLanes, int i) {
        if (over == Over.EACH_COLUMN) {
            return ofLanes;
        }
        Arrays.fill(repeated, ofLanes[over == Over.ALL ? 0 : i]);
        return repeated;
    }

    private void leaveOutLargest() {
        for (int lane = 0; lane < largest.length; lane++) {
            if (Double.isFinite(largest[lane])) {
                powers[firstLargest[lane]] = 0;
            }
        }
    }

    private void addUp() {
        Arrays.fill(sum, 0);
        for (int i = 0; i < x.numRows; i++) {
            if (over == Over.EACH_COLUMN) {
                kernels.add(powers, i * x.numCols, sum, 0, x.numCols);
            } else {
                sum[over == Over.ALL ? 0 : i] += kernels.sum(powers, i * x.numCols, x.numCols);
            }
        }
    }

    private void divide() {
        for (int i = 0; i < x.numRows; i++) {
            System.arraycopy(out.data, i * x.numCols, row, 0, x.numCols);
            loops.run(Primitive.DIVIDE, row, lanesOfRow(sum, i), row, row, x.numCols);
            System.arraycopy(row, 0, out.data, i * x.numCols, x.numCols);
        }
        if (orZero) {
            clearNothing();
        }
    }

    private void takeLogarithms() {
        for (int lane = 0; lane < sum.length; lane++) {
            sum[lane] = Math.log1p(sum[lane]);
            if (isReduced) {
                out.data[lane] = Double.isInfinite(largest[lane]) ? largest[lane] : largest[lane] + sum[lane];
            }
        }
        for (int i = 0; i < x.numRows && !isReduced; i++) {
            lessLargest(i);
            loops.run(Primitive.SUBTRACT, row, lanesOfRow(sum, i), row, row, x.numCols);
            System.arraycopy(row, 0, out.data, i * x.numCols, x.numCols);
        }
    }

    /** Elements that are all −∞ have the share 0. */
    private void clearNothing() {
        for (int i = 0; i < x.numRows; i++) {
            for (int j = 0; j < x.numCols; j++) {
                if (largest[lane(i, j)] == Double.NEGATIVE_INFINITY) {
                    out.data[i * x.numCols + j] = 0;
                }
            }
        }
    }

    @Override
    public long transcendentals() {
        return (long) x.numRows * x.numCols;
    }

    @Override
    public String describe() {
        return op.label() + " over " + x.numRows + "×" + x.numCols + ", " + kernels.name();
    }
}
