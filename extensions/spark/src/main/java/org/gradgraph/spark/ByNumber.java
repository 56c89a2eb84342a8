package org.gradgraph.spark;

import org.apache.spark.Partitioner;

/** Sends a pair to the partition whose number is its key. */
final class ByNumber extends Partitioner {
    private static final long serialVersionUID = 1;
    private final int partitions;

    ByNumber(int partitions) {
        this.partitions = partitions;
    }

    @Override
    public int numPartitions() {
        return partitions;
    }

    @Override
    public int getPartition(Object key) {
        return (Integer) key;
    }
}
