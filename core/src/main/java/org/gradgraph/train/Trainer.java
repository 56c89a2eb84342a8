package org.gradgraph.train;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.gradgraph.exec.Execution;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Require;
import org.gradgraph.optim.Optimizer;
import org.gradgraph.optim.Optimizers;
import org.gradgraph.optim.problem.Arguments;
import org.gradgraph.optim.problem.LeastSquares;

/**
 * The training loop: feeds data, lets an optimiser make steps, calls listeners, and stops.
 *
 * <pre>{@code
 * Training training = Trainer.of(cost)
 *         .optimizer(Optimizers.gradientDescent(0.1))
 *         .data(Feeds.of(x, features).and(y, labels))
 *         .initialValues(Feeds.of(w, zeros).and(b, 0))
 *         .steps(1000)
 *         .train();
 * }</pre>
 *
 * <p>Immutable: each method gives another trainer. One trainer may train several times, each time from the start, and in
 * several threads. What is trained are the nodes given to {@link #initialValues}, without frozen ones. Parameters are
 * changed in place: apart from listeners, a step of a first-order optimiser allocates next to nothing.
 */
@CheckReturnValue
public final class Trainer {
    private final TrainerSettings settings;

    private Trainer(TrainerSettings settings) {
        this.settings = settings;
    }

    private Trainer with(Consumer<TrainerSettings> change) {
        TrainerSettings copy = new TrainerSettings(settings);
        change.accept(copy);
        return new Trainer(copy);
    }

    /**
     * {@return a training that makes a 1×1 node smaller}
     *
     * @param cost the cost; an L2 penalty is part of it, for example {@code cost.plus(Reductions.sum(w.square()).times(0.01))}
     * @throws IllegalArgumentException if the cost is not 1×1
     */
    public static Trainer of(Node cost) {
        requireNumber("Trainer.of: the cost", Require.given(cost, "Trainer.of: the cost"));
        return new Trainer(new TrainerSettings(cost, List.of()));
    }

    /**
     * {@return a training that makes half the sum of the squares of residuals smaller, for
     * {@link Optimizers#levenbergMarquardt()} and all other optimisers}
     *
     * @param residuals a node of any shape
     */
    public static Trainer ofResiduals(Node residuals) {
        Require.given(residuals, "Trainer.ofResiduals: the residuals");
        return new Trainer(new TrainerSettings(LeastSquares.cost(residuals), List.of(residuals)));
    }

    private static void requireNumber(String what, Node node) {
        if (!node.shape().isScalar()) {
            throw new IllegalArgumentException(what + " " + node.describe() + ", made at " + node.source()
                    + ", is not 1×1; take its sum() or mean()");
        }
    }

    /**
     * {@return the same training with another optimiser; the default is gradient descent with rate 0.01}
     *
     * @param choice how steps are made
     */
    public Trainer optimizer(Optimizer choice) {
        Require.given(choice, "Trainer.optimizer: the optimiser");
        return with(copy -> copy.optimizer = choice);
    }

    /**
     * {@return the same training with values for all inputs; what the cost does not read is ignored}
     *
     * @param inputs values for the inputs
     */
    public Trainer data(Feeds inputs) {
        Require.given(inputs, "Trainer.data: the inputs");
        return with(copy -> copy.data = inputs);
    }

    /**
     * {@return the same training of these parameters; see {@link Initializers}}
     *
     * @param parameters the parameters to train, with their initial values
     */
    public Trainer initialValues(Feeds parameters) {
        Require.given(parameters, "Trainer.initialValues: the values");
        return with(copy -> copy.initialValues = parameters);
    }

    /**
     * {@return the same training with some parameters kept at their initial values}
     *
     * @param parameters nodes given to {@link #initialValues}
     */
    public Trainer freeze(Node... parameters) {
        List<Node> given = Require.nodes("Trainer.freeze", parameters);
        return with(copy -> copy.frozen.addAll(given));
    }

    /**
     * {@return the same training, which accepts initial values for these parameters although the cost does not depend
     * on them}
     *
     * @param parameters nodes given to {@link #initialValues}
     */
    public Trainer allowUnreached(Node... parameters) {
        List<Node> given = Require.nodes("Trainer.allowUnreached", parameters);
        return with(copy -> copy.unreached.addAll(given));
    }

    /**
     * {@return the same training, computed in a chosen way; the default is {@link Execution#standard()}}
     *
     * <p>The number of threads changes no bit of a training, other kernels may change the last ones.
     *
     * <pre>{@code
     * Trainer.of(cost).execution(Execution.standard().withThreads(1))
     * }</pre>
     *
     * @param how which kernels and how many threads
     */
    public Trainer execution(Execution how) {
        Require.given(how, "Trainer.execution: the execution");
        return with(copy -> copy.execution = how);
    }

    /**
     * {@return the same training with another limit of steps, those before a checkpoint included; the default is 1000}
     *
     * @param number at least 1
     */
    public Trainer steps(long number) {
        Arguments.atLeastOne("Trainer.steps: the number of steps", number);
        return with(copy -> copy.steps = number);
    }

    /**
     * {@return the same training with the data fed in pieces, shuffled anew in each epoch; one step uses one piece}
     *
     * <p>The last piece of an epoch may be smaller. The order depends on the seed alone.
     *
     * <p>Inputs with m rows or m columns are cut. Of an input with m·T columns, whose m examples of each step are
     * neighbours as {@code Scan.over(x).columns(m)} reads them, each example keeps its T columns.
     *
     * @param dimension the symbolic dimension m along which the examples lie; inputs without it are fed whole
     * @param size the number of examples in a piece
     * @param orderSeed the seed of the shuffles
     */
    public Trainer miniBatches(Dim dimension, int size, long orderSeed) {
        Arguments.atLeastOne("Trainer.miniBatches: the size of a mini-batch", size);
        Require.given(dimension, "Trainer.miniBatches: the dimension");
        return with(copy -> {
            copy.examples = dimension;
            copy.batchSize = size;
            copy.seed = orderSeed;
        });
    }

