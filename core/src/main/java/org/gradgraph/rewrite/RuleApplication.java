package org.gradgraph.rewrite;

import org.gradgraph.graph.Node;
import org.gradgraph.graph.SourceLine;

/**
 * One use of a rule: where, and what became what.
 *
 * <pre>{@code
 * rewriter.firings().forEach(System.out::println);
 * // logarithm of exponentials: log(sigmoid(z)) → logSigmoid(z), at log 1×m, Model.java:12
 * }</pre>
 */
public final class RuleApplication {
    private final Rule rule;
    private final Node node;
    private final Node before;
    private final Node after;

    RuleApplication(Rule rule, Node node, Node before, Node after) {
        this.rule = rule;
        this.node = node;
        this.before = before;
        this.after = after;
    }

    /** {@return the rule} */
    public Rule rule() {
        return rule;
    }

    /** {@return the node of the given graph that was being rewritten} */
    public Node node() {
        return node;
    }

    /** {@return the left side; it may already be the result of other rules} */
    public Node before() {
        return before;
    }

    /** {@return the right side} */
    public Node after() {
        return after;
    }

    /** {@return the line that made the node} */
    public SourceLine source() {
        return node.source();
    }

    /** Rule, node and line. */
    @Override
    public String toString() {
        return rule + ", at " + node.describe() + ", " + source();
    }
}
