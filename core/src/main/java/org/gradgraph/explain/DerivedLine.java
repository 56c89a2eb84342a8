package org.gradgraph.explain;

import java.util.List;
import org.gradgraph.graph.Node;
import org.gradgraph.rewrite.RuleApplication;

/** One derivative: its name, its formula over symbols, and how it was found. */
final class DerivedLine {
    private final Node wrt;
    private final Node symbol;
    private final Node chainRule;
    private final Node formula;
    private final List<RuleApplication> firings;

    DerivedLine(Node wrt, Node symbol, Node chainRule, Node formula, List<RuleApplication> firings) {
        this.wrt = wrt;
        this.symbol = symbol;
        this.chainRule = chainRule;
        this.formula = formula;
        this.firings = List.copyOf(firings);
    }

    Node wrt() {
        return wrt;
    }

    /** The input that stands for this derivative in other lines. */
    Node symbol() {
        return symbol;
    }

    Node chainRule() {
        return chainRule;
    }

    Node formula() {
        return formula;
    }

    List<RuleApplication> firings() {
        return firings;
    }
}
