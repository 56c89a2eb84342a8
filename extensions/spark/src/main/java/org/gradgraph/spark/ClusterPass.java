package org.gradgraph.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.batch.TreeSum;
import scala.Tuple2;

/** Computes a cost and its gradient by one pass over the data: one Spark job. */
final class ClusterPass {
    private final Broadcast<Replica> replica;
    private final int length;
    private final long treeFrom;
    private final List<Examples> tables = new ArrayList<>();
    private final double[] lastSums;
    private double[] lastPoint = {};
    private long count;

    /**
     * Passes over data.
     *
     * @param treeFrom from how many numbers, of all partitions together, executors add sums before the driver does
     */
    ClusterPass(JavaSparkContext context, Replica replica, int length, long treeFrom) {
        this.treeFrom = treeFrom;
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
        JavaRDD<PartialSum> sums = examples.blocks()
                .mapPartitions(blocks -> PartialSum.of(model.value().program().sum(blocks, point)));
        int partitions = sums.getNumPartitions();
        if (partitions > 2 && (long) partitions * length >= treeFrom) {
            sums = together(sums, (int) Math.ceil(Math.sqrt(partitions)));
        }
        return merged(sums.collect().iterator(), length);
    }

    /** Adds the sums of neighbouring partitions on executors, so that the driver receives fewer. */
    private JavaRDD<PartialSum> together(JavaRDD<PartialSum> sums, int neighbours) {
        int numbers = length;
        int groups = (sums.getNumPartitions() + neighbours - 1) / neighbours;
        return sums.<Tuple2<Integer, PartialSum>>mapPartitionsWithIndex(
                        (partition, partials) -> new Numbered(partition / neighbours, partials), true)
                .mapToPair(pair -> pair)
                .partitionBy(new ByNumber(groups))
                .values()
                .mapPartitions(partials -> PartialSum.of(merged(partials, numbers)));
    }

    private static TreeSum merged(Iterator<PartialSum> partials, int length) {
        TreeSum sum = new TreeSum(length);
        partials.forEachRemaining(partial -> sum.add(partial.partial()));
        return sum;
    }

    /** Partial sums, each with the same number. */
    private record Numbered(int number, Iterator<PartialSum> partials)
            implements Iterator<Tuple2<Integer, PartialSum>> {
        @Override
        public boolean hasNext() {
            return partials.hasNext();
        }

        @Override
        public Tuple2<Integer, PartialSum> next() {
            return new Tuple2<>(number, partials.next());
        }
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
