package org.gradgraph.spark;

import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Node;

/** Gives a run what tasks receive. */
final class RowFeeder {
    private RowFeeder() {}

    /** The leaves without examples, whose values follow each other in one array. */
    static Feeds fixed(Leaves leaves, double[] point) {
        Feeds feeds = Feeds.none();
        int at = 0;
        for (Node leaf : leaves.fixed()) {
            double[] values = new double[Leaves.elements(leaf)];
            System.arraycopy(point, at, values, 0, values.length);
            feeds = feeds.and(
                    leaf, leaf.shape().rows().size(), leaf.shape().columns().size(), values);
            at += values.length;
        }
        return feeds;
    }

    /** The examples of a block. */
    static void feed(Run run, Leaves leaves, Block block) {
        for (int i = 0; i < leaves.inputs().size(); i++) {
            Column column = leaves.columns().get(i);
            int rows = column.isByRow() ? block.size() : column.length();
            int columns = column.isByRow() ? column.length() : block.size();
            run.set(leaves.inputs().get(i), rows, columns, block.input(i));
        }
    }
}
