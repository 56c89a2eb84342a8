package org.gradgraph.examples.logistic;

import org.gradgraph.examples.console.Progress;
import org.gradgraph.examples.console.UserError;

/**
 * What a number of steps of gradient descent did.
 *
 * <pre>{@code
 * Training training = Training.of(descent, 0.1, 1000);
 * training.costs()[1000];
 * }</pre>
 *
 * @param costs the cost after 0, 1, 2, … steps
 * @param first the gradients of the first step
 * @param last the gradients of the last step
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and far too long to copy.
public record Training(double[] costs, GradientComparison first, GradientComparison last) {
    /**
     * Takes the steps.
     *
     * @param descent where to start, modified
     * @throws UserError if the cost stops being a finite number
     */
    public static Training of(Descent descent, double rate, int steps) {
        double[] costs = new double[steps + 1];
        costs[0] = descent.cost();
        GradientComparison first = descent.compareWithHand();
        GradientComparison last = first;
        try (Progress progress = Progress.start("training", steps)) {
            // tag::java[]
            for (int k = 1; k <= steps; k++) {
                if (k == steps && k > 1) {
                    last = descent.compareWithHand();
                }
                descent.step(rate);
                costs[k] = descent.cost();
                requireFinite(costs[k], k);
                progress.step();
            }
            // end::java[]
        }
        return new Training(costs, first, last);
    }

    private static void requireFinite(double cost, int step) {
        if (!Double.isFinite(cost)) {
            throw new UserError("the cost is " + cost + " after step " + step
                    + ": the weights have become too large; try a smaller --rate or fewer --iterations");
        }
    }
}
