package org.gradgraph.train;

/**
 * A training that stopped itself because the cost is infinite or no number.
 *
 * <p>The message names the step, the first node that is not finite and the line that made it. {@link #training()} holds
 * the last parameters.
 *
 * <pre>{@code
 * try {
 *     training = trainer.train();
 * } catch (NonFiniteCostException stopped) {
 *     training = stopped.training();          // the message says where it went wrong
 * }
 * }</pre>
 */
public final class NonFiniteCostException extends ArithmeticException {
    private static final long serialVersionUID = 1L;

    private final transient Training training;

    NonFiniteCostException(String message, Training training) {
        super(message);
        this.training = training;
    }

    /** {@return what was reached: the parameters with which the cost is not finite, and the costs before} */
    public Training training() {
        return training;
    }
}
