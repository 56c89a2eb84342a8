package org.gradgraph.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.batch.TreeSum;

/** Computes a cost and its gradient by one pass over the data: one Spark job. */
final class ClusterPass {
    private final Broadcast<Replica> replica;
    private final int length;
    private final List<Examples> tables = new ArrayList<>();
    private final double[] lastSums;
    private double[] lastPoint = {};
    private long count;

    ClusterPass(JavaSparkContext context, Replica replica, int length) {
        this.replica = context.broadcast(replica);
        this.length = length;
        this.lastSums = new double[length];
    }

    /** How many numbers a pass computes. */
    int length() {
        return length;
    }

    Broadcast<Replica> replica() {
        return replica;
    }

    /** The number that stands for the next table. */
    synchronized int nextTable() {
        return tables.size();
    }

    synchronized void add(Examples examples) {
        tables.add(examples);
    }

    synchronized long count() {
        return count;
    }

    /**
     * Sums shares and gradients; the result at the last point is remembered, since trainers and objectives each ask for it.
     *
     * @param inputs the number of the table, the weights of its blocks, the number of examples, and all other leaves
     * @param out the cost, then the gradients, modified
     */
    synchronized void compute(List<DMatrixRMaj> inputs, double[] out) {
        double[] asked = joined(inputs);
        if (!Arrays.equals(asked, lastPoint)) {
            lastPoint = new double[0];
            PassPoint point = new PassPoint(
                    joined(inputs.subList(3, inputs.size())), inputs.get(2).get(0), joined(inputs.subList(1, 2)));
            sum(tables.get((int) inputs.get(0).get(0)), point).total(lastSums);
            lastPoint = asked;
            count++;
        }
        System.arraycopy(lastSums, 0, out, 0, length);
    }

    private TreeSum sum(Examples examples, PassPoint point) {
        Broadcast<Replica> model = replica;
        TreeSum sum = new TreeSum(length);
        examples.blocks()
                .mapPartitions(blocks -> PartialSum.of(model.value().program().sum(blocks, point)))
                .collect()
                .forEach(partial -> sum.add(partial.partial()));
        return sum;
    }

    static double[] joined(List<DMatrixRMaj> matrices) {
        int size = matrices.stream().mapToInt(DMatrixRMaj::getNumElements).sum();
        double[] all = new double[size];
        int at = 0;
        for (DMatrixRMaj matrix : matrices) {
            System.arraycopy(matrix.data, 0, all, at, matrix.getNumElements());
            at += matrix.getNumElements();
        }
        return all;
    }
}
