package org.gradgraph.train;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Node;

/**
 * An optimiser that changes each parameter along its gradient, element by element.
 *
 * <p>Made by {@link Optimizers}. Parameters are changed in place; after the first step nothing is allocated.
 *
 * <pre>{@code
 * GradientOptimizer adam = Optimizers.adam(0.001).clippedTo(5);
 * }</pre>
 */
public final class GradientOptimizer implements Optimizer {
    private final Schedule schedule;
    private final UpdateRule rule;
    private final double largestNorm;

    GradientOptimizer(Schedule schedule, UpdateRule rule, double largestNorm) {
        this.schedule = schedule;
        this.rule = rule;
        this.largestNorm = largestNorm;
    }

    /**
     * The same optimiser with gradients scaled down, all by one factor, where their common norm is larger.
     *
     * <p>Pascanu, Mikolov and Bengio, On the difficulty of training recurrent neural networks (2013).
     *
     * @param norm the largest Euclidean norm of all gradients together
     */
    public GradientOptimizer clippedTo(double norm) {
        Arguments.positive("the norm", norm);
        return new GradientOptimizer(schedule, rule, norm);
    }

    @Override
    public Session start(Run run, Node cost, List<Node> parameters) {
        return new Descent(run, cost, parameters);
    }

    private final class Descent implements Session {
        private final Run run;
        private final Node cost;
        private final IdentityHashMap<Node, UpdateRule.Update> updates = new IdentityHashMap<>();
        private final List<DMatrixRMaj> gradients = new ArrayList<>();
        private final List<Node> parameters;
        private final Run.Update apply = this::apply;
        private double scale;
        private double rate;
        private long step;

        Descent(Run run, Node cost, List<Node> parameters) {
            this.run = run;
            this.cost = cost;
            this.parameters = parameters;
            for (Node parameter : parameters) {
                updates.put(parameter, rule.newUpdate());
                gradients.add(new DMatrixRMaj(1, 1));
            }
        }

        @Override
        public double step(long number) {
            double j = run.forwardAndBackward().scalar(cost);
            if (Double.isFinite(j)) {
                step = number;
                rate = schedule.rate(number);
                scale = Double.isInfinite(largestNorm) ? 1 : Math.min(1, largestNorm / norm());
                run.update(apply);
            }
            return j;
        }

        private double norm() {
            double squares = 0;
            for (int i = 0; i < parameters.size(); i++) {
                DMatrixRMaj gradient = gradients.get(i);
                run.gradient(parameters.get(i), gradient);
                for (int k = 0; k < gradient.getNumElements(); k++) {
                    squares += gradient.data[k] * gradient.data[k];
                }
            }
            return Math.sqrt(squares);
        }

        private void apply(Node parameter, DMatrixRMaj value, DMatrixRMaj gradient) {
            UpdateRule.Update update = updates.get(parameter);
            if (update != null) {
                update.apply(value.data, gradient.data, value.getNumElements(), scale, rate, step);
            }
        }
    }
}
