package org.gradgraph.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.gradgraph.graph.Constant;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.Shape;
import org.jspecify.annotations.Nullable;

/**
 * What a rule sees: a node whose operands are already rewritten, and what is below them.
 *
 * <p>It remembers which nodes the rule looked through: their values may no longer be needed, and a derivative with
 * respect to them cannot be read off the rewritten graph.
 */
final class Match {
    private final Rewriter rewriter;
    private final Node node;
    private @Nullable List<Node> lookedThrough;

    Match(Rewriter rewriter, Node node) {
        this.rewriter = rewriter;
        this.node = node;
    }

    /** Before the next rule is tried. */
    void forget() {
        lookedThrough = null;
    }

    Node node() {
        return node;
    }

    Shape shape() {
        return node.shape();
    }

    Rewriter rewriter() {
        return rewriter;
    }

    Node input(int place) {
        return node.inputs().get(place);
    }

    /** The operation of the root, which is of the rule's type. */
    <T extends Op> T op(Class<T> type) {
        return type.cast(node.op().orElseThrow());
    }

    /** The operation of a node if it is of a type and may be looked through. */
    <T extends Op> @Nullable T op(@Nullable Node inner, Class<T> type) {
        if (inner == null || rewriter.isWhole(inner)) {
            return null;
        }
        Op op = inner.op().orElse(null);
        return type.isInstance(op) ? type.cast(op) : null;
    }

    /** Whether the operation of a node is this one and may be looked through. */
    boolean is(@Nullable Node inner, Op operation) {
        return inner != null && !rewriter.isWhole(inner) && inner.op().orElse(null) == operation;
    }

    /** The operands of an inner node, which is looked through. */
    List<Node> operands(Node inner) {
        lookThrough(inner);
        return inner.inputs();
    }

    private void lookThrough(Node inner) {
        if (lookedThrough == null) {
            lookedThrough = new ArrayList<>(4);
        }
        lookedThrough.add(inner);
    }

    /** The only operand of an inner node if its operation is of a type. */
    @Nullable
    Node inside(@Nullable Node inner, Class<? extends Op> type) {
        if (inner == null || op(inner, type) == null) {
            return null;
        }
        return operands(inner).get(0);
    }

    /** The only operand of an inner node if its operation is this one. */
    @Nullable
    Node inside(@Nullable Node inner, Op operation) {
        return inner != null && is(inner, operation) ? operands(inner).get(0) : null;
    }

    /** The node, or what it repeats. */
    Node unbroadcast(Node inner) {
        Node repeated = inside(inner, Layout.Broadcast.class);
        return repeated == null ? inner : repeated;
    }

    /** The number if every element is known to be one and the same number; the constant is looked through. */
    OptionalDouble number(Node inner) {
        Node source = op(inner, Layout.Broadcast.class) == null
                ? inner
                : inner.inputs().get(0);
        if (!source.shape().isScalar() || !(source.op().orElse(null) instanceof Constant constant)) {
            return OptionalDouble.empty();
        }
        lookThrough(inner);
        lookThrough(source);
        return OptionalDouble.of(constant.value().get(0));
    }

    /** Whether every element is known to be this number, zeros of either sign being different. */
    boolean isAll(Node inner, double number) {
        OptionalDouble known = number(inner);
        return known.isPresent() && Double.compare(known.getAsDouble(), number) == 0;
    }

    List<Node> lookedThrough() {
        return lookedThrough == null ? List.of() : lookedThrough;
    }
}
