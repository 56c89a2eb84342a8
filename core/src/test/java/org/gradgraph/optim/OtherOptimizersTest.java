package org.gradgraph.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Node;
import org.gradgraph.train.Trainer;
import org.gradgraph.train.Training;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresBuilder;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresProblem;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LevenbergMarquardtOptimizer;
import org.hipparchus.util.Pair;
import org.junit.jupiter.api.Test;

/** Optimisers of Hipparchus and Commons Math minimise an objective, in a few lines each. */
class OtherOptimizersTest {
    private final Node x = Node.parameter("x");
    private final Node y = Node.parameter("y");
    private final Node valley =
            y.minus(x.square()).square().times(100).plus(x.minus(1).square());
    private final Objective rosenbrock =
            Objective.of(valley, Feeds.none(), Feeds.of(x, -1.2).and(y, 1));

    private final Node t = Node.input("t", 1, Dim.named("m"));
    private final Node data = Node.input("y", 1, Dim.named("m"));
    private final Node model = x.times(t.times(y).exp());
    private final Objective fit = Objective.ofResiduals(
            model.minus(data),
            Feeds.of(t, new double[] {0, 1, 2, 3})
                    .and(data, new double[] {2, 2 * Math.exp(-0.5), 2 * Math.exp(-1), 2 * Math.exp(-1.5)}),
            Feeds.of(x, 1).and(y, 0));

    @Test
    void levenberg_marquardt_of_hipparchus() {
        LeastSquaresProblem problem = new LeastSquaresBuilder()
                .model(p -> new Pair<>(
                        new ArrayRealVector(fit.residuals(p.toArray())),
                        new Array2DRowRealMatrix(fit.jacobian(p.toArray()))))
                .target(new double[4])
                .start(fit.start())
                .maxEvaluations(100)
                .maxIterations(100)
                .build();

        double[] found =
                new LevenbergMarquardtOptimizer().optimize(problem).getPoint().toArray();

        assertThat(found).containsExactly(new double[] {2, -0.5}, within(1e-9));
    }

    @Test
    void conjugate_gradients_of_hipparchus() {
        double[] found = new org.hipparchus.optim.nonlinear.scalar.gradient.NonLinearConjugateGradientOptimizer(
                        org.hipparchus.optim.nonlinear.scalar.gradient.NonLinearConjugateGradientOptimizer.Formula
                                .POLAK_RIBIERE,
                        new org.hipparchus.optim.SimpleValueChecker(1e-15, 1e-15))
                .optimize(
                        new org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction(rosenbrock::value),
                        new org.hipparchus.optim.nonlinear.scalar.ObjectiveFunctionGradient(rosenbrock::gradient),
                        org.hipparchus.optim.nonlinear.scalar.GoalType.MINIMIZE,
                        new org.hipparchus.optim.InitialGuess(rosenbrock.start()),
                        org.hipparchus.optim.MaxEval.unlimited())
                .getPoint();

        assertThat(found).containsExactly(new double[] {1, 1}, within(1e-5));
    }

    @Test
    void conjugate_gradients_of_commons_math() {
        double[] found =
                new org.apache.commons.math3.optim.nonlinear.scalar.gradient.NonLinearConjugateGradientOptimizer(
                                org.apache.commons.math3.optim.nonlinear.scalar.gradient
                                        .NonLinearConjugateGradientOptimizer.Formula.POLAK_RIBIERE,
                                new org.apache.commons.math3.optim.SimpleValueChecker(1e-15, 1e-15))
                        .optimize(
                                new org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction(
                                        rosenbrock::value),
                                new org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunctionGradient(
                                        rosenbrock::gradient),
                                org.apache.commons.math3.optim.nonlinear.scalar.GoalType.MINIMIZE,
                                new org.apache.commons.math3.optim.InitialGuess(rosenbrock.start()),
                                org.apache.commons.math3.optim.MaxEval.unlimited())
                        .getPoint();

        assertThat(found).containsExactly(new double[] {1, 1}, within(1e-5));
    }

    @Test
    void ours_find_the_same() {
        Trainer fits = Trainer.ofResiduals(model.minus(data))
                .data(Feeds.of(t, new double[] {0, 1, 2, 3})
                        .and(data, new double[] {2, 2 * Math.exp(-0.5), 2 * Math.exp(-1), 2 * Math.exp(-1.5)}))
                .initialValues(Feeds.of(x, 1).and(y, 0));
        for (Optimizer optimizer :
                new Optimizer[] {Optimizers.levenbergMarquardt(), Optimizers.gaussNewton(), Optimizers.lbfgs()}) {
            Training training = fits.optimizer(optimizer).train();
            assertThat(training.parameter(x).get(0)).isCloseTo(2, within(1e-7));
            assertThat(training.parameter(y).get(0)).isCloseTo(-0.5, within(1e-7));
            assertThat(training.end()).as(training.reason()).isEqualTo(Training.End.CONVERGED);
        }
    }
}
