package org.gradgraph.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Elementary;
import org.gradgraph.graph.Node;
import org.gradgraph.optim.solve.Box;
import org.gradgraph.optim.solve.CostFunction;
import org.gradgraph.optim.solve.LineSearch;
import org.junit.jupiter.api.Test;

/** Whatever the function, the step that a search returns satisfies both strong Wolfe conditions. */
class LineSearchTest {
    private static final double SUFFICIENT_DECREASE = 1e-4;
    private static final double CURVATURE = 0.9;

    private final Node x = Node.parameter("x");

    private CostFunction function(Node cost, double from) {
        Objective objective = Objective.of(cost, Feeds.none(), Feeds.of(x, from));
        return new CostFunction(objective.size(), objective::valueAndGradient);
    }

    /** A search from a point downhill, along the negative gradient. */
    private void search(Node cost, double from, double firstLength) {
        CostFunction function = function(cost, from);
        double[] gradient = new double[1];
        double cost0 = function.evaluate(new double[] {from}, gradient);
        double[] direction = {-gradient[0]};
        double slope0 = -gradient[0] * gradient[0];
        LineSearch search = new LineSearch(function, Box.everything(1));

        boolean found =
                search.search(new double[] {from}, direction, cost0, slope0, firstLength, Double.POSITIVE_INFINITY);

        String what = cost + " from " + from + " by " + firstLength;
        double length = (search.point()[0] - from) / direction[0];
        double[] there = new double[1];
        double costThere = function.evaluate(search.point().clone(), there);
        assertThat(found).as(what).isTrue();
        assertThat(search.cost()).as(what).isEqualTo(costThere);
        assertThat(search.gradient()).as(what).isEqualTo(there);
        assertThat(costThere).as(what).isLessThanOrEqualTo(cost0 + SUFFICIENT_DECREASE * length * slope0);
        assertThat(Math.abs(there[0] * direction[0])).as(what).isLessThanOrEqualTo(-CURVATURE * slope0);
    }

    /** On a parabola a step between 1.9 and 2 times that to the minimum decreases the cost and is too steep. */
    @Test
    void a_step_past_the_minimum_is_bracketed() {
        Node parabola = x.square().times(0.5);
        for (double length : new double[] {1.91, 1.95, 1.99}) {
            search(parabola, 1, length);
        }
    }

    /** The cubic with slope −1 at 0 and slope 0 at 1, where it is 10⁻⁶ lower: flat enough, and not low enough. */
    @Test
    void a_step_that_gains_next_to_nothing_is_refused() {
        double gain = 1e-6;
        Node cubic = x.times(x)
                .times(2 - 3 * gain)
                .minus(x)
                .minus(x.times(x).times(x).times(1 - 2 * gain));

        search(cubic, 0, 1);
    }

    /** The cubic through a parabola is the parabola. */
    @Test
    void interpolation_finds_the_minimum_of_a_parabola_at_once() {
        LineSearch search = new LineSearch(function(x.square(), 1), Box.everything(1));

        assertThat(search.search(new double[] {1}, new double[] {-2}, 1, -4, 3, Double.POSITIVE_INFINITY))
                .isTrue();

        assertThat(search.point()[0]).isCloseTo(0, within(1e-14));
    }

    /** Waves on a parabola: bumps that are higher than the step before. */
    @Test
    void a_wave_on_a_parabola_ends_in_a_step_with_both_conditions() {
        Random random = new Random(5);
        for (int k = 0; k < 3000; k++) {
            double height = 2 * random.nextDouble();
            double frequency = 1 + 9 * random.nextDouble();
            Node cost = x.square()
                    .times(0.5)
                    .plus(Elementary.cos(x.times(frequency).plus(6 * random.nextDouble()))
                            .times(height));
            double from = 4 * random.nextGaussian();
            search(cost, from, Math.pow(10, -2 + 3 * random.nextDouble()));
        }
    }

    /** The logarithm is NaN behind 0, so the first steps are too long. */
    @Test
    void a_step_out_of_the_domain_is_shortened() {
        Node cost = x.minus(x.log());
        for (double length : new double[] {1.5, 10, 1e4}) {
            search(cost, 3, length);
        }
    }

    @Test
    void without_a_step_that_decreases_the_cost_none_is_found() {
        LineSearch search = new LineSearch(function(x.square(), 1), Box.everything(1));

        assertThat(search.search(new double[] {1}, new double[] {1}, 1, -1, 1, Double.POSITIVE_INFINITY))
                .isFalse();
        assertThat(search.report(1))
                .startsWith("41 step lengths from ")
                .contains("were tried, the lowest cost was 1.0");
    }
}
