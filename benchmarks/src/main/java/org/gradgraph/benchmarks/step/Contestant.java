package org.gradgraph.benchmarks.step;

import java.util.List;

/** One workload as one library does it. */
public interface Contestant extends AutoCloseable {
    /**
     * Makes one whole step.
     *
     * @return the cost before the step, or 0 if there is none
     */
    double step();

    /** What the last step left: the parameters where they are updated, else the gradients, or the product. */
    List<double[]> results();

    @Override
    default void close() {}
}
