package org.gradgraph.optim;

import com.google.errorprone.annotations.CheckReturnValue;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Require;
import org.gradgraph.optim.problem.Arguments;

/**
 * All optimisers.
 *
 * <p>θ is a parameter, g its gradient, β and ρ forget factors. Each takes a constant rate or a {@link Schedule}.
 *
 * <pre>{@code
 * Optimizers.gradientDescent(0.1)
 * Optimizers.adam(Schedule.cosine(0.001, 10_000)).clippedTo(1)
 * Optimizers.lbfgs()
 * }</pre>
 */
@CheckReturnValue
public final class Optimizers {
    private static final double EPSILON = 1e-8;

    private Optimizers() {}

    /**
     * {@return gradient descent: {@code θ ← θ − rate·g}}
     *
     * @param rate the learning rate, above 0
     */
    public static GradientOptimizer gradientDescent(double rate) {
        return gradientDescent(constant("gradientDescent", rate));
    }

    /**
     * {@return gradient descent with a schedule; see {@link #gradientDescent(double)}}
     *
     * @param rate the learning rate of each step
     */
    public static GradientOptimizer gradientDescent(Schedule rate) {
        return new GradientOptimizer(
                "gradient descent", schedule("gradientDescent", rate), UpdateRule.gradientDescent(), 0);
    }

    /**
     * {@return momentum: {@code u ← β·u + g}, {@code θ ← θ − rate·u}}
     *
     * <p>Sutskever et al., On the importance of initialization and momentum in deep learning (2013), as PyTorch writes
     * it. With {@code u ← β·u + (1 − β)·g} the same path needs a rate that is 1/(1 − β) times as large.
     *
     * @param rate the learning rate
     * @param beta at least 0 and below 1, often 0.9
     */
    public static GradientOptimizer momentum(double rate, double beta) {
        return momentum(constant("momentum", rate), beta);
    }

    /**
     * {@return momentum with a schedule; see {@link #momentum(double, double)}}
     *
     * @param rate the learning rate of each step
     * @param beta at least 0 and below 1, often 0.9
     */
    public static GradientOptimizer momentum(Schedule rate, double beta) {
        Arguments.fraction("Optimizers.momentum: beta", beta);
        return new GradientOptimizer("momentum", schedule("momentum", rate), UpdateRule.momentum(beta, false), 0);
    }

    /**
     * {@return Nesterov's momentum: {@code u ← β·u + g}, {@code θ ← θ − rate·(g + β·u)}}
     *
     * @param rate the learning rate, above 0
     * @param beta at least 0 and below 1, often 0.9
     */
    public static GradientOptimizer nesterov(double rate, double beta) {
        return nesterov(constant("nesterov", rate), beta);
    }

    /**
     * {@return Nesterov's momentum with a schedule; see {@link #nesterov(double, double)}}
     *
     * @param rate the learning rate of each step
     * @param beta at least 0 and below 1, often 0.9
     */
    public static GradientOptimizer nesterov(Schedule rate, double beta) {
        Arguments.fraction("Optimizers.nesterov: beta", beta);
        return new GradientOptimizer(
                "Nesterov momentum", schedule("nesterov", rate), UpdateRule.momentum(beta, true), 0);
    }

    /**
     * {@return RMSProp: {@code s ← ρ·s + (1 − ρ)·g²}, {@code θ ← θ − rate·g/(√s + 10⁻⁸)}}
     *
     * <p>Tieleman and Hinton, Lecture 6.5 (2012).
     *
     * @param rate the learning rate
     * @param rho at least 0 and below 1, often 0.9 or 0.99
     */
    public static GradientOptimizer rmsProp(double rate, double rho) {
        return rmsProp(constant("rmsProp", rate), rho);
    }

    /**
     * {@return RMSProp with a schedule; see {@link #rmsProp(double, double)}}
     *
     * @param rate the learning rate of each step
     * @param rho at least 0 and below 1, often 0.9 or 0.99
     */
    public static GradientOptimizer rmsProp(Schedule rate, double rho) {
        Arguments.fraction("Optimizers.rmsProp: rho", rho);
        return new GradientOptimizer("RMSProp", schedule("rmsProp", rate), UpdateRule.rmsProp(rho, EPSILON), 0);
    }

    /**
     * {@return Adam with β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸}
     *
     * <p>Kingma and Ba, Adam: A Method for Stochastic Optimization (2015), algorithm 1.
     *
     * @param rate the learning rate, above 0
     */
    public static GradientOptimizer adam(double rate) {
        return adam(constant("adam", rate));
    }

    /**
     * {@return Adam with a schedule; see {@link #adam(double)}}
     *
     * @param rate the learning rate of each step
     */
    public static GradientOptimizer adam(Schedule rate) {
        return adam(rate, 0.9, 0.999, EPSILON);
    }

