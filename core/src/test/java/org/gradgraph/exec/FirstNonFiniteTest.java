package org.gradgraph.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.gradgraph.graph.Arithmetic;
import org.gradgraph.graph.Comparisons;
import org.gradgraph.graph.Elementary;
import org.gradgraph.graph.Node;
import org.junit.jupiter.api.Test;

class FirstNonFiniteTest {
    private final Node x = Node.parameter("x", 1, 3);

    private static Run runOf(Node cost) {
        return Program.of(cost).withGradients().newRun();
    }

    @Test
    void nothing_is_found_where_everything_is_finite() {
        Run run = runOf(x.exp().sum())
                .set(x, new double[][] {{1, 2, 3}})
                .forward()
                .backward();

        assertThat(run.firstNonFinite()).isEmpty();
    }

    @Test
    void the_producer_is_named_and_not_what_comes_after_it() {
        Node a = x.plus(2).named("A");
        Node l = a.log().named("L");
        Run run = runOf(l.times(2).sum()).set(x, new double[][] {{1, 2, -2}}).forward();

        NonFinite first = run.firstNonFinite().orElseThrow();

        assertThat(first.operation()).isEqualTo("log");
        assertThat(first.node()).isEqualTo("\"L\" 1×3");
        assertThat(first.source()).isEqualTo(l.source());
        assertThat(first.backward()).isFalse();
        assertThat(first.row()).isZero();
        assertThat(first.column()).isEqualTo(2);
        assertThat(first.value()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(first.operands()).containsExactly("\"A\" 1×3 at (0,2) = 0.0");
        assertThat(first.hint()).contains("log needs a positive operand");
        assertThat(first.toString().replaceAll("java:\\d+", "java:12")).isEqualTo("""
                "L" 1×3 at (0,2) is -Infinity, the first value that is not finite in the forward pass
                  made by operation log at FirstNonFiniteTest.java:12
                  from "A" 1×3 at (0,2) = 0.0
                  hint: log needs a positive operand: compute the loss from logits, \
                with bceWithLogits or crossEntropyWithLogits, write log(1 + x) as log1p(x), or keep the operand above 0""");
    }

    @Test
    void a_gradient_that_overflows_names_the_operation_it_belongs_to() {
        Node l = x.log().named("L");
        Run run = runOf(l.sum()).set(x, new double[][] {{1, 1e-310, 2}}).forward();
        assertThat(run.firstNonFinite()).isEmpty();

        NonFinite first = run.backward().firstNonFinite().orElseThrow();

        assertThat(first.backward()).isTrue();
        assertThat(first.operation()).isEqualTo("divide");
        assertThat(first.gradientOf()).isEqualTo("log \"L\" 1×3");
        assertThat(first.source()).isEqualTo(l.source());
        assertThat(first.column()).isEqualTo(1);
        assertThat(first.hint()).contains("log needs a positive operand");
        assertThat(first.toString())
                .contains("operation divide in the gradient of log \"L\" 1×3 at FirstNonFiniteTest");
    }

    @Test
    void a_value_that_was_fed_is_no_operation() {
        Run run =
                runOf(x.exp().sum()).set(x, new double[][] {{1, Double.NaN, 3}}).forward();

        NonFinite first = run.firstNonFinite().orElseThrow();

        assertThat(first.operation()).isEqualTo("parameter");
        assertThat(first.operands()).isEmpty();
        assertThat(first.toString()).contains("given as parameter at FirstNonFiniteTest.java:");
    }

    @Test
    void an_infinity_that_is_swallowed_is_not_blamed_for_a_nan_elsewhere() {
        Node mask = Node.constant(new double[][] {{0, Double.NEGATIVE_INFINITY, 0}});
        Node harmless = x.plus(mask).exp();
        Node bad = x.log();
        Run run = runOf(harmless.plus(bad).sum())
                .set(x, new double[][] {{-1, 1, 1}})
                .forward();

        assertThat(run.firstNonFinite().orElseThrow().source()).isEqualTo(bad.source());
    }

    @Test
    void an_infinity_that_is_swallowed_is_reported_if_nothing_else_is_wrong() {
        Node big = x.exp();
        Run run = runOf(Arithmetic.divide(Node.constant(1), big).sum())
                .set(x, new double[][] {{1, 800, 1}})
                .forward();

        NonFinite first = run.firstNonFinite().orElseThrow();

        assertThat(first.source()).isEqualTo(big.source());
        assertThat(first.hint()).startsWith("exp overflows above 709.78");
    }

    @Test
    void a_product_says_the_range_of_its_operands() {
        Node w = Node.parameter("w", 3, 1);
        Run run = Program.of(x.matmul(w))
                .newRun()
                .set(x, new double[][] {{1e200, 1, 1}})
                .set(w, new double[][] {{1e200}, {0}, {-2}})
                .forward();

        NonFinite first = run.firstNonFinite().orElseThrow();

        assertThat(first.operands())
                .containsExactly("\"x\" 1×3, from 1.0 to 1.0E200", "\"w\" 3×1, from -2.0 to 1.0E200");
        assertThat(first.hint()).startsWith("the result is beyond the largest double");
    }

    /** The text of the first one, after both passes of the sum. */
    private String told(Node y, double at) {
        return runOf(y.sum())
                .set(x, new double[][] {{1, at, 2}})
                .forward()
                .backward()
                .firstNonFinite()
                .orElseThrow()
                .toString()
                .replaceAll("java:\\d+", "java:12");
    }

    @Test
    void each_common_cause_has_its_hint() {
        assertThat(told(Elementary.sqrt(x), 0)).isEqualTo("""
                "dx" 1×3 at (0,1) is Infinity, the first value that is not finite in the backward pass
                  made by operation divide in the gradient of sqrt at FirstNonFiniteTest.java:12
                  from broadcast 1×3 at (0,1) = 1.0
                  from scale(2) 1×3 at (0,1) = 0.0
                  hint: sqrt is NaN below 0 and infinitely steep at 0: choose a safe operand before the root, \
                where(x > 0, x, 1); a where(…) after it lets the NaN back in through its gradient""");
        assertThat(told(Elementary.sqrt(x), -1)).isEqualTo("""
                sqrt 1×3 at (0,1) is NaN, the first value that is not finite in the forward pass
                  made by operation sqrt at FirstNonFiniteTest.java:12
                  from "x" 1×3 at (0,1) = -1.0
                  hint: sqrt is NaN below 0 and infinitely steep at 0: choose a safe operand before the root, \
                where(x > 0, x, 1); a where(…) after it lets the NaN back in through its gradient""");
        assertThat(told(Arithmetic.divide(x, x), 0)).isEqualTo("""
                divide 1×3 at (0,1) is NaN, the first value that is not finite in the forward pass
                  made by operation divide at FirstNonFiniteTest.java:12
                  from "x" 1×3 at (0,1) = 0.0
                  from "x" 1×3 at (0,1) = 0.0
                  hint: choose a safe denominator before dividing, where(b = 0, 1, b); a where(…) after the division lets \
                the NaN back in through its gradient""");
        assertThat(told(x.exp(), 1000)).isEqualTo("""
                exp 1×3 at (0,1) is Infinity, the first value that is not finite in the forward pass
                  made by operation exp at FirstNonFiniteTest.java:12
                  from "x" 1×3 at (0,1) = 1000.0
                  hint: exp overflows above 709.78: subtract the maximum first, as softmax and logSumExp do, or use sigmoid \
                or softplus, which cannot overflow""");
    }

    @Test
    void a_choice_after_the_root_lets_the_nan_back_in_and_the_root_is_named() {
        Node positive = Comparisons.greater(x, Node.constant(0));
        String told = told(Comparisons.where(positive, Elementary.sqrt(x), x.times(0.0)), -1);

        assertThat(told).contains("sqrt").contains("hint: sqrt is NaN below 0 and infinitely steep at 0");
    }

    @Test
    void asking_before_running_is_an_error() {
        Run run = runOf(x.sum());

        assertThatThrownBy(run::firstNonFinite)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("call forward() before firstNonFinite()");
    }
}
