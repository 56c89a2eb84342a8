package org.gradgraph.optim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Node;
import org.gradgraph.optim.MoreGarbowHillstrom.Problem;
import org.gradgraph.optim.NistProblems.NistProblem;
import org.gradgraph.train.Trainer;
import org.gradgraph.train.Training;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.MaxIter;
import org.hipparchus.optim.PointValuePair;
import org.hipparchus.optim.SimpleValueChecker;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunctionGradient;
import org.hipparchus.optim.nonlinear.scalar.gradient.NonLinearConjugateGradientOptimizer;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresBuilder;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresOptimizer;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LevenbergMarquardtOptimizer;
import org.hipparchus.util.Pair;
import org.junit.jupiter.api.Test;

/** The table of optimisers in docs/training.md: how many public problems they solve and at what cost, beside Hipparchus. */
class OptimizerTableTest {
    private static final Path PAGE = Path.of("../docs/training.md");
    private static final int MOST_STEPS = 5000;
    private static final double SIX_DIGITS = 1e-6;

    /** Minimises half the sum of the squares of residuals. */
    private interface Method {
        Result minimize(Node residuals, Feeds data, Feeds start);
    }

    /** Where a method has ended, and what that has cost; no point if it gave up. */
    private record Result(Feeds point, double squares, double first, long iterations, long evaluations) {
        static Result none(Objective objective) {
            return new Result(Feeds.none(), Double.NaN, Double.NaN, 0, objective.evaluations());
        }

        static Result of(Objective objective, double[] x, long iterations) {
            long evaluations = objective.evaluations();
            return new Result(
                    objective.parameters(x),
                    2 * objective.value(x),
                    2 * objective.value(objective.start()),
                    iterations,
                    evaluations);
        }
    }

    private static Method ours(Optimizer optimizer) {
        return (residuals, data, start) -> {
            Training training = Trainer.ofResiduals(residuals)
                    .optimizer(optimizer)
                    .data(data)
                    .initialValues(start)
                    .steps(MOST_STEPS)
                    .train();
            return new Result(
                    training.parameters(),
                    2 * training.cost(),
                    2 * training.costs()[0],
                    training.steps(),
                    training.evaluations());
        };
    }

    private static Method leastSquares(LeastSquaresOptimizer optimizer) {
        return (residuals, data, start) -> {
            Objective objective = Objective.ofResiduals(residuals, data, start);
            double[] first = objective.start();
            try {
                LeastSquaresOptimizer.Optimum optimum = optimizer.optimize(new LeastSquaresBuilder()
                        .model(p -> new Pair<>(
                                new ArrayRealVector(objective.residuals(p.toArray())),
                                new Array2DRowRealMatrix(objective.jacobian(p.toArray()))))
                        .target(new double[objective.residuals(first).length])
                        .start(first)
                        .maxEvaluations(MOST_STEPS)
                        .maxIterations(MOST_STEPS)
                        .build());
                return Result.of(objective, optimum.getPoint().toArray(), optimum.getIterations());
            } catch (MathRuntimeException gaveUp) {
                return Result.none(objective);
            }
        };
    }

    private static Method conjugateGradients() {
        return (residuals, data, start) -> {
            Objective objective = Objective.ofResiduals(residuals, data, start);
            NonLinearConjugateGradientOptimizer optimizer = new NonLinearConjugateGradientOptimizer(
                    NonLinearConjugateGradientOptimizer.Formula.POLAK_RIBIERE, new SimpleValueChecker(1e-14, 1e-30));
            try {
                PointValuePair found = optimizer.optimize(
                        new ObjectiveFunction(objective::value),
                        new ObjectiveFunctionGradient(objective::gradient),
                        GoalType.MINIMIZE,
                        new InitialGuess(objective.start()),
                        new MaxEval(20 * MOST_STEPS),
                        new MaxIter(MOST_STEPS));
                return Result.of(objective, found.getPoint(), optimizer.getIterations());
            } catch (MathRuntimeException gaveUp) {
                return Result.none(objective);
            }
        };
    }

