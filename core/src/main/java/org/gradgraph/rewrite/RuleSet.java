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
            EXACT.rules,
            ExponentialRules.ALL,
            StabilityRules.ALL,
            LossRules.ALL,
            KinkRules.ALL,
            KinkSumRules.ALL,
            SpectralRules.ALL));

    /** What programs never need, and so do not load. */
    private static final class ToBeRead {
        static final List<Rule> ALGEBRA = join(List.of(AlgebraRules.ALL, MatrixAlgebraRules.ALL, SumRules.ALL)).rules;
        static final RuleSet DERIVATIONS = join(List.of(EXACT.rules, ALGEBRA));
        static final RuleSet TEXTBOOK = of(AlgebraRules.TEXTBOOK_FORM);
    }

    private final List<Rule> rules;

    private RuleSet(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    private static RuleSet join(List<List<Rule>> families) {
        List<Rule> all = new ArrayList<>();
        for (List<Rule> family : families) {
            all.addAll(family);
        }
        return new RuleSet(all);
    }

    /** These rules alone. */
    static RuleSet of(Rule... rules) {
        return new RuleSet(List.of(rules));
    }

    /** {@return no rule: equal subexpressions are still shared} */
    public static RuleSet none() {
        return NONE;
    }

    /** {@return operations as a textbook writes them, where they say how; nothing else changes} */
    public static RuleSet textbook() {
        return ToBeRead.TEXTBOOK;
    }

    /** {@return what may be done to any graph that is run: values keep their bits, or get fewer roundings} */
    public static RuleSet exact() {
        return EXACT;
    }

    /** {@return what may be done to a cost before it is differentiated: {@link #exact} and numerical stability} */
    public static RuleSet forPrograms() {
        return PROGRAMS;
    }

    /** {@return what may be done to a formula that is read: {@link #exact} and the algebra of real numbers} */
    public static RuleSet forDerivations() {
        return ToBeRead.DERIVATIONS;
    }

    /** {@return every rule there is, once} */
    public static List<Rule> all() {
        List<Rule> all = new ArrayList<>(PROGRAMS.rules);
        all.addAll(ToBeRead.ALGEBRA);
        return List.copyOf(all);
    }

    /** {@return the rules, in order} */
    public List<Rule> rules() {
        return rules;
    }
}
