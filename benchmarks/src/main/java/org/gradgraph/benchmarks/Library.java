package org.gradgraph.benchmarks;

import org.gradgraph.benchmarks.djl.Torch;
import org.gradgraph.benchmarks.gradgraph.Models;
import org.gradgraph.benchmarks.nd4j.SameDiffStep;
import org.gradgraph.benchmarks.plain.Plain;
import org.gradgraph.benchmarks.step.Contestant;
import org.gradgraph.benchmarks.step.Workload;

/** What computes a workload inside a virtual machine. */
enum Library {
    GRADGRAPH {
        @Override
        Contestant start(Workload workload, int threads) {
            return Models.of(workload, threads);
        }
    },
    PLAIN {
        @Override
        Contestant start(Workload workload, int threads) {
            return Plain.of(workload);
        }
    },
    DJL {
        @Override
        Contestant start(Workload workload, int threads) {
            return Torch.of(workload);
        }
    },
    ND4J {
        @Override
        Contestant start(Workload workload, int threads) {
            return SameDiffStep.of(workload, threads);
        }
    };

    /** A new contestant with its data, before its first step. */
    abstract Contestant start(Workload workload, int threads);
}
