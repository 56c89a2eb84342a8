package org.gradgraph.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.graph.Activations;
import org.gradgraph.graph.Arithmetic;
import org.gradgraph.graph.Comparisons;
import org.gradgraph.graph.Elementary;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Reductions;
import org.junit.jupiter.api.Test;

/** A cotangent of exactly 0 stays 0, whatever the slope is; exact values, by hand. */
public class CotangentsOfZeroTest {
    private final Node v = Node.parameter("v", 2, 1);
    private final Node x = Node.parameter("x");

    private static double[][] column(double... elements) {
        double[][] column = new double[elements.length][];
        for (int i = 0; i < column.length; i++) {
            column[i] = new double[] {elements[i]};
        }
        return column;
    }

    /** The gradient that a program finds and the one that is composed, which must agree. */
    private static double[] gradient(Node cost, Node wrt, double... at) {
        Run run = Program.of(cost).withGradients(wrt).newRun().set(wrt, column(at));
        double[] found = unsigned(run.forwardAndBackward().gradient(wrt).data);
        Node composed = Derivatives.gradient(cost, wrt);
        assertThat(value(cost, composed, wrt, at)).containsExactly(found);
        return found;
    }

    private static double[] hessian(Node cost, Node wrt, double... at) {
        return value(cost, Derivatives.hessian(cost, wrt), wrt, at);
    }

    /** The cost is computed too, because a derivative that is constant has no input of its own. */
    private static double[] value(Node cost, Node derivative, Node wrt, double... at) {
        Run run = Program.of(List.of(cost, derivative)).newRun().set(wrt, column(at));
        return unsigned(run.forward().value(derivative).data);
    }

    /** A zero may have either sign. */
    private static double[] unsigned(double[] numbers) {
        return Arrays.stream(numbers).map(number -> number + 0.0).toArray();
    }

    @Test
    void of_an_entry_that_is_not_used() {
        assertThat(gradient(Layout.slice(v.sqrt(), 1, 2, 0, 1), v, 0, 4)).containsExactly(0, 0.25);
        assertThat(hessian(Layout.slice(v.sqrt(), 1, 2, 0, 1), v, 0, 4)).containsExactly(0, 0, 0, -1.0 / 32);
        assertThat(gradient(Layout.slice(v.log(), 1, 2, 0, 1), v, 0, 4)).containsExactly(0, 0.25);
        assertThat(gradient(Layout.slice(Arithmetic.reciprocal(v), 1, 2, 0, 1), v, 0, 2))
                .containsExactly(0, -0.25);
        assertThat(gradient(Layout.slice(Arithmetic.power(v, -2), 1, 2, 0, 1), v, 0, 2))
                .containsExactly(0, -0.25);
        assertThat(gradient(Layout.slice(Elementary.acos(v), 1, 2, 0, 1), v, 1, 0))
                .containsExactly(0, -1);
        assertThat(gradient(Layout.slice(Elementary.cbrt(v), 1, 2, 0, 1), v, 0, 1))
                .containsExactly(new double[] {0, 1.0 / 3}, within(1e-16));
    }

    @Test
    void of_a_branch_that_is_not_taken() {
        Node norm = Reductions.norm2(v);
        Node cut = Comparisons.where(Comparisons.greater(norm, 1), v.dividedBy(norm), v)
                .sum();
        assertThat(gradient(cut, v, 0, 0)).containsExactly(1, 1);
        assertThat(hessian(cut, v, 0, 0)).containsExactly(0, 0, 0, 0);
        Node seen = Node.constant(new double[][] {{Double.NEGATIVE_INFINITY}, {3}});
        Node filled = Comparisons.where(
                        Comparisons.equal(seen, Double.NEGATIVE_INFINITY),
                        v,
                        seen.minus(v).square())
                .sum();
        assertThat(gradient(filled, v, 1, 1)).containsExactly(1, -4);
        assertThat(hessian(filled, v, 1, 1)).containsExactly(0, 0, 0, 2);
    }

    @Test
    void of_two_roots_in_a_branch_that_is_not_taken_in_the_second_derivative_too() {
        Node roots = Comparisons.where(Comparisons.greater(x, 0), x.sqrt().sqrt(), x);
        assertThat(gradient(roots, x, 0)).containsExactly(1);
        assertThat(hessian(roots, x, 0)).containsExactly(0);
    }

    @Test
    void of_what_overflows_or_is_missing() {
        assertThat(gradient(x.exp().minimum(Node.constant(1)), x, 1000)).containsExactly(0);
        assertThat(hessian(x.exp().minimum(Node.constant(1)), x, 1000)).containsExactly(0);
        Node label = Node.constant(new double[][] {{Double.NaN}, {3}});
        Node weight = Node.constant(new double[][] {{0}, {2}});
        Node loss = Comparisons.mask(v.minus(label).square(), weight).sum();
        assertThat(gradient(loss, v, 1, 1)).containsExactly(0, -8);
        assertThat(hessian(loss, v, 1, 1)).containsExactly(0, 0, 0, 4);
    }

    @Test
    void of_a_row_of_a_softmax_that_is_masked_and_not_used() {
        Node masked = Node.constant(new double[][] {{Double.NEGATIVE_INFINITY}, {0}});
        Node logits = Layout.concatColumns(v.plus(masked), masked);
        Node weights = Activations.softmaxRows(logits);
        assertThat(gradient(Layout.slice(weights, 1, 2, 0, 1), v, 0, 0)).containsExactly(0, 0.25);
        assertThat(hessian(Layout.slice(weights, 1, 2, 0, 1), v, 0, 0)).containsExactly(0, 0, 0, 0);
    }

    @Test
    void of_powers_of_zero_in_the_second_derivative() {
        Node powers = Arithmetic.power(x.broadcastTo(v.shape()), Node.constant(new double[][] {{1}, {2}}));
        Node cost = powers.times(Node.constant(new double[][] {{5}, {7}})).sum();
        assertThat(gradient(cost, x, 0)).containsExactly(5);
        assertThat(hessian(cost, x, 0)).containsExactly(14);
        Node constant =
                Arithmetic.power(x, Node.constant(0)).times(3).plus(x.square().times(7));
        assertThat(hessian(constant, x, 0)).containsExactly(14);
    }

    @Test
    void that_moves_is_seen_by_the_second_derivative() {
        // the derivative of 1.5·√x is infinite at 0, where the cotangent of the root is x = 0
        assertThat(gradient(x.times(x.sqrt()), x, 0)).containsExactly(0);
        assertThat(hessian(x.times(x.sqrt()), x, 0)).containsExactly(Double.POSITIVE_INFINITY);
    }
}