    /** What a method has done with a set of problems. */
    private static final class Tally {
        private final List<Long> iterations = new ArrayList<>();
        private final List<Long> evaluations = new ArrayList<>();
        private final List<String> unsolved = new ArrayList<>();

        void add(String name, boolean isSolved, Result result) {
            if (isSolved) {
                iterations.add(result.iterations());
                evaluations.add(result.evaluations());
            } else {
                unsolved.add(name);
            }
        }

        private static long median(List<Long> numbers) {
            return numbers.stream().sorted().toList().get(numbers.size() / 2);
        }

        String cells() {
            return iterations.isEmpty()
                    ? "0 | | "
                    : iterations.size() + " | " + median(iterations) + " | " + median(evaluations);
        }

        String unsolved() {
            return unsolved.isEmpty() ? "none" : unsolved.size() > 6 ? "many" : String.join(", ", unsolved);
        }
    }

    private static Tally smallProblems(Method method) {
        Tally tally = new Tally();
        for (Problem problem : MoreGarbowHillstrom.all()) {
            Result result = method.minimize(problem.residuals(), Feeds.none(), problem.start());
            tally.add(problem.name(), problem.isMinimum(result.squares(), result.first()), result);
        }
        return tally;
    }

    private static Tally regressions(Method method) {
        Tally tally = new Tally();
        for (NistProblem problem : NistProblems.all()) {
            for (int start = 0; start < 2; start++) {
                Result result = method.minimize(problem.residuals(), problem.data(), problem.start(start));
                tally.add(problem.name() + " from start " + (start + 1), isCertified(problem, result), result);
            }
        }
        return tally;
    }

    private static boolean isCertified(NistProblem problem, Result result) {
        for (int i = 0; i < problem.certified().length; i++) {
            var found = result.point().asMap().get(problem.parameter(i));
            if (found == null || !(Math.abs(found.get(0) / problem.certified()[i] - 1) < SIX_DIGITS)) {
                return false;
            }
        }
        return true;
    }

    private static String row(String name, Method method, boolean fitsRegressions) {
        Tally small = smallProblems(method);
        Tally fits = fitsRegressions ? regressions(method) : new Tally();
        String unsolved = small.unsolved() + (fitsRegressions ? "; " + fits.unsolved() : "");
        return "| " + name + " | " + small.cells() + " | " + (fitsRegressions ? fits.cells() : "| |") + " | " + unsolved
                + " |\n";
    }

    @Test
    void the_table_on_the_page_is_what_the_optimisers_do() throws IOException {
        String made = "| optimiser | 1981: solved of 35 | iterations | evaluations | StRD: solved of 54 | iterations |"
                + " evaluations | not solved: 1981; StRD |\n|---|---|---|---|---|---|---|---|\n"
                + row("`levenbergMarquardt`", ours(Optimizers.levenbergMarquardt()), true)
                + row("`lbfgs`", ours(Optimizers.lbfgs()), false)
                + row("`lbfgsB` without bounds", ours(Optimizers.lbfgsB(Feeds.none(), Feeds.none())), false)
                + row("Hipparchus, Levenberg-Marquardt", leastSquares(new LevenbergMarquardtOptimizer()), true)
                + row("Hipparchus, conjugate gradients", conjugateGradients(), false);
        String page = Files.readString(PAGE);
        String anew = page.replaceFirst("(?s)\\| optimiser \\| 1981.*?\\n(?!\\|)", Matcher.quoteReplacement(made));
        if ("write".equals(System.getProperty("pages"))) {
            Files.writeString(PAGE, anew);
        } else {
            assertThat(page)
                    .as("docs/training.md, which -Dpages=write writes anew")
                    .contains(made);
        }
    }
}
