package org.gradgraph.rewrite;

import java.util.ArrayList;
import java.util.List;

/**
 * The rules that are used together, in the order in which they are tried.
 *
 * <pre>{@code
 * Rewriter rewriter = new Rewriter();
 * Node simpler = rewriter.rewrite(node, RuleSet.forPrograms());
 * }</pre>
 */
public final class RuleSet {
    private static final RuleSet NONE = new RuleSet(List.of());
    private static final RuleSet EXACT =
            join(List.of(ConstantRules.ALL, SignRules.ALL, LayoutRules.ALL, MatrixProductRules.ALL));
    private static final RuleSet PROGRAMS = join(List.of(
            EXACT.rules, ExponentialRules.ALL, StabilityRules.ALL, LossRules.ALL, KinkRules.ALL, KinkSumRules.ALL));
    private static final RuleSet DERIVATIONS = join(List.of(EXACT.rules, AlgebraRules.ALL));
    private static final RuleSet TEXTBOOK = of(AlgebraRules.TEXTBOOK_FORM);

    private final List<Rule> rules;

    private RuleSet(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    private static RuleSet join(List<List<Rule>> families) {
        return new RuleSet(families.stream().flatMap(List::stream).toList());
    }

    /** These rules alone. */
    static RuleSet of(Rule... rules) {
        return new RuleSet(List.of(rules));
    }

    /** No rule: equal subexpressions are still shared. */
    public static RuleSet none() {
        return NONE;
    }

    /** Operations as a textbook writes them, where they say how; nothing else changes. */
    public static RuleSet textbook() {
        return TEXTBOOK;
    }

    /** What may be done to any graph that is run: values keep their bits, or get fewer roundings. */
    public static RuleSet exact() {
        return EXACT;
    }

    /** What may be done to a cost before it is differentiated: {@link #exact} and numerical stability. */
    public static RuleSet forPrograms() {
        return PROGRAMS;
    }

    /** What may be done to a formula that is read: {@link #exact} and the algebra of real numbers. */
    public static RuleSet forDerivations() {
        return DERIVATIONS;
    }

    /** Every rule there is, once. */
    public static List<Rule> all() {
        List<Rule> all = new ArrayList<>(PROGRAMS.rules);
        all.addAll(AlgebraRules.ALL);
        return List.copyOf(all);
    }

    /** The rules, in order. */
    public List<Rule> rules() {
        return rules;
    }
}