    /**
     * {@return the same training, whose steps use the mean gradient over several mini-batches, as if they were one
     * large one}
     *
     * <p>Costs and gradients are weighted by the numbers of examples.
     *
     * @param batches how many mini-batches a step sees
     */
    public Trainer accumulate(int batches) {
        Arguments.atLeastOne("Trainer.accumulate: the number of mini-batches", batches);
        return with(copy -> copy.accumulated = batches);
    }

    /**
     * {@return the same training, which feeds 0, 1, 2, … to the number of the draw, so that dropout and other random
     * numbers are new in each mini-batch}
     *
     * <p>The numbers depend on the seed in the operation and on this number alone: two operations with one seed draw the
     * same numbers. Dropout is off on held-out data and for {@link Training#cost()}; {@code Program.withoutDropout()} switches it
     * off for predictions. Other random numbers, such as the noise of a variational autoencoder, are there those of the last
     * step's last mini-batch. A value for the draw in {@link #validation} or {@link EarlyStopping#on} gives the same numbers at
     * each look.
     *
     * <pre>{@code
     * Node draw = Node.input("draw");
     * Node hidden = RandomNumbers.dropout(x, 0.5, 1, draw);
     * Trainer.of(cost).draw(draw)
     * }</pre>
     *
     * @param number a 1×1 input
     */
    public Trainer draw(Node number) {
        Require.given(number, "Trainer.draw: the node");
        if (number.kind() != Node.Kind.INPUT || !number.shape().isScalar()) {
            throw new IllegalArgumentException("Trainer.draw: " + number.describe() + ", made at " + number.source()
                    + ", is not a 1×1 input; make one by Node.input(\"draw\")");
        }
        return with(copy -> copy.draw = number);
    }

    /**
     * {@return the same training with 1×1 nodes that listeners and {@link #stopWhen} may ask for by
     * {@link TrainingStep#metric}}
     *
     * @param nodes nodes of shape 1×1
     * @throws IllegalArgumentException if one is not 1×1
     */
    public Trainer metrics(Node... nodes) {
        List<Node> given = Require.nodes("Trainer.metrics", nodes);
        given.forEach(node -> requireNumber("Trainer.metrics:", node));
        return with(copy -> copy.metrics.addAll(given));
    }

    /**
     * {@return the same training with one more listener, which the training thread calls after each step}
     *
     * @param listener what is called
     */
    public Trainer listen(Consumer<TrainingStep> listener) {
        Require.given(listener, "Trainer.listen: the listener");
        return with(copy -> copy.listeners.add(listener));
    }

    /**
     * {@return the same training, which stops after a step for which a condition holds}
     *
     * @param condition asked after each step
     */
    public Trainer stopWhen(Predicate<TrainingStep> condition) {
        Require.given(condition, "Trainer.stopWhen: the condition");
        return with(copy -> copy.enough = condition);
    }

    /**
     * {@return the same training, which stops when the cost on held-out data has not become smaller for a while, and
     * takes the best parameters}
     *
     * @param rule when to look and how long to wait
     */
    public Trainer stopEarly(EarlyStopping rule) {
        Require.given(rule, "Trainer.stopEarly: the rule");
        return with(copy -> copy.earlyStopping = rule);
    }

    /**
     * {@return the same training, which records cost and metrics on held-out data, with dropout off; see
     * {@link Training#validationCosts()}}
     *
     * @param inputs values for the inputs; what the cost does not read is ignored
     * @param everySteps how often to look, 1 for after every step
     */
    public Trainer validation(Feeds inputs, long everySteps) {
        Require.given(inputs, "Trainer.validation: the inputs");
        Arguments.atLeastOne("Trainer.validation: the steps between two looks", everySteps);
        return with(copy -> {
            copy.heldOut = inputs;
            copy.looksEvery = everySteps;
        });
    }

    /**
     * {@return the same training, continued from a checkpoint instead of the initial values, which give the shapes; the
     * bits are those of a training that was not interrupted}
     *
     * @param checkpoint where to go on
     * @throws IllegalArgumentException when it trains, if optimiser or parameters are not those of the checkpoint, or
     *     the checkpoint was written after more steps than {@link #steps} allows
     */
    public Trainer resume(Checkpoint checkpoint) {
        Require.given(checkpoint, "Trainer.resume: the checkpoint");
        return with(copy -> copy.from = checkpoint);
    }

    /**
     * Trains.
     *
     * @return the parameters found, the costs on the way, and why it ended
     * @throws IllegalArgumentException if no parameter is given, the cost does not depend on one, an input has no value, or
     *     settings contradict each other
     * @throws NonFiniteCostException if the cost, a gradient or the cost on held-out data becomes infinite or NaN, naming the
     *     node that made it
     */
    @CanIgnoreReturnValue
    public Training train() {
        settings.requireUsable();
        return new TrainingLoop(settings).run();
    }

    /** For example {@code trainer of "J" 1×1 by Adam, at most 1000 steps}. */
    @Override
    public String toString() {
        return "trainer of " + settings.cost.describe() + " by " + settings.optimizer.name() + ", at most "
                + settings.steps + (settings.steps == 1 ? " step" : " steps");
    }
}