    /**
     * {@return Adam with all its settings; see {@link #adam(double)}}
     *
     * @param rate the learning rate of each step
     * @param beta1 at least 0 and below 1, often 0.9
     * @param beta2 at least 0 and below 1, often 0.999
     * @param epsilon above 0, often 1e−8
     */
    public static GradientOptimizer adam(Schedule rate, double beta1, double beta2, double epsilon) {
        Arguments.fraction("Optimizers.adam: beta1", beta1);
        Arguments.fraction("Optimizers.adam: beta2", beta2);
        Arguments.positive("Optimizers.adam: epsilon", epsilon);
        return new GradientOptimizer("Adam", schedule("adam", rate), UpdateRule.adam(beta1, beta2, epsilon), 0);
    }

    /**
     * {@return Adam with decoupled weight decay: each step also does {@code θ ← θ − rate·decay·θ}}
     *
     * <p>Loshchilov and Hutter, Decoupled Weight Decay Regularization (2019).
     *
     * @param rate the learning rate
     * @param decay often 0.01
     */
    public static GradientOptimizer adamW(double rate, double decay) {
        return adamW(constant("adamW", rate), decay);
    }

    /**
     * {@return AdamW with a schedule; see {@link #adamW(double, double)}}
     *
     * @param rate the learning rate of each step
     * @param decay often 0.01
     */
    public static GradientOptimizer adamW(Schedule rate, double decay) {
        Arguments.notNegative("Optimizers.adamW: the decay", decay);
        return new GradientOptimizer("AdamW", schedule("adamW", rate), UpdateRule.adam(0.9, 0.999, EPSILON), decay);
    }

    /** {@return L-BFGS with a memory of 10 steps; see {@link #lbfgs(int)}} */
    public static Optimizer lbfgs() {
        return lbfgs(10);
    }

    /**
     * {@return L-BFGS: a quasi-Newton method that remembers the last few steps instead of a Hessian}
     *
     * <p>Liu and Nocedal, On the limited memory BFGS method for large scale optimization (1989). A line search finds the
     * step length, so there is no learning rate; a step evaluates cost and gradient once or a few times. It needs the
     * whole data set: with mini-batches it would compare gradients of different costs.
     *
     * @param memory how many steps it remembers
     */
    public static Optimizer lbfgs(int memory) {
        Arguments.atLeastOne("Optimizers.lbfgs: the memory", memory);
        return QuasiNewton.unbounded(memory);
    }

    /**
     * {@return L-BFGS-B: L-BFGS with bounds on the parameters}
     *
     * <p>Byrd, Lu, Nocedal and Zhu, A limited memory algorithm for bound constrained optimization (1995): a generalised
     * Cauchy point, a minimum over the variables that are free there, and a line search. It never leaves the bounds; a
     * start outside is moved to the nearest point inside.
     *
     * <pre>{@code
     * Optimizer positive = Optimizers.lbfgsB(Feeds.of(w, new double[30][1]), Feeds.none());        // w ≥ 0
     * }</pre>
     *
     * @param lower the smallest value of each element of some parameters; −∞ is allowed
     * @param upper the largest ones; +∞ is allowed
     */
    public static Optimizer lbfgsB(Feeds lower, Feeds upper) {
        return QuasiNewton.bounded(
                10,
                Require.given(lower, "Optimizers.lbfgsB: the lower bounds"),
                Require.given(upper, "Optimizers.lbfgsB: the upper bounds"));
    }

    /**
     * {@return Levenberg-Marquardt for least squares: Gauss-Newton steps in a trust region, in the variables' own
     * scales}
     *
     * <p>Moré, The Levenberg-Marquardt algorithm: implementation and theory (1978), as in MINPACK. It needs residuals:
     * {@code Trainer.ofResiduals}. A step computes their Jacobian, which has a column for each number that is trained.
     *
     * <pre>{@code
     * Trainer.ofResiduals(model.minus(y)).optimizer(Optimizers.levenbergMarquardt())
     * }</pre>
     */
    public static Optimizer levenbergMarquardt() {
        return new LevenbergMarquardt(false);
    }

    /**
     * {@return Gauss-Newton for least squares: each step solves the linearised problem, shortened until the cost gets
     * smaller}
     *
     * <p>It needs residuals, see {@link #levenbergMarquardt()}, and a Jacobian of full rank; it is stuck otherwise.
     */
    public static Optimizer gaussNewton() {
        return new LevenbergMarquardt(true);
    }

    private static Schedule constant(String method, double rate) {
        Arguments.positive("Optimizers." + method + ": the rate", rate);
        return Schedule.constant(rate);
    }

    private static Schedule schedule(String method, Schedule rate) {
        return Require.given(rate, "Optimizers." + method + ": the schedule");
    }
}
