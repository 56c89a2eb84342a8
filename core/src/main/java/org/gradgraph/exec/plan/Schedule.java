package org.gradgraph.exec.plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gradgraph.exec.plan.FusedCode.Outside;
import org.gradgraph.exec.plan.GraphAnalysis.Phase;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes are computed together, and in which order.
 *
 * <p>Elementwise nodes over one shape share a pass if they have the same level. The level of a node is one more than
 * that of the operands that must be complete before it starts; so nodes of one level never wait for each other, and
 * grouping them makes no cycle.
 */
final class Schedule {
    /** Longer passes would not keep their blocks in the first-level cache. */
    private static final int LONGEST = 64;

    /** Compared by plain methods, because those of a record are slow until they are compiled. */
    private record Kind(Phase phase, int level, int rows, int columns) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Kind that
                    && phase == that.phase
                    && level == that.level
                    && rows == that.rows
                    && columns == that.columns;
        }

        @Override
        public int hashCode() {
            return ((level * 31 + rows) * 31 + columns) * 31 + phase.hashCode();
        }
    }

    private final GraphAnalysis analysis;
    private final Guards guards;
    private final boolean fuses;
    private final @Nullable Group[] groupOf;
    private final int[] level;
    private final Map<Kind, Group> open = new HashMap<>();
    private final List<Group> order = new ArrayList<>();
    private final Set<Group> entered = Collections.newSetFromMap(new IdentityHashMap<>());

    Schedule(GraphAnalysis analysis, Guards guards, boolean fuses) {
        this.analysis = analysis;
        this.guards = guards;
        this.fuses = fuses;
        this.groupOf = new Group[analysis.size()];
        this.level = new int[analysis.size()];
        List<Group> all = new ArrayList<>();
        for (int i = 0; i < groupOf.length; i++) {
            if (analysis.isNeeded(i) && !analysis.isLeaf(i)) {
                place(i, all);
            }
        }
        Visit visit = new Visit();
        for (Phase phase : Phase.values()) {
            for (Group group : all) {
                if (group.phase() == phase) {
                    visit.from(group);
                }
            }
        }
    }

    /** The groups in an order in which they can run, phase by phase. */
    List<Group> groups() {
        return order;
    }

    /** Whether both nodes are computed by the same step. */
    boolean together(int i, int k) {
        return groupOf[i] == groupOf[k] && groupOf[i] != null;
    }

    private void place(int i, List<Group> all) {
        boolean fusable = analysis.isFusable(i);
        level[i] = Math.max(fusable ? fusedLevel(i) : levelAfter(i), levelAfterConditions(i));
        Group group;
        if (fusable && fuses) {
            int domain = analysis.domain(i);
            Kind kind = new Kind(analysis.phase(i), level[i], analysis.rows(domain), analysis.columns(domain));
            group = open.get(kind);
            if (group == null || (group.size() >= LONGEST && analysis.elements(domain) > 1)) {
                group = new Group(analysis.phase(i));
                open.put(kind, group);
                all.add(group);
            }
        } else {
            group = new Group(analysis.phase(i));
            all.add(group);
        }
        group.add(i);
        groupOf[i] = group;
    }

    private int levelAfter(int i) {
        int result = 0;
        for (int k = 0; k < analysis.readCount(i); k++) {
            int source = analysis.read(i, k);
            result = Math.max(result, isEarlier(source, i) ? 0 : level[source] + 1);
        }
        return result;
    }

    private int levelAfterConditions(int i) {
        int result = 0;
        for (int condition : guards.conditions(i)) {
            result = Math.max(result, isEarlier(condition, i) ? 0 : level[condition] + 1);
        }
        return result;
    }

    private int fusedLevel(int i) {
        int result = 0;
        for (int k = 0; k < analysis.operandCount(i); k++) {
            Outside operand = analysis.operand(i, k);
            int source = operand.node();
            if (!isEarlier(source, i)) {
                result = Math.max(result, level[source] + (runsAlong(operand, i) ? 0 : 1));
            }
        }
        return result;
    }

    /** Whether the value is there before the phase of the node begins. */
    private boolean isEarlier(int source, int i) {
        return analysis.isLeaf(source) || analysis.phase(source) != analysis.phase(i);
    }

    private boolean runsAlong(Outside operand, int i) {
        int source = operand.node();
        int domain = analysis.domain(i);
        return operand.access() == Access.FULL
                && analysis.isFusable(source)
                && !analysis.isReduction(source)
                && analysis.rows(source) == analysis.rows(domain)
                && analysis.columns(source) == analysis.columns(domain);
    }

    /** Depth first without recursion, so that what was just computed is used soon. */
    private final class Visit {
        private final Deque<Group> path = new ArrayDeque<>();
        private final Deque<List<Group>> pending = new ArrayDeque<>();

        void from(Group start) {
            enter(start);
            while (!path.isEmpty()) {
                List<Group> missing = pending.getFirst();
                if (missing.isEmpty()) {
                    pending.pop();
                    order.add(path.pop());
                } else {
                    enter(missing.remove(missing.size() - 1));
                }
            }
        }

        private void enter(Group group) {
            if (entered.add(group)) {
                path.push(group);
                pending.push(before(group));
            }
        }
    }

    private List<Group> before(Group group) {
        List<Group> result = new ArrayList<>();
        for (int place = 0; place < group.size(); place++) {
            int i = group.member(place);
            for (int k = 0; k < analysis.readCount(i); k++) {
                addOther(analysis.read(i, k), group, result);
            }
            for (int condition : guards.conditions(i)) {
                addOther(condition, group, result);
            }
        }
        return result;
    }

    private void addOther(int i, Group group, List<Group> others) {
        Group other = groupOf[i];
        if (other != null && other != group && other.phase() == group.phase()) {
            others.add(other);
        }
    }
}
