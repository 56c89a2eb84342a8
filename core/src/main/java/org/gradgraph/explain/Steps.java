package org.gradgraph.explain;

import java.util.List;
import org.gradgraph.graph.Require;

/**
 * How one line of a derivation was found.
 *
 * <pre>{@code
 * derivation.steps().forEach(System.out::println);
 * // dZ = dA ∘ A ∘ (1 − A)                                 chain rule
 * //   …
 * // dZ = (A − Y)/m
 * }</pre>
 *
 * @param name the derivative, for example {@code dZ}
 * @param chainRule its formula before anything is simplified, with the derivatives of the named nodes after it
 * @param rules the rules that were used, in order
 * @param result its final formula
 */
public record Steps(String name, String chainRule, List<Use> rules, String result) {
    /**
     * One use of a rule.
     *
     * @param rule the name of the rule
     * @param before what it found
     * @param after what it made of it
     */
    public record Use(String rule, String before, String after) {
        /**
         * Refuses null.
         *
         * @param rule the name of the rule
         * @param before what it found
         * @param after what it made of it
         */
        public Use {
            Require.given(rule, "Steps.Use: the rule");
            Require.given(before, "Steps.Use: the formula before");
            Require.given(after, "Steps.Use: the formula after");
        }

        /** What became what, and why. */
        @Override
        public String toString() {
            return before + " → " + after + "   [" + rule + "]";
        }
    }

    /**
     * Copies the list and refuses null.
     *
     * @param name the derivative, for example {@code dZ}
     * @param chainRule its formula before anything is simplified, with the derivatives of the named nodes after it
     * @param rules the rules that were used, in order
     * @param result its final formula
     */
    public Steps {
        Require.given(name, "Steps: the name");
        Require.given(chainRule, "Steps: the chain rule");
        rules = Require.list(rules, "Steps: the list of rules");
        Require.given(result, "Steps: the result");
    }

    static Steps of(DerivedLine line) {
        FormulaPrinter printer = new FormulaPrinter(Style.TEXT);
        List<Use> uses = line.firings().stream()
                .map(firing -> new Use(
                        firing.rule().name(), printer.formula(firing.before()), printer.formula(firing.after())))
                .toList();
        return new Steps(
                line.symbol().name().orElse(""),
                printer.formula(line.chainRule()),
                uses,
                printer.formula(line.formula()));
    }

    /** The chain rule, one line for each rule, and the result. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(name).append(" = ").append(chainRule).append("   [chain rule]\n");
        rules.stream()
                .filter(use -> !use.before().equals(use.after()))
                .forEach(use -> text.append("  ").append(use).append('\n'));
        return text.append(name).append(" = ").append(result).append('\n').toString();
    }
}
