package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.diff.Derivatives;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bug class 14: 0·NaN through a choice or a mask. */
class ChoicesLeakNothingTest {
    private final Node condition = Node.input("c");
    private final Node a = Node.parameter("a");
    private final Node b = Node.parameter("b");

    private double value(Node node, double c, double atA, double atB) {
        return Computation.value(node, Map.of(condition, one(c), a, one(atA), b, one(atB)))[0];
    }

    private static DMatrixRMaj one(double number) {
        return new DMatrixRMaj(1, 1, true, number);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    @DisplayName("bug class 14: the branch not taken gets an exact zero whatever its value and whatever comes back")
    void the_branch_not_taken_gets_an_exact_zero_whatever_its_value_and_whatever_comes_back(double strange) {
        // GIVEN a cotangent that is strange itself
        Node y = Comparisons.where(condition, a, b).times(strange);
        List<Node> gradients = Derivatives.gradient(y, List.of(a, b));
        assertThat(value(gradients.get(0), 0, strange, 2)).isZero();
        assertThat(value(gradients.get(1), 1, 2, strange)).isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    @DisplayName("bug class 14: nor does it leak into second derivatives")
    void nor_does_it_leak_into_second_derivatives(double strange) {
        Node y = Comparisons.where(condition, a, b).power(3);
        Node slope = Derivatives.gradient(y, a);
        Node curvature = Derivatives.gradient(slope, a);
        Node mixed = Derivatives.gradient(slope, b);
        assertThat(value(slope, 1, 2, strange)).isEqualTo(12);
        assertThat(value(curvature, 1, 2, strange)).isEqualTo(12);
        assertThat(value(mixed, 1, 2, strange)).isZero();
        assertThat(value(curvature, 0, strange, 2)).isZero();
    }

    @Test
    @DisplayName("bug class 14: a choice inside keeps the bad argument away from a function")
    void a_choice_inside_keeps_the_bad_argument_away_from_a_function() {
        // GIVEN √x for x > 0 and 0 elsewhere: the inner choice replaces what the root cannot take
        double[] slopes = {
            Derivative.of(ChoicesLeakNothingTest::rootOrZero, 1, -4),
            Derivative.of(ChoicesLeakNothingTest::rootOrZero, 1, 0),
            Derivative.of(ChoicesLeakNothingTest::rootOrZero, 1, 4)
        };
        assertThat(slopes).containsExactly(0, 0, 0.25);
        assertThat(Derivative.of(ChoicesLeakNothingTest::rootOrZero, 2, -4)).isZero();
        assertThat(Derivative.of(ChoicesLeakNothingTest::rootOrZero, 2, 4)).isEqualTo(-1 / 32.0);
    }

    private static Node rootOrZero(Node x) {
        Node positive = Comparisons.greater(x, 0);
        Node safe = Comparisons.where(positive, x, Node.constant(1));
        return Comparisons.where(positive, safe.sqrt(), Node.constant(0));
    }

    @Test
    @DisplayName("bug class 14: relu clip and maximum pass nothing on where they are flat")
    void relu_clip_and_maximum_pass_nothing_on_where_they_are_flat() {
        // GIVEN a root after them, whose derivative is infinite at 0
        assertThat(Derivative.of(x -> x.relu().sqrt(), 1, -1)).isZero();
        assertThat(Derivative.of(x -> x.clip(0, 1).sqrt(), 1, -1)).isZero();
        assertThat(Derivative.of(x -> x.maximum(Node.constant(0)).sqrt(), 1, -1))
                .isZero();
        assertThat(Derivative.of(x -> x.relu().sqrt(), 2, -1)).isZero();
    }

    @Test
    @DisplayName("bug class 14: a mask of zero wins over nan")
    void a_mask_of_zero_wins_over_nan() {
        Node y = Comparisons.mask(a, condition).square();
        Node slope = Derivatives.gradient(y, a);
        assertThat(value(y, 0, Double.NaN, 0)).isZero();
        assertThat(value(slope, 0, Double.NaN, 0)).isZero();
        assertThat(value(slope, 0.5, 4, 0)).isEqualTo(2);
    }
}
