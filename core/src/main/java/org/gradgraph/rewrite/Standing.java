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

        /** A node that was just made, with the entries of its operands. */
        Standing enter(Node node, Standing[] operands) {
            Standing entry = of(node);
            entry.operands = operands;
            return entry;
        }

        @Nullable
        Standing find(Node node) {
            return entries.get(node);
        }

        /** The entries of the operands of a node, looked up once. */
        Standing[] operands(Standing entry) {
            Standing[] known = entry.operands;
            if (known == null) {
                List<Node> inputs = entry.node.inputs();
                known = new Standing[inputs.size()];
                for (int i = 0; i < known.length; i++) {
                    known[i] = of(inputs.get(i));
                }
                entry.operands = known;
            }
            return known;
        }

        /** What the operands of a node became. */
        Standing[] results(Standing entry) {
            Standing[] results = operands(entry).clone();
            for (int i = 0; i < results.length; i++) {
                results[i] = Objects.requireNonNull(results[i].result);
            }
            return results;
        }
    }

    private static final int NONE = -1;

    final Node node;

    /** The entries of its operands, once they were asked for. */
    private Standing @Nullable [] operands;

    /** What the node became, once that is known. */
    @Nullable
    Standing result;

    /** What takes its place, until that is rewritten itself. */
    @Nullable
    Standing replacedBy;

    /** Its place in the order in which computations came, if it stands for one. */
    int number = NONE;

    /** The hash of its computation, if it has a number. */
    int hash;

    boolean lookedThrough;

    /** Whether rules must not look below it. */
    boolean isWhole;

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
