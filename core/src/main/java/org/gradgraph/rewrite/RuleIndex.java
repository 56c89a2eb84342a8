package org.gradgraph.rewrite;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.gradgraph.graph.Op;

/** Rules by the operation they are tried at, in the order of their set. */
final class RuleIndex {
    private final RuleSet rules;

    /** For the operations that rules name one by one; all others are looked up by their type. */
    private final IdentityHashMap<Op, Rule[]> byOperation = new IdentityHashMap<>();

    private final Map<Class<?>, Rule[]> byType = new HashMap<>();

    RuleIndex(RuleSet rules) {
        this.rules = rules;
        for (Rule rule : rules.rules()) {
            if (rule.operation() != null) {
                byOperation.computeIfAbsent(rule.operation(), this::candidates);
            }
        }
    }

    RuleSet set() {
        return rules;
    }

    Rule[] at(Op op) {
        Rule[] named = byOperation.get(op);
        return named != null ? named : byType.computeIfAbsent(op.getClass(), type -> candidates(op));
    }

    private Rule[] candidates(Op op) {
        return rules.rules().stream().filter(rule -> rule.isAt(op)).toArray(Rule[]::new);
    }
}
