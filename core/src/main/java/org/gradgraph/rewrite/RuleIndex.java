package org.gradgraph.rewrite;

import java.util.HashMap;
import java.util.Map;

/** Rules by the operation they are tried at, in the order of their set. */
final class RuleIndex {
    private final RuleSet rules;
    private final Map<Class<?>, Rule[]> byOperation = new HashMap<>();

    RuleIndex(RuleSet rules) {
        this.rules = rules;
    }

    Rule[] at(Class<?> operation) {
        Rule[] candidates = byOperation.get(operation);
        if (candidates == null) {
            candidates = rules.rules().stream()
                    .filter(rule -> rule.top().isAssignableFrom(operation))
                    .toArray(Rule[]::new);
            byOperation.put(operation, candidates);
        }
        return candidates;
    }
}
