package org.gradgraph.benchmarks.plain;

import org.gradgraph.benchmarks.step.Contestant;
import org.gradgraph.benchmarks.step.Workload;

/** The workloads by hand, on one thread. */
public final class Plain {
    private Plain() {}

    /** A workload. */
    public static Contestant of(Workload workload) {
        return switch (workload) {
            case SCALAR -> new PlainScalar();
            case PLANAR -> new PlainPlanar();
            case LOGISTIC -> new PlainLogistic();
            case NETWORK -> new PlainNetwork();
            case CHAIN -> new PlainChain();
            case PRODUCT_512 -> new PlainProduct(512);
            case PRODUCT_1024 -> new PlainProduct(1024);
        };
    }
}
