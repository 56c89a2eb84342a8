package org.gradgraph.exec.plan;

import java.util.Arrays;
import org.gradgraph.exec.plan.GraphAnalysis.Phase;

/** Nodes that one step computes. */
final class Group {
    private final Phase phase;
    private int[] members = new int[1];
    private int size;

    Group(Phase phase) {
        this.phase = phase;
    }

    Phase phase() {
        return phase;
    }

    void add(int node) {
        if (size == members.length) {
            members = Arrays.copyOf(members, 2 * size);
        }
        members[size++] = node;
    }

    int size() {
        return size;
    }

    /** The nodes, operands first. */
    int member(int place) {
        return members[place];
    }
}
