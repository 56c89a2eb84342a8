package org.gradgraph.train;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Execution;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Graph;
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
 * <p>Immutable: each method gives another trainer. One trainer may train several times, each time from the start, and in
 * several threads. What is trained are the nodes given to {@link #initialValues}, without frozen ones. Parameters are
 * changed in place: apart from listeners, a step of a first-order optimiser allocates next to nothing.
 */
@CheckReturnValue
public final class Trainer {
    private static final int MEAN_OF_ONE = 1;

    private final Node cost;
    private final List<Node> residuals;
    private final List<Node> metrics = new ArrayList<>();
    private final List<Consumer<TrainingStep>> listeners = new ArrayList<>();
    private final Set<Node> frozen = new LinkedHashSet<>();
    private final Set<Node> unreached = new LinkedHashSet<>();
    private Optimizer optimizer = Optimizers.gradientDescent(0.01);
    private Feeds data = Feeds.none();
    private Feeds initialValues = Feeds.none();
    private long steps = 1000;
    private Execution execution = Execution.standard();
    private @Nullable Dim examples;
    private int batchSize = 1;
    private long seed;
    private int accumulated = MEAN_OF_ONE;
    private @Nullable Node draw;
    private Predicate<TrainingStep> enough = step -> false;
    private @Nullable EarlyStopping earlyStopping;
    private @Nullable Feeds heldOut;
    private long looksEvery = 1;
    private @Nullable Checkpoint from;

    private Trainer(Node cost, List<Node> residuals) {
        this.cost = cost;
        this.residuals = residuals;
    }

    private Trainer(Trainer other) {
        this(other.cost, other.residuals);
        metrics.addAll(other.metrics);
        listeners.addAll(other.listeners);
        frozen.addAll(other.frozen);
        unreached.addAll(other.unreached);
        optimizer = other.optimizer;
        data = other.data;
        initialValues = other.initialValues;
        steps = other.steps;
        execution = other.execution;
        examples = other.examples;
        batchSize = other.batchSize;
        seed = other.seed;
        accumulated = other.accumulated;
        draw = other.draw;
        enough = other.enough;
        earlyStopping = other.earlyStopping;
        heldOut = other.heldOut;
        looksEvery = other.looksEvery;
        from = other.from;
    }

    private Trainer with(Consumer<Trainer> change) {
        Trainer copy = new Trainer(this);
        change.accept(copy);
        return copy;
    }

    /**
     * {@return a training that makes a 1×1 node smaller}
     *
     * @param cost the cost; an L2 penalty is part of it, for example {@code cost.plus(Reductions.sum(w.square()).times(0.01))}
     */
    public static Trainer of(Node cost) {
        return new Trainer(Require.given(cost, "Trainer.of: the cost"), List.of());
    }

    /**
     * {@return a training that makes half the sum of the squares of residuals smaller, for
     * {@link Optimizers#levenbergMarquardt()} and all other optimisers}
     *
     * @param residuals a node of any shape
     */
    public static Trainer ofResiduals(Node residuals) {
        Require.given(residuals, "Trainer.ofResiduals: the residuals");
        return new Trainer(Objective.halfSumOfSquares(residuals), List.of(residuals));
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
     * {@return the same training with another number of steps, those before a checkpoint included; the default is 1000}
     *
     * @param number at least 1
     */
    public Trainer steps(long number) {
        Arguments.atLeastOne("steps", number);
        return with(copy -> copy.steps = number);
    }

    /**
     * {@return the same training with the data fed in pieces, shuffled anew in each epoch; one step uses one piece}
     *
     * <p>The last piece of an epoch may be smaller. The order depends on the seed alone.
     *
     * @param dimension the symbolic dimension along which the examples lie; inputs without it are fed whole
     * @param size the number of examples in a piece
     * @param orderSeed the seed of the shuffles
     */
    public Trainer miniBatches(Dim dimension, int size, long orderSeed) {
        Arguments.atLeastOne("the size of a mini-batch", size);
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
     * <p>The numbers depend on the seed in the operation and on this number alone. Dropout is off on held-out data and for
     * {@link Training#cost()}; {@code Program.withoutDropout()} switches it off for predictions.
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
     */
    public Trainer metrics(Node... nodes) {
        List<Node> given = Require.nodes("Trainer.metrics", nodes);
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
     * @throws IllegalArgumentException when it trains, if optimiser or parameters are not those of the checkpoint
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
        if (initialValues.asMap().isEmpty()) {
            throw new IllegalArgumentException(
                    "nothing to train: give the parameters and their initial values by initialValues(…)");
        }
        Node counted = draw;
        Feeds fed = counted == null ? data : data.and(counted, 0);
        new Inputs("Trainer.train", "initialValues(…)").check(cost, fed, initialValues, unreached);
        requireSettingsAgree();
        Graph graph = Graph.of(cost);
        Feeds fixed = Feeds.none();
        Feeds trained = Feeds.none();
        for (Map.Entry<Node, DMatrixRMaj> entry : initialValues.asMap().entrySet()) {
            boolean isUnread = !graph.contains(entry.getKey());
            if (isUnread || frozen.contains(entry.getKey())) {
                fixed = fixed.and(entry.getKey(), entry.getValue());
            } else {
                trained = trained.and(entry.getKey(), entry.getValue());
            }
        }
        return new TrainingLoop(this, fixed, trained, from).run();
    }

    private void requireSettingsAgree() {
        if (optimizer.needsWholeData() && examples != null) {
            throw new IllegalArgumentException("Trainer.train: " + optimizer.name()
                    + " compares costs of the whole data; leave miniBatches(…) out, or choose another optimiser");
        }
        if (optimizer.needsWholeData() && draw != null) {
            throw new IllegalArgumentException("Trainer.train: " + optimizer.name()
                    + " needs the same cost at every step; leave draw(…) out, or choose another optimiser");
        }
        if (accumulated > MEAN_OF_ONE && examples == null) {
            throw new IllegalArgumentException(
                    "Trainer.train: accumulate(…) adds up mini-batches; say by miniBatches(…) what they are");
        }
        if (earlyStopping != null && heldOut != null) {
            throw new IllegalArgumentException(
                    "Trainer.train: stopEarly(…) has held-out data of its own; leave validation(…) out");
        }
        Set<Node> known = initialValues.asMap().keySet();
        for (Node node : frozen) {
            if (!known.contains(node)) {
                throw new IllegalArgumentException("Trainer.freeze: " + node.describe() + ", made at " + node.source()
                        + ", has no initial value; give it one, or freeze another parameter");
            }
        }
        if (frozen.containsAll(known)) {
            throw new IllegalArgumentException("Trainer.freeze: no parameter is left to train; freeze fewer");
        }
    }

    Node cost() {
        return cost;
    }

    List<Node> residuals() {
        return residuals;
    }

    List<Node> metrics() {
        return metrics;
    }

    List<Consumer<TrainingStep>> listeners() {
        return listeners;
    }

    Optimizer optimizer() {
        return optimizer;
    }

    Feeds data() {
        return data;
    }

    Feeds initialValues() {
        return initialValues;
    }

    long steps() {
        return steps;
    }

    Execution execution() {
        return execution;
    }

    int accumulated() {
        return accumulated;
    }

    @Nullable
    Node draw() {
        return draw;
    }

    Predicate<TrainingStep> enough() {
        return enough;
    }

    @Nullable
    MiniBatches newMiniBatches() {
        return examples == null ? null : MiniBatches.shuffled(data, examples, batchSize, seed);
    }

    @Nullable
    ValidationMonitor newMonitor(Feeds fixed) {
        EarlyStopping rule = earlyStopping;
        Feeds inputs = rule == null ? heldOut : rule.validation();
        if (inputs == null) {
            return null;
        }
        return new ValidationMonitor(
                cost,
                metrics,
                inputs.and(fixed),
                initialValues.asMap().keySet(),
                rule == null ? looksEvery : rule.every(),
                rule,
                execution);
    }

    /** For example {@code trainer of "J" 1×1 by Adam, at most 1000 steps}. */
    @Override
    public String toString() {
        return "trainer of " + cost.describe() + " by " + optimizer.name() + ", at most " + steps
                + (steps == 1 ? " step" : " steps");
    }
}
