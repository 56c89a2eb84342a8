package org.gradgraph.rewrite;

import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;
import org.jspecify.annotations.Nullable;

/**
 * One way to replace an expression by another one of the same shape and meaning.
 *
 * <p>A rule is a value: it says its name, both sides, when it applies, and what happens to rounding, NaN and infinity.
 *
 * <pre>{@code
 * for (Rule rule : RuleSet.forPrograms().rules()) {
 *     System.out.println(rule);        // double negation: −(−x) → x
 * }
 * }</pre>
 */
public final class Rule {
    /** Builds the right side from what matched; null where the rule does not apply. */
    @FunctionalInterface
    interface Replacement {
        @Nullable
        Node of(Match match);
    }

    private final String name;
    private final String before;
    private final String after;
    private final Effect effect;
    private final String condition;
    private final String ieee;

    /** The operation at the root of the left side, or its type. */
    private final Object top;

    private final Replacement replacement;

    private Rule(
            String name,
            String before,
            String after,
            Effect effect,
            String condition,
            String ieee,
            Object top,
            Replacement replacement) {
        this.name = name;
        this.before = before;
        this.after = after;
        this.effect = effect;
        this.condition = condition;
        this.ieee = ieee;
        this.top = top;
        this.replacement = replacement;
    }

    /** The first half of a rule: what it says. */
    static Rule saying(Effect effect, String name, String before, String after) {
        return new Rule(name, before, after, effect, "always", "", Op.class, match -> null);
    }

    /** The same rule with a condition in words. */
    Rule when(String words) {
        return new Rule(name, before, after, effect, words, ieee, top, replacement);
    }

    /** The same rule with what happens to rounding, NaN, infinity and signed zeros, in words. */
    Rule ieee(String words) {
        return new Rule(name, before, after, effect, condition, words, top, replacement);
    }

    /** The same rule, tried at every operation of a type. */
    Rule at(Class<? extends Op> type, Replacement how) {
        return new Rule(name, before, after, effect, condition, ieee, type, how);
    }

    /** The same rule, tried at one operation that is a constant. */
    Rule at(Op constant, Replacement how) {
        return new Rule(name, before, after, effect, condition, ieee, constant, how);
    }

    @Nullable
    Node replace(Match match) {
        return replacement.of(match);
    }

    /** Whether an operation may be the root of the left side. */
    boolean isAt(Op op) {
        return top instanceof Class<?> type ? type.isInstance(op) : top == op;
    }

    /** The operation at the root of the left side if it is one constant, and null if it is any of a type. */
    @Nullable
    Op operation() {
        return top instanceof Op op ? op : null;
    }

    /** {@return a short name, for example {@code double negation}} */
    public String name() {
        return name;
    }

    /** {@return the left side, for example {@code −(−x)}} */
    public String before() {
        return before;
    }

    /** {@return the right side, for example {@code x}} */
    public String after() {
        return after;
    }

    /** {@return what it may do to a value} */
    public Effect effect() {
        return effect;
    }

    /** {@return when it applies} */
    public String condition() {
        return condition;
    }

    /** {@return what happens to rounding, NaN, infinity and signed zeros} */
    public String ieee() {
        return ieee;
    }

    /** Name and both sides. */
    @Override
    public String toString() {
        return name + ": " + before + " → " + after;
    }

    /**
     * What a rule may do to a value.
     *
     * <pre>{@code
     * for (Rule rule : RuleSet.forPrograms().rules()) {
     *     System.out.println(rule.name() + ": " + rule.effect());       // product with one: same bits
     * }
     * }</pre>
     */
    public enum Effect {
        /** The value has the same bits, non-finite values included. */
        SAME_BITS("same bits"),
        /** The value is the same number; only the sign of a zero may differ. */
        SAME_VALUE("same value"),
        /** The value is nearer to the exact one wherever it differs. */
        BETTER_ROUNDING("better rounding"),
        /** The value is the same over the real numbers; for formulas that are read, not run. */
        EXACT_ALGEBRA("exact algebra");

        private final String words;

        Effect(String words) {
            this.words = words;
        }

        /** The effect in words. */
        @Override
        public String toString() {
            return words;
        }
    }
}
