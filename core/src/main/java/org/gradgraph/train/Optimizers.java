package org.gradgraph.train;

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
public final class Optimizers {
    private static final double EPSILON = 1e-8;

    private Optimizers() {}

    /** Gradient descent: {@code θ ← θ − rate·g}. */
    public static GradientOptimizer gradientDescent(double rate) {
        return gradientDescent(Schedule.constant(rate));
    }

    /** Gradient descent with a schedule; see {@link #gradientDescent(double)}. */
    public static GradientOptimizer gradientDescent(Schedule rate) {
        return firstOrder(rate, UpdateRule.gradientDescent());
    }

    /**
     * Momentum: {@code u ← β·u + g}, {@code θ ← θ − rate·u}.
     *
     * <p>Sutskever et al., On the importance of initialization and momentum in deep learning (2013), as PyTorch writes
     * it. With {@code u ← β·u + (1 − β)·g} the same path needs a rate that is 1/(1 − β) times as large.
     *
     * @param rate the learning rate
     * @param beta at least 0 and below 1, often 0.9
     */
    public static GradientOptimizer momentum(double rate, double beta) {
        return momentum(Schedule.constant(rate), beta);
    }

    /** Momentum with a schedule; see {@link #momentum(double, double)}. */
    public static GradientOptimizer momentum(Schedule rate, double beta) {
        Arguments.fraction("beta", beta);
        return firstOrder(rate, UpdateRule.momentum(beta, false));
    }

    /** Nesterov's momentum: {@code u ← β·u + g}, {@code θ ← θ − rate·(g + β·u)}. */
    public static GradientOptimizer nesterov(double rate, double beta) {
        return nesterov(Schedule.constant(rate), beta);
    }

    /** Nesterov's momentum with a schedule; see {@link #nesterov(double, double)}. */
    public static GradientOptimizer nesterov(Schedule rate, double beta) {
        Arguments.fraction("beta", beta);
        return firstOrder(rate, UpdateRule.momentum(beta, true));
    }

    /**
     * RMSProp: {@code s ← ρ·s + (1 − ρ)·g²}, {@code θ ← θ − rate·g/(√s + 10⁻⁸)}.
     *
     * <p>Tieleman and Hinton, Lecture 6.5 (2012).
     *
     * @param rate the learning rate
     * @param rho at least 0 and below 1, often 0.9 or 0.99
     */
    public static GradientOptimizer rmsProp(double rate, double rho) {
        return rmsProp(Schedule.constant(rate), rho);
    }

    /** RMSProp with a schedule; see {@link #rmsProp(double, double)}. */
    public static GradientOptimizer rmsProp(Schedule rate, double rho) {
        Arguments.fraction("rho", rho);
        return firstOrder(rate, UpdateRule.rmsProp(rho, EPSILON));
    }

    /**
     * Adam with β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸.
     *
     * <p>Kingma and Ba, Adam: A Method for Stochastic Optimization (2015), algorithm 1.
     */
    public static GradientOptimizer adam(double rate) {
        return adam(Schedule.constant(rate));
    }

    /** Adam with a schedule; see {@link #adam(double)}. */
    public static GradientOptimizer adam(Schedule rate) {
        return adam(rate, 0.9, 0.999, EPSILON);
    }

    /** Adam with all its settings; see {@link #adam(double)}. */
    public static GradientOptimizer adam(Schedule rate, double beta1, double beta2, double epsilon) {
        return adam(rate, beta1, beta2, epsilon, 0);
    }

    /**
     * Adam with decoupled weight decay: each step also does {@code θ ← θ − rate·decay·θ}.
     *
     * <p>Loshchilov and Hutter, Decoupled Weight Decay Regularization (2019).
     *
     * @param rate the learning rate
     * @param decay often 0.01
     */
    public static GradientOptimizer adamW(double rate, double decay) {
        return adamW(Schedule.constant(rate), decay);
    }

    /** AdamW with a schedule; see {@link #adamW(double, double)}. */
    public static GradientOptimizer adamW(Schedule rate, double decay) {
        return adam(rate, 0.9, 0.999, EPSILON, decay);
    }

    private static GradientOptimizer adam(Schedule rate, double beta1, double beta2, double epsilon, double decay) {
        Arguments.fraction("beta1", beta1);
        Arguments.fraction("beta2", beta2);
        Arguments.positive("epsilon", epsilon);
        Arguments.notNegative("decay", decay);
        return firstOrder(rate, UpdateRule.adam(beta1, beta2, epsilon, decay));
    }

    /** L-BFGS with a memory of 10 steps; see {@link #lbfgs(int)}. */
    public static Optimizer lbfgs() {
        return lbfgs(10);
    }

    /**
     * L-BFGS: a quasi-Newton method that remembers the last few steps instead of a Hessian.
     *
     * <p>Liu and Nocedal, On the limited memory BFGS method for large scale optimization (1989). A line search finds the
     * step length, so there is no learning rate; a step evaluates cost and gradient once or a few times. It needs the
     * whole data set: with mini-batches it would compare gradients of different costs.
     *
     * @param memory how many steps it remembers
     */
    public static Optimizer lbfgs(int memory) {
        return new Lbfgs(memory);
    }

    private static GradientOptimizer firstOrder(Schedule rate, UpdateRule rule) {
        return new GradientOptimizer(rate, rule, Double.POSITIVE_INFINITY);
    }
}
