package org.gradgraph.rewrite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
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
            Op op = rule.operation();
            if (op != null && !byOperation.containsKey(op)) {
                byOperation.put(op, candidates(op));
            }
        }
    }

    RuleSet set() {
        return rules;
    }

    Rule[] at(Op op) {
        Rule[] found = byOperation.get(op);
        if (found == null) {
            found = byType.get(op.getClass());
        }
        if (found == null) {
            found = candidates(op);
            byType.put(op.getClass(), found);
        }
        return found;
    }

    private Rule[] candidates(Op op) {
        List<Rule> candidates = new ArrayList<>();
        for (Rule rule : rules.rules()) {
            if (rule.isAt(op)) {
                candidates.add(rule);
            }
        }
        return candidates.toArray(new Rule[0]);
    }
}
