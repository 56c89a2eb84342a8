package org.gradgraph.optim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.gradgraph.exec.Feeds;
import org.gradgraph.optim.MoreGarbowHillstrom.Problem;
import org.gradgraph.train.Trainer;
import org.gradgraph.train.Training;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Optimisers reach a minimum that Moré, Garbow and Hillstrom list, and say so. */
class MoreGarbowHillstromTest {
    /** L-BFGS and L-BFGS-B reach the minimum in eight digits and call it STUCK: the gradient is 1.1e-6 on the scale of the cost. */
    private static final String JUST_STUCK = "9 Gaussian";

    @Test
    void there_are_35_problems() {
        assertThat(MoreGarbowHillstrom.all().stream()
                        .map(problem -> Integer.parseInt(
                                problem.name().substring(0, problem.name().indexOf(' '))))
                        .sorted())
                .containsExactlyElementsOf(
                        Stream.iterate(1, i -> i + 1).limit(35).toList());
    }

    @TestFactory
    Stream<DynamicTest> they_are_solved() {
        return MoreGarbowHillstrom.all().stream()
                .flatMap(problem -> List.of(
                                Optimizers.levenbergMarquardt(),
                                Optimizers.lbfgs(),
                                Optimizers.lbfgsB(Feeds.none(), Feeds.none()))
                        .stream()
                        .map(optimizer -> DynamicTest.dynamicTest(
                                problem.name() + " by " + optimizer.name(), () -> check(problem, optimizer))));
    }

    private static void check(Problem problem, Optimizer optimizer) {
        Training training = Trainer.ofResiduals(problem.residuals())
                .optimizer(optimizer)
                .initialValues(problem.start())
                .steps(20_000)
                .train();

        double squares = 2 * training.cost();
        double first = 2 * training.costs()[0];
        String found = squares + " from " + first + " in " + training.steps() + " steps: " + training.end() + ", "
                + training.reason();
        assertThat(problem.isMinimum(squares, first)).as(found).isTrue();
        boolean justStuck =
                optimizer.name().startsWith("L-BFGS") && problem.name().equals(JUST_STUCK);
        assertThat(training.end()).as(found).isEqualTo(justStuck ? Training.End.STUCK : Training.End.CONVERGED);
    }
}
