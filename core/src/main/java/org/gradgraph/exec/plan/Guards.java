package org.gradgraph.exec.plan;

import java.util.stream.IntStream;
import org.gradgraph.graph.Fallback;
import org.jspecify.annotations.Nullable;

/**
 * Which values only fallbacks need, and the conditions that tell whether they are needed.
 *
 * <p>A value is rare if all that read it are rare, or read it as the fallback of a {@link Fallback}. It is skipped while the
 * conditions of all these fallbacks hold for all elements; so it waits for the conditions, which must come before it in the
 * graph. A fallback inside of what is rare is a choice like any other. Rare single numbers are computed in any case, which costs less than a condition; if what they
 * are made of was skipped, they hold numbers that no choice selects.
 */
final class Guards {
    /** A value that so many fallbacks share is computed in any case. */
    private static final int MOST = 8;

    /** The conditions of what is always needed. */
    private static final int[] ALWAYS = {};

    private final GraphAnalysis analysis;

    /** The values that must not be 0 for this one to be skipped; null if nothing is rare. */
    private final int @Nullable [][] needs;

    Guards(GraphAnalysis analysis) {
        this.analysis = analysis;
        this.needs = hasFallbacks() ? needs() : null;
    }

    private boolean hasFallbacks() {
        for (int i = 0; i < analysis.size(); i++) {
            if (analysis.isNeeded(i) && analysis.isFallback(i)) {
                return true;
            }
        }
        return false;
    }

    /** From results to operands: when a value is reached, all that read it are known. */
    private int[][] needs() {
        int[][] result = new int[analysis.size()][];
        for (int i = result.length - 1; i >= 0; i--) {
            if (!analysis.isNeeded(i)) {
                continue;
            }
            int[] own = result[i];
            if (own == null || analysis.isRoot(i) || (!isNumber(i) && !areEarlier(own, i))) {
                own = ALWAYS;
                result[i] = own;
            }
            int condition = own == ALWAYS ? condition(i) : -1;
            for (int k = 0; k < analysis.readCount(i); k++) {
                int source = analysis.read(i, k);
                int[] more = condition >= 0 && k == Fallback.RARE_OPERAND ? new int[] {condition} : own;
                result[source] = result[source] == null ? more : union(result[source], more);
            }
        }
        return result;
    }

    /** The value that decides whether a fallback is needed, or −1. */
    private int condition(int i) {
        if (!analysis.isFallback(i)) {
            return -1;
        }
        int condition = analysis.read(i, 0);
        return analysis.isLeaf(condition) ? -1 : condition;
    }

    /** Values are numbered operands first: what waits for conditions of smaller numbers makes no cycle. */
    private boolean areEarlier(int[] conditions, int i) {
        return IntStream.of(conditions)
                .allMatch(
                        condition -> condition < i && analysis.phase(condition).compareTo(analysis.phase(i)) <= 0);
    }

    private boolean isNumber(int i) {
        return analysis.isFusable(i) && analysis.elements(analysis.domain(i)) == 1;
    }

    private static int[] union(int[] a, int[] b) {
        if (a == b || a == ALWAYS || b == ALWAYS) {
            return a == b ? a : ALWAYS;
        }
        int[] union = IntStream.concat(IntStream.of(a), IntStream.of(b))
                .distinct()
                .sorted()
                .toArray();
        return union.length > MOST ? ALWAYS : union;
    }

    /** Whether the value is skipped while its conditions hold. */
    boolean isRare(int i) {
        return needs != null && needs[i] != null && needs[i] != ALWAYS && !analysis.isLeaf(i) && !isNumber(i);
    }

    /** Whether the value is its usual operand while its condition holds, so that its fallback may be skipped. */
    boolean isChoice(int i) {
        return needs != null
                && needs[i] == ALWAYS
                && condition(i) >= 0
                && !isNumber(i)
                && isRare(analysis.read(i, Fallback.RARE_OPERAND));
    }

    /** The values that must be known before this one is computed or skipped. */
    int[] conditions(int i) {
        if (isChoice(i)) {
            return new int[] {condition(i)};
        }
        return needs != null && isRare(i) ? needs[i] : ALWAYS;
    }
}
