package org.gradgraph.precision;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How many digits of each node are right in double arithmetic, and which operations lose them.
 *
 * <pre>{@code
 * Node x = Node.parameter("x");
 * DigitsReport report = HighPrecision.of(x.plus(1).minus(1)).report(Feeds.of(x, 1e-10));
 * report.worst().orElseThrow().loss();     // addScalar(-1.0) loses 8 digits: 1.0000000001
 * }</pre>
 */
public final class DigitsReport {
    /**
     * One node.
     *
     * @param node the node, with its line
     * @param digits how many digits of its worst element are right, at most 16
     * @param lost how many of the digits of its operands the operation loses
     * @param loss the operation and its operands if it loses digits, or empty
     * @param hint a stable form, or empty
     */
    public record Entry(String node, double digits, double lost, String loss, String hint) {
        /**
         * An entry.
         *
         * @param node the node, with its line
         * @param digits how many digits of its worst element are right, at most 16
         * @param lost how many of the digits of its operands the operation loses
         * @param loss the operation and its operands if it loses digits, or empty
         * @param hint a stable form, or empty
         */
        public Entry {
            Objects.requireNonNull(node, "Entry: the node");
            Objects.requireNonNull(loss, "Entry: the loss");
            Objects.requireNonNull(hint, "Entry: the hint");
        }
    }

    private final List<Entry> entries;
    private final List<String> inDouble;

    DigitsReport(List<Entry> entries, List<String> inDouble) {
        this.entries = List.copyOf(entries);
        this.inDouble = List.copyOf(inDouble);
    }

    /** {@return all nodes, operands before what uses them} */
    public List<Entry> entries() {
        return entries;
    }

    /** {@return how many digits of the result are right} */
    public double digits() {
        return entries.get(entries.size() - 1).digits();
    }

    /** {@return the operation that loses most digits, if one loses any} */
    public Optional<Entry> worst() {
        return entries.stream()
                .filter(entry -> !entry.loss().isEmpty())
                .max((a, b) -> Double.compare(a.lost(), b.lost()));
    }

    /** {@return the nodes of opaque kernels, whose exact values are not known} */
    public List<String> computedInDouble() {
        return inDouble;
    }

    /** The digits of the result, what loses them, and what was computed in doubles only. */
    @Override
    public String toString() {
        String losses = entries.stream()
                .filter(entry -> !entry.loss().isEmpty())
                .map(entry -> "  " + entry.loss() + ", " + entry.node()
                        + (entry.hint().isEmpty() ? "" : "; " + entry.hint()) + "\n")
                .collect(Collectors.joining());
        String opaque = inDouble.stream()
                .map(node -> "  " + node + " is an opaque kernel: it was computed in doubles here too\n")
                .collect(Collectors.joining());
        return (int) digits() + " digits are right\n" + losses + opaque;
    }
}
