package org.gradgraph.exec.plan;

import java.util.ArrayList;
import java.util.List;
import org.gradgraph.exec.plan.GraphAnalysis.Phase;

/** Nodes that one step computes. */
final class Group {
    private final Phase phase;
    private final List<Integer> members = new ArrayList<>();

    Group(Phase phase) {
        this.phase = phase;
    }

    Phase phase() {
        return phase;
    }

    /** The nodes, operands first. */
    List<Integer> members() {
        return members;
    }
}
