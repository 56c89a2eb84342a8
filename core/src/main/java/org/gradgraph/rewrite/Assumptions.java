package org.gradgraph.rewrite;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.UnaryOperator;
import org.gradgraph.graph.Activations;
import org.gradgraph.graph.Elementary;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.Require;
import org.gradgraph.graph.SolveOps;

/**
 * What is known about nodes: from the operation that made them, and from the user.
 *
 * <p>Nothing is guessed. What the user states is used and printed with the result.
 *
 * <pre>{@code
 * Assumptions known = Assumptions.none().and(y, Fact.COLUMNS_SUM_TO_ONE);
 * known.holds(y, Fact.COLUMNS_SUM_TO_ONE);          // true
 * known.holds(z.sigmoid(), Fact.POSITIVE);          // true, without an assumption
 * }</pre>
 */
@CheckReturnValue
public final class Assumptions {
    private static final Assumptions NONE = new Assumptions(Map.of());

    private final Map<Node, Set<Fact>> stated;

    private Assumptions(Map<Node, Set<Fact>> stated) {
        this.stated = stated;
    }

    /** {@return no assumptions: only what the operations say} */
    public static Assumptions none() {
        return NONE;
    }

    /**
     * {@return these assumptions and one more}
     *
     * @param node any node
     * @param fact what is known of its elements
     */
    public Assumptions and(Node node, Fact fact) {
        Map<Node, Set<Fact>> more = new LinkedHashMap<>(stated);
        Set<Fact> facts = EnumSet.of(Require.given(fact, "and: the fact"));
        facts.addAll(more.getOrDefault(node, Set.of()));
        more.put(Require.given(node, "and: the node"), facts);
        return new Assumptions(more);
    }

    /**
     * {@return the same assumptions about other nodes}
     *
     * @param standIn the node to use in place of each one
     */
    public Assumptions about(UnaryOperator<Node> standIn) {
        Map<Node, Set<Fact>> moved = new LinkedHashMap<>();
        Require.given(standIn, "about: the function");
        stated.forEach((node, facts) -> moved.put(standIn.apply(node), facts));
        return new Assumptions(moved);
    }

    /**
     * {@return whether a fact is known about a node}
     *
     * @param node any node
     * @param fact what may be known
     */
    public boolean holds(Node node, Fact fact) {
        Require.given(node, "holds: the node");
        Require.given(fact, "holds: the fact");
        Node subject = node;
        while (fact == Fact.SYMMETRIC && subject.op().orElse(null) == SolveOps.INVERSE) {
            subject = subject.inputs().get(0);
        }
        return stated.getOrDefault(subject, Set.of()).contains(fact) || fromOperation(subject, fact);
    }

    private static boolean fromOperation(Node node, Fact fact) {
        Op op = node.op().orElse(null);
        boolean isSigmoid = op == Activations.SIGMOID;
        return switch (fact) {
            case POSITIVE, NOT_ZERO -> isSigmoid || op == Elementary.EXP;
            case BELOW_ONE -> isSigmoid;
            case COLUMNS_SUM_TO_ONE, ROWS_SUM_TO_ONE, COLUMNS_SUM_TO_ZERO, ROWS_SUM_TO_ZERO -> false;
            case SYMMETRIC -> node.shape().isScalar();
        };
    }

    /** {@return whether the user stated nothing} */
    public boolean isEmpty() {
        return stated.isEmpty();
    }

    /** What the user stated, for example {@code Y has columns that sum to 1}. */
    @Override
    public String toString() {
        StringJoiner text = new StringJoiner("; ");
        stated.forEach((node, facts) ->
                facts.forEach(fact -> text.add(node.name().orElseGet(node::describe) + " " + fact)));
        return text.toString();
    }

    /**
     * Something that is known about every element of a value, or about its sums.
     *
     * <pre>{@code
     * Assumptions known = Assumptions.none().and(y, Fact.COLUMNS_SUM_TO_ONE);
     * }</pre>
     */
    public enum Fact {
        /** Every element is above 0. */
        POSITIVE("> 0"),
        /** Every element is below 1. */
        BELOW_ONE("< 1"),
        /** No element is 0. */
        NOT_ZERO("≠ 0"),
        /** Each column sums to 1, as those of one-hot labels do. */
        COLUMNS_SUM_TO_ONE("has columns that sum to 1"),
        /** Each row sums to 1. */
        ROWS_SUM_TO_ONE("has rows that sum to 1"),
        /** Each column sums to 0, as after its mean is subtracted. */
        COLUMNS_SUM_TO_ZERO("has columns that sum to 0"),
        /** Each row sums to 0. */
        ROWS_SUM_TO_ZERO("has rows that sum to 0"),
        /** It is equal to its transpose, as covariances are. */
        SYMMETRIC("is symmetric");

        private final String words;

        Fact(String words) {
            this.words = words;
        }

        /** The fact in words, to be read after a name. */
        @Override
        public String toString() {
            return words;
        }
    }
}
