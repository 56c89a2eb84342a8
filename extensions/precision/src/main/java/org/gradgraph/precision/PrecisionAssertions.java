package org.gradgraph.precision;

import com.google.errorprone.annotations.CheckReturnValue;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Require;

/**
 * Assertions about the digits that double arithmetic keeps.
 *
 * <pre>{@code
 * import static org.gradgraph.precision.PrecisionAssertions.assertThat;
 *
 * assertThat(cost).hasCorrectDigits(12).at(feeds);     // fails with the operation that loses them
 * }</pre>
 */
public final class PrecisionAssertions {
    private PrecisionAssertions() {}

    /**
     * {@return assertions about a node}
     *
     * @param node the node
     */
    @CheckReturnValue
    public static OfNode assertThat(Node node) {
        return new OfNode(Require.given(node, "assertThat: the node"));
    }

    /** Assertions about one node. */
    public static final class OfNode {
        private final Node node;

        private OfNode(Node node) {
            this.node = node;
        }

        /**
         * {@return the assertion that every element has so many right decimal digits; {@link Expected#at} checks it}
         *
         * @param digits from 1 to 15
         */
        @CheckReturnValue
        public Expected hasCorrectDigits(int digits) {
            if (digits < 1 || digits > 15) {
                throw new IllegalArgumentException(
                        "hasCorrectDigits: " + digits + " digits; give a number from 1 to 15");
            }
            return new Expected(node, digits);
        }
    }

    /** A number of digits that is expected of a node. */
    public static final class Expected {
        private final Node node;
        private final int digits;

        private Expected(Node node, int digits) {
            this.node = node;
            this.digits = digits;
        }

        /**
         * Fails, with the report, unless a program computes the node with these digits at a point.
         *
         * @param feeds values for all inputs and parameters
         */
        public void at(Feeds feeds) {
            DigitsReport report = HighPrecision.of(node).report(Require.given(feeds, "hasCorrectDigits: the feeds"));
            if (report.digits() < digits) {
                throw new AssertionError(
                        "Expecting " + node.describe() + " to have " + digits + " right digits but " + report);
            }
            if (!report.computedInDouble().isEmpty()) {
                throw new AssertionError("the digits of " + node.describe() + " are not known: " + report);
            }
        }
    }
}
