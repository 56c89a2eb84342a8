package org.gradgraph.graphviz;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** How the gradient of each box follows from the gradients of the boxes that read it: {@code dc = du · b = 3 · 3 = 9}. */
final class ChainRules {
    private static final int MOST_READERS = 3;

    private final Subject subject;
    private final Captions captions;

    /** The boxes that read a box and have a gradient, in topological order. */
    private final List<TreeSet<Integer>> readers = new ArrayList<>();

    ChainRules(Subject subject, Captions captions, List<Integer> boxes) {
        this.subject = subject;
        this.captions = captions;
        IntStream.range(0, subject.size()).forEach(i -> readers.add(new TreeSet<>()));
        for (int box : boxes) {
            for (List<Folds.Use> uses : captions.folds().operands(box)) {
                if (uses.stream().anyMatch(use -> subject.flowsBack(use.node(), use.user()))) {
                    readers.get(uses.get(0).node()).add(box);
                }
            }
        }
    }

    /** The formula, its shapes and one element; empty where no gradient flows or the rule cannot be written. */
    List<String> lines(int box) {
        String own = Captions.gradientName(captions.nameOrId(box));
        TreeSet<Integer> all = readers.get(box);
        if (captions.folds().isLoop(box)) {
            return List.of();
        }
        if (all.stream().anyMatch(captions.folds()::isLoop)) {
            return List.of(own + " comes from the loop, which goes back from the last step to the first one");
        }
        if (!subject.hasGradient(box) || (all.isEmpty() && !subject.isCost(box))) {
            return List.of();
        }
        if (all.isEmpty()) {
            return List.of(own + " = 1");
        }
        try {
            if (all.size() <= MOST_READERS) {
                return lines(box, List.copyOf(all));
            }
            String last = captions.nameOrId(all.last());
            String sum =
                    own + " = sum of " + all.size() + " parts, from " + captions.nameOrId(all.first()) + " to " + last;
            String formula = new ChainRuleText(
                            subject, captions, ChainRule.of(subject, captions, box, List.of(all.last())))
                    .formula();
            return formula.isEmpty() ? List.of(sum) : List.of(sum, "part from " + last + ": " + formula);
        } catch (IllegalArgumentException notWritten) {
            // An operation without a vjp, or one whose symbolic sizes are not those of its operands.
            return List.of();
        }
    }

    private List<String> lines(int box, List<Integer> users) {
        return new ChainRuleText(subject, captions, ChainRule.of(subject, captions, box, users)).lines();
    }
}
