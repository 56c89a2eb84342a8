package org.gradgraph.optim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Require;
import org.gradgraph.optim.problem.Arguments;
import org.gradgraph.optim.solve.Vectors;

/**
 * An optimiser that changes each parameter along its gradient, element by element.
 *
 * <p>Made by {@link Optimizers}. Parameters are changed in place; after the first step nothing is allocated.
 *
 * <pre>{@code
 * GradientOptimizer adam = Optimizers.adam(0.001).clippedTo(5).withRateTimes(0.1, embedding).withDecay(0.01, w1, w2);
 * }</pre>
 */
public final class GradientOptimizer implements Optimizer {
    private final String name;
    private final Schedule schedule;
    private final UpdateRule rule;
    private final double largestNorm;
    private final double decay;
    private final Map<Node, Double> rateFactors;
    private final Map<Node, Double> decays;

    GradientOptimizer(String name, Schedule schedule, UpdateRule rule, double decay) {
        this(name, schedule, rule, Double.POSITIVE_INFINITY, decay, Map.of(), Map.of());
    }

    private GradientOptimizer(
            String name,
            Schedule schedule,
            UpdateRule rule,
            double largestNorm,
            double decay,
            Map<Node, Double> rateFactors,
            Map<Node, Double> decays) {
        this.name = name;
        this.schedule = schedule;
        this.rule = rule;
        this.largestNorm = largestNorm;
        this.decay = decay;
        this.rateFactors = rateFactors;
        this.decays = decays;
    }

    /**
     * {@return the same optimiser with gradients scaled down, all by one factor, where their common norm is larger}
     *
     * <p>Pascanu, Mikolov and Bengio, On the difficulty of training recurrent neural networks (2013).
     *
     * @param norm the largest Euclidean norm of all gradients together
     */
    public GradientOptimizer clippedTo(double norm) {
        Arguments.positive("GradientOptimizer.clippedTo: the norm", norm);
        return new GradientOptimizer(name, schedule, rule, norm, decay, rateFactors, decays);
    }

    /**
     * {@return the same optimiser with another rate for some parameters: that of the schedule times a factor}
     *
     * @param factor a positive number
     * @param parameters which parameters
     */
    public GradientOptimizer withRateTimes(double factor, Node... parameters) {
        Arguments.positive("GradientOptimizer.withRateTimes: the factor", factor);
        Map<Node, Double> factors = with("withRateTimes", rateFactors, factor, parameters);
        return new GradientOptimizer(name, schedule, rule, largestNorm, decay, factors, decays);
    }

    /**
     * {@return the same optimiser with decoupled weight decay of some parameters: each step also does
     * {@code θ ← θ − rate·decay·θ}}
     *
     * <p>With {@code adamW(rate, 0.01).withDecay(0, bias)} all parameters but one decay.
     *
     * @param strength 0 or a positive number
     * @param parameters which parameters
     */
    public GradientOptimizer withDecay(double strength, Node... parameters) {
        Arguments.notNegative("GradientOptimizer.withDecay: the strength", strength);
        Map<Node, Double> strengths = with("withDecay", decays, strength, parameters);
        return new GradientOptimizer(name, schedule, rule, largestNorm, decay, rateFactors, strengths);
    }

    private static Map<Node, Double> with(String method, Map<Node, Double> known, double number, Node... parameters) {
        Map<Node, Double> more = new HashMap<>(known);
        Require.nodes("GradientOptimizer." + method, parameters).forEach(node -> more.put(node, number));
        return Map.copyOf(more);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Session start(Problem problem) {
        return new Descent(Require.given(problem, "Optimizer.start: the problem"));
    }

    private final class Descent implements Session {
        private final Problem problem;
        private final List<UpdateRule.Update> updates = new ArrayList<>();
        private double rate = Double.NaN;

        Descent(Problem problem) {
            this.problem = problem;
            problem.parameters().forEach(parameter -> updates.add(rule.newUpdate()));
        }

        @Override
        public double step(long number) {
            double j = problem.evaluate();
            rate = rate(number);
            double scale = Double.isInfinite(largestNorm) ? 1 : scale();
            for (int i = 0; i < updates.size(); i++) {
                Node parameter = problem.parameters().get(i);
                DMatrixRMaj value = problem.values().get(i);
                double own = rate * rateFactors.getOrDefault(parameter, 1.0);
                double shrinking = own * decays.getOrDefault(parameter, decay);
                int n = value.getNumElements();
                for (int k = 0; shrinking != 0 && k < n; k++) {
                    value.data[k] -= shrinking * value.data[k];
                }
                updates.get(i).apply(value.data, problem.gradients().get(i).data, n, scale, own, number);
            }
            return j;
        }

        private double rate(long number) {
            double next = schedule.rate(number);
            if (!(next >= 0 && Double.isFinite(next))) {
                throw new IllegalArgumentException(name + ": the schedule gives the rate " + next + " for step "
                        + number + "; give 0 or a positive number");
            }
            return next;
        }

        /** Without the norm itself, which may be too large for a double. */
        private double scale() {
            double largest = 0;
            for (DMatrixRMaj gradient : problem.gradients()) {
                largest = Math.max(largest, Vectors.largest(gradient.data, gradient.getNumElements()));
            }
            double unit = Vectors.unitFor(largest);
            double squares = 0;
            for (DMatrixRMaj gradient : problem.gradients()) {
                squares += Vectors.squares(gradient.data, gradient.getNumElements(), unit);
            }
            return Math.min(1, largestNorm / unit / Math.sqrt(squares));
        }

        @Override
        public double rate() {
            return rate;
        }

        @Override
        public Map<String, double[]> state() {
            Map<String, double[]> state = new LinkedHashMap<>();
            for (int i = 0; i < updates.size(); i++) {
                List<UpdateRule.Memory> memories = updates.get(i).memories();
                for (int k = 0; k < memories.size(); k++) {
                    state.put(i + "." + k, memories.get(k).saved());
                }
            }
            return state;
        }

        @Override
        public void restore(Map<String, double[]> state) {
            for (int i = 0; i < updates.size(); i++) {
                List<UpdateRule.Memory> memories = updates.get(i).memories();
                for (int k = 0; k < memories.size(); k++) {
                    memories.get(k)
                            .restore(Require.given(
                                    state.get(i + "." + k), "Optimizer.Session.restore: the memory of parameter " + i));
                }
            }
        }
    }

    /** Its name, for example {@code Adam}. */
    @Override
    public String toString() {
        return name;
    }
}
