package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomNumbersTest {
    private static final Shape LARGE = Shape.of(200, 500);
    private static final int COUNT = 100_000;

    private final Node draw = Node.input("draw");

    @Test
    void uniform_numbers_are_the_published_ones_of_splitmix64() {
        // GIVEN the first outputs for seed 1234567, as published with the reference implementation
        long[] published = {
            6457827717110365317L,
            3203168211198807973L,
            Long.parseUnsignedLong("9817491932198370423"),
            4593380528125082431L,
            Long.parseUnsignedLong("16408922859458223821")
        };
        // WHEN
        double[] numbers = values(RandomNumbers.uniform(Shape.of(1, 5), 1234567));
        // THEN
        for (int k = 0; k < published.length; k++) {
            assertThat(numbers[k]).isEqualTo((published[k] >>> 11) / 0x1p53);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 42, Long.MIN_VALUE})
    void uniform_numbers_are_those_of_the_generator_of_the_jdk(long seed) {
        SplittableRandom jdk = new SplittableRandom(seed);
        double[] expected =
                jdk.longs(50).mapToDouble(bits -> (bits >>> 11) / 0x1p53).toArray();
        assertThat(values(RandomNumbers.uniform(Shape.of(5, 10), seed))).containsExactly(expected);
    }

    @Test
    void uniform_numbers_have_the_moments_of_their_distribution() {
        double[] u = values(RandomNumbers.uniform(LARGE, 3));
        // five standard errors: the variance is 1/12, that of the square 4/45
        assertThat(mean(u)).isCloseTo(0.5, within(5 * Math.sqrt(1 / 12.0 / COUNT)));
        assertThat(mean(squares(u))).isCloseTo(1 / 3.0, within(5 * Math.sqrt(4 / 45.0 / COUNT)));
        assertThat(Arrays.stream(u)).allMatch(x -> x >= 0 && x < 1);
    }

    @Test
    void normal_numbers_have_the_moments_of_their_distribution_and_neighbours_do_not_depend_on_each_other() {
        double[] z = values(RandomNumbers.normal(LARGE, 3));
        double[] neighbours = new double[COUNT - 1];
        Arrays.setAll(neighbours, k -> z[k] * z[k + 1]);
        // five standard errors: the variance is 1, that of the square 2, that of a product of two 1
        assertThat(mean(z)).isCloseTo(0, within(5 / Math.sqrt(COUNT)));
        assertThat(mean(squares(z))).isCloseTo(1, within(5 * Math.sqrt(2.0 / COUNT)));
        assertThat(mean(neighbours)).isCloseTo(0, within(5 / Math.sqrt(COUNT)));
        assertThat(Arrays.stream(z)).allMatch(Double::isFinite);
        long beyondTwo = Arrays.stream(z).filter(x -> Math.abs(x) > 2).count();
        // the probability is 0.0455
        assertThat(beyondTwo / (double) COUNT).isCloseTo(0.0455, within(5 * Math.sqrt(0.0455 / COUNT)));
    }

    @Test
    void the_same_seed_and_draw_give_the_same_bits_and_others_give_others() {
        Node u = RandomNumbers.uniform(Shape.of(3, 4), 9, draw);
        Node other = RandomNumbers.uniform(Shape.of(3, 4), 10, draw);
        assertThat(values(u, 5)).containsExactly(values(u, 5));
        assertThat(values(u, 5)).doesNotContain(values(u, 6)).doesNotContain(values(other, 5));
        assertThat(values(u, 0.0)).containsExactly(values(u, -0.0));
    }

    @Test
    void every_number_of_the_draw_even_a_strange_one_gives_numbers_of_the_distribution() {
        for (double strange : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            assertThat(Arrays.stream(values(RandomNumbers.uniform(Shape.of(3, 4), 9, draw), strange)))
                    .allMatch(x -> x >= 0 && x < 1);
            assertThat(Arrays.stream(values(RandomNumbers.normal(Shape.of(3, 4), 9, draw), strange)))
                    .allMatch(Double::isFinite);
        }
    }

    @Test
    void a_dropout_mask_is_zero_at_the_rate_asked_for_and_has_mean_1() {
        double[] mask = values(RandomNumbers.dropoutMask(LARGE, 0.3, 4, draw), 1);
        long zeros = Arrays.stream(mask).filter(x -> x == 0).count();
        assertThat(zeros / (double) COUNT).isCloseTo(0.3, within(5 * Math.sqrt(0.3 * 0.7 / COUNT)));
        assertThat(mask).containsOnly(0, 1 / (1 - 0.3));
    }

    @Test
    void masks_and_numbers_of_one_seed_and_draw_belong_together() {
        double[] numbers = values(RandomNumbers.uniform(Shape.of(5, 7), 4, draw), 1);
        assertThat(values(RandomNumbers.dropoutMask(Shape.of(5, 7), 0.3, 4, draw), 1))
                .containsExactly(Arrays.stream(numbers)
                        .map(u -> u >= 0.3 ? 1 / (1 - 0.3) : 0)
                        .toArray());
    }

    @Test
    void dropout_with_rate_0_changes_nothing_and_what_is_dropped_leaks_no_nan() {
        Node x = Node.input("x", 1, 3);
        assertThat(values(RandomNumbers.dropout(x, 0, 4, draw), Map.of(x, row(1, 2, 3), draw, row(0))))
                .containsExactly(1, 2, 3);
        Node mask = RandomNumbers.dropoutMask(Shape.of(1, 3), 0.5, 4, draw);
        double[] kept = values(mask, 8);
        double[] dropped = values(
                RandomNumbers.dropout(x, 0.5, 4, draw),
                Map.of(x, row(Double.NaN, Double.NaN, Double.NaN), draw, row(8)));
        for (int k = 0; k < 3; k++) {
            assertThat(dropped[k]).isEqualTo((Double) (kept[k] == 0 ? 0 : Double.NaN));
        }
        assertThat(kept).as("the test sees both").contains(0, 2);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 1.5, -0.1, Double.NaN})
    void a_rate_that_is_none_is_refused(double rate) {
        assertThatThrownBy(() -> RandomNumbers.dropoutMask(LARGE, rate, 1, draw))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rate");
    }

    @Test
    void a_draw_that_is_no_single_number_is_refused() {
        assertThatThrownBy(() -> RandomNumbers.uniform(LARGE, 1, Node.input("draws", 2, 1)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("1×1");
    }

    private double[] values(Node node, double number) {
        return values(node, Map.of(draw, row(number)));
    }

    private static double[] values(Node node) {
        return values(node, Map.of());
    }

    private static double[] values(Node node, Map<Node, DMatrixRMaj> feeds) {
        return Computation.value(node, feeds);
    }

    private static DMatrixRMaj row(double... numbers) {
        return new DMatrixRMaj(1, numbers.length, true, numbers);
    }

    private static double[] squares(double[] x) {
        return Arrays.stream(x).map(e -> e * e).toArray();
    }

    private static double mean(double[] x) {
        return Arrays.stream(x).average().orElseThrow();
    }
}
