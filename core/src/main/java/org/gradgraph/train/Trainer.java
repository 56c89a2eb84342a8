package org.gradgraph.train;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.gradgraph.exec.Execution;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Require;
import org.jspecify.annotations.Nullable;

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
 * <p>The methods that configure change this trainer and return it. It may train several times, each time from the start.
 * The parameters are the nodes given to {@link #initialValues}. Parameters are changed in place: apart from listeners, a step of a
 * first-order optimiser allocates nothing.
 */
public final class Trainer {
    private final Node cost;
    private final List<Node> metrics = new ArrayList<>();
    private final List<Consumer<TrainingStep>> listeners = new ArrayList<>();
    private Optimizer optimizer = Optimizers.gradientDescent(0.01);
    private Feeds data = Feeds.none();
    private Feeds initialValues = Feeds.none();
    private long steps = 1000;
    private Execution execution = Execution.standard();
    private @Nullable Dim examples;
    private int batchSize = 1;
    private long seed;
    private Predicate<TrainingStep> enough = step -> false;
    private @Nullable EarlyStopping earlyStopping;

    private Trainer(Node cost) {
        this.cost = cost;
    }

    /**
     * A training that makes a 1×1 node smaller.
     *
     * @param cost the cost; an L2 penalty is part of it, for example {@code cost.plus(Reductions.sum(w.square()).times(0.01))}
     */
    public static Trainer of(Node cost) {
        return new Trainer(Require.given(cost, "Trainer.of: the cost"));
    }

    /** How steps are made; by default gradient descent with rate 0.01. */
    public Trainer optimizer(Optimizer choice) {
        this.optimizer = Require.given(choice, "Trainer.optimizer: the optimiser");
        return this;
    }

    /** Values for all inputs. */
    public Trainer data(Feeds inputs) {
        this.data = Require.given(inputs, "Trainer.data: the inputs");
        return this;
    }

    /** The parameters to train, with their initial values. */
    public Trainer initialValues(Feeds parameters) {
        this.initialValues = Require.given(parameters, "Trainer.initialValues: the values");
        return this;
    }

    /**
     * With which kernels and on how many threads; by default {@link Execution#standard()}.
     *
     * <p>The number of threads changes no bit of a training, other kernels may change the last ones.
     *
     * <pre>{@code
     * Trainer.of(cost).execution(Execution.standard().withThreads(1))
     * }</pre>
     */
    public Trainer execution(Execution how) {
        this.execution = Require.given(how, "Trainer.execution: the execution");
        return this;
    }

    /** The number of steps; by default 1000. */
    public Trainer steps(long number) {
        Arguments.atLeastOne("steps", number);
        this.steps = number;
        return this;
    }

    /**
     * Feeds the data in pieces, shuffled anew in each epoch; one step uses one piece.
     *
     * <p>The last piece of an epoch may be smaller. The order depends on the seed alone.
     *
     * @param dimension the symbolic dimension along which the examples lie; inputs without it are fed whole
     * @param size the number of examples in a piece
     * @param orderSeed the seed of the shuffles
     */
    public Trainer miniBatches(Dim dimension, int size, long orderSeed) {
        Arguments.atLeastOne("the size of a mini-batch", size);
        this.examples = Require.given(dimension, "Trainer.miniBatches: the dimension");
        this.batchSize = size;
        this.seed = orderSeed;
        return this;
    }

    /** 1×1 nodes that listeners and {@link #stopWhen} may ask for by {@link TrainingStep#metric}. */
    public Trainer metrics(Node... nodes) {
        metrics.addAll(Require.nodes("Trainer.metrics", nodes));
        return this;
    }

    /** Calls a listener after each step, by the thread that trains; there may be several. */
    public Trainer listen(Consumer<TrainingStep> listener) {
        listeners.add(Require.given(listener, "Trainer.listen: the listener"));
        return this;
    }

    /** Stops after a step for which this holds. */
    public Trainer stopWhen(Predicate<TrainingStep> condition) {
        this.enough = Require.given(condition, "Trainer.stopWhen: the condition");
        return this;
    }

    /** Stops when the cost on held-out data has not become smaller for a while, and takes the best parameters. */
    public Trainer stopEarly(EarlyStopping rule) {
        this.earlyStopping = Require.given(rule, "Trainer.stopEarly: the rule");
        return this;
    }

    /**
     * Trains.
     *
     * @throws IllegalArgumentException if no parameter is given, or one is not a leaf of the cost
     * @throws NonFiniteCostException if the cost becomes infinite or NaN, naming the node that made it
     */
    public Training train() {
        if (initialValues.asMap().isEmpty()) {
            throw new IllegalArgumentException(
                    "nothing to train: give the parameters and their initial values by initialValues(…)");
        }
        TrainingLoop loop = new TrainingLoop(cost, metrics, data, initialValues, execution);
        if (examples != null) {
            loop.feedPieces(new MiniBatches(data, examples, batchSize, seed));
        }
        if (earlyStopping != null) {
            loop.stopEarly(earlyStopping);
        }
        return loop.run(optimizer, steps, listeners, enough);
    }
}
