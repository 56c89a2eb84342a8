package org.gradgraph.precision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.LinearAlgebra;
import org.gradgraph.graph.Node;
import org.junit.jupiter.api.Test;

/** Losses known from the condition of the operations: |x|/|x + y| for a sum, 1/|log x| for a logarithm. */
final class DigitsTest {
    private final Node x = Node.parameter("x");

    @Test
    void a_difference_of_nearly_equal_numbers_is_named_with_its_operands() {
        Node y = Node.parameter("y");
        Node cost = x.sqrt().minus(y.sqrt());
        DigitsReport report =
                HighPrecision.of(cost).report(Feeds.of(x, 3.0000000002).and(y, 3));

        DigitsReport.Entry worst = report.worst().orElseThrow();
        assertThat(worst.loss()).startsWith("subtract loses ").contains("1.7320508", " − ");
        assertThat(worst.lost()).isBetween(8.0, 12.0);
        assertThat(worst.node()).contains("DigitsTest.java:");
        assertThat(worst.hint()).contains("√a + √b");
        assertThat(report.digits()).isBetween(4.0, 8.0);
    }

    @Test
    void an_exact_sum_loses_nothing() {
        DigitsReport report = HighPrecision.of(x.minus(1)).report(Feeds.of(x, 1.0000000001));

        assertThat(report.worst()).isEmpty();
        assertThat(report.digits()).isEqualTo(16);
    }

    @Test
    void a_kernel_is_named_with_its_line() {
        Node a = Node.parameter("A", 2, 2);
        Feeds feeds = Feeds.of(a, new double[][] {{2, 1}, {1, 3}});
        Node cost = LinearAlgebra.cholesky(a).sum();

        assertThat(HighPrecision.of(cost).withRespectTo().at(feeds).computedInDouble())
                .singleElement()
                .asString()
                .contains("cholesky", "DigitsTest.java:");
        assertThatThrownBy(() -> PrecisionAssertions.assertThat(cost)
                        .hasCorrectDigits(12)
                        .at(feeds))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("are not known")
                .hasMessageContaining("cholesky");
    }

    @Test
    void the_assertion_fails_with_the_operation() {
        Node cost = x.cos().negate().plus(1);
        PrecisionAssertions.assertThat(cost).hasCorrectDigits(14).at(Feeds.of(x, 1));

        assertThatThrownBy(() -> PrecisionAssertions.assertThat(cost)
                        .hasCorrectDigits(12)
                        .at(Feeds.of(x, 1e-4)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("loses")
                .hasMessageContaining("DigitsTest.java:");
    }

    @Test
    void too_few_digits_for_a_large_operand_are_not_replaced_by_doubles() {
        assertThat(HighPrecision.of(x.sin())
                        .digits(15)
                        .at(Feeds.of(x, 1e22))
                        .value()
                        .rounded()
                        .get(0, 0))
                .isEqualTo(-0.8522008497671888);
    }
}
