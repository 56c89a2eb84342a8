package org.gradgraph.optim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Stream;
import org.gradgraph.optim.NistProblems.NistProblem;
import org.gradgraph.train.Trainer;
import org.gradgraph.train.Training;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The 27 nonlinear regressions of NIST's StRD, from both starts, against certified values. */
class NistTest {
    /** Six digits; costs agree in eight. */
    private static final double DIGITS = 1e-6;

    /** From here the step after the first leads to another, flat minimum (BoxBOD), or progress is too slow (MGH10). */
    private static final Set<String> TOO_FAR = Set.of("BoxBOD from start 1", "MGH10 from start 1");

    @TestFactory
    Stream<DynamicTest> levenberg_marquardt_finds_the_certified_values() {
        return NistProblems.all().stream()
                .flatMap(problem -> Stream.of(0, 1)
                        .filter(start -> !TOO_FAR.contains(problem.name() + " from start " + (start + 1)))
                        .map(start -> DynamicTest.dynamicTest(
                                problem.name() + " from start " + (start + 1), () -> check(problem, start))));
    }

    private static void check(NistProblem problem, int start) {
        Training training = Trainer.ofResiduals(problem.residuals())
                .optimizer(Optimizers.levenbergMarquardt())
                .data(problem.data())
                .initialValues(problem.start(start))
                .steps(3000)
                .train();

        for (int i = 0; i < problem.certified().length; i++) {
            double found = training.parameter(problem.parameter(i)).get(0);
            assertThat(Math.abs(found / problem.certified()[i] - 1))
                    .as("b" + (i + 1) + " = " + found + ", certified " + problem.certified()[i] + ", after "
                            + training.steps() + " steps: " + training.reason())
                    .isLessThan(DIGITS);
        }
        if (problem.sumOfSquares() > 1e-20) {
            assertThat(Math.abs(2 * training.cost() / problem.sumOfSquares() - 1))
                    .isLessThan(1e-8);
        }
        assertThat(training.end()).as(training.reason()).isEqualTo(Training.End.CONVERGED);
    }
}
