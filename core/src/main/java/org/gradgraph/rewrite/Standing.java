package org.gradgraph.rewrite;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import org.gradgraph.graph.Node;
import org.jspecify.annotations.Nullable;

/** What a rewriter knows of each node, in one entry that is looked up once. */
final class Standing {
    /** All entries of a rewriter. */
    static final class Book {
        private final IdentityHashMap<Node, Standing> entries = new IdentityHashMap<>();

        Standing of(Node node) {
            Standing entry = entries.get(node);
            if (entry == null) {
                entry = new Standing(node);
                entries.put(node, entry);
            }
            return entry;
        }

        @Nullable
        Standing find(Node node) {
            return entries.get(node);
        }

        /** What the operands of a node became. */
        Standing[] results(Node node) {
            List<Node> inputs = node.inputs();
            Standing[] results = new Standing[inputs.size()];
            for (int i = 0; i < results.length; i++) {
                results[i] = Objects.requireNonNull(of(inputs.get(i)).result);
            }
            return results;
        }
    }

    private static final int NONE = -1;

    final Node node;

    /** What the node became, once that is known. */
    @Nullable
    Standing result;

    /** What takes its place, until that is rewritten itself. */
    @Nullable
    Standing replacedBy;

    /** Its place in the order in which computations came, if it stands for one. */
    int number = NONE;

    boolean lookedThrough;

    /** Whether rules must not look below it. */
    boolean isWhole;

    /** How many of the given nodes became this one. */
    int members;

    private Standing(Node node) {
        this.node = node;
    }

    boolean hasNumber() {
        return number != NONE;
    }

    boolean isBeingReplaced() {
        return replacedBy != null && result == null;
    }
}
