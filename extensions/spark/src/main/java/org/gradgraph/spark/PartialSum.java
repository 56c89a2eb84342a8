package org.gradgraph.spark;

import java.io.Serializable;
import java.util.Iterator;
import org.gradgraph.batch.TreeSum;

/** A {@link TreeSum.Partial} that travels. */
final class PartialSum implements Serializable {
    private static final long serialVersionUID = 1;
    private final long first;
    private final long count;
    private final double[] sum;

    private PartialSum(TreeSum.Partial partial) {
        this.first = partial.first();
        this.count = partial.count();
        this.sum = partial.sum();
    }

    static Iterator<PartialSum> of(TreeSum sum) {
        return sum.partials().stream().map(PartialSum::new).iterator();
    }

    TreeSum.Partial partial() {
        return new TreeSum.Partial(first, count, sum);
    }
}
