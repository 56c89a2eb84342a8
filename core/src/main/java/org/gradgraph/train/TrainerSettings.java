package org.gradgraph.train;

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
import org.gradgraph.optim.Optimizer;
import org.gradgraph.optim.Optimizers;
import org.gradgraph.optim.problem.Inputs;
import org.gradgraph.optim.problem.MiniBatches;
import org.jspecify.annotations.Nullable;

/** What a trainer was given, and whether it fits together. Not changed after it is made. */
final class TrainerSettings {
    final Node cost;
    final List<Node> residuals;
    final List<Node> metrics = new ArrayList<>();
    final List<Consumer<TrainingStep>> listeners = new ArrayList<>();
    final Set<Node> frozen = new LinkedHashSet<>();
    final Set<Node> unreached = new LinkedHashSet<>();
    Optimizer optimizer = Optimizers.gradientDescent(0.01);
    Feeds data = Feeds.none();
    Feeds initialValues = Feeds.none();
    long steps = 1000;
    Execution execution = Execution.standard();

    @Nullable
    Dim examples;

    int batchSize = 1;
    long seed;
    int accumulated = 1;

    @Nullable
    Node draw;

    Predicate<TrainingStep> enough = step -> false;

    @Nullable
    EarlyStopping earlyStopping;

    @Nullable
    Feeds heldOut;

    long looksEvery = 1;

    @Nullable
    Checkpoint from;

    TrainerSettings(Node cost, List<Node> residuals) {
        this.cost = cost;
        this.residuals = residuals;
    }

    TrainerSettings(TrainerSettings other) {
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

    /** Refuses settings that contradict each other, and values that do not belong to the cost. */
    void requireUsable() {
        if (initialValues.asMap().isEmpty()) {
            throw new IllegalArgumentException(
                    "Trainer.train: nothing to train; give the parameters and their initial values by initialValues(…)");
        }
        Node counted = draw;
        Feeds fed = counted == null ? data : data.and(counted, 0);
        Inputs inputs = new Inputs("Trainer.train", "initialValues(…)");
        inputs.check(cost, fed, initialValues, unreached);
        List<Node> outputs = new ArrayList<>(metrics);
        outputs.add(cost);
        Graph graph = Graph.of(outputs);
        inputs.requireFed(graph, fed, initialValues);
        if (counted != null && !graph.contains(counted)) {
            throw new IllegalArgumentException("Trainer.draw: " + counted.describe() + ", made at " + counted.source()
                    + ", is not part of the cost " + cost.describe() + "; give it to an operation of RandomNumbers");
        }
        if (optimizer.needsWholeData() && examples != null) {
            throw new IllegalArgumentException("Trainer.train: " + optimizer.name()
                    + " compares costs of the whole data; leave miniBatches(…) out, or choose another optimiser");
        }
        if (optimizer.needsWholeData() && draw != null) {
            throw new IllegalArgumentException("Trainer.train: " + optimizer.name()
                    + " needs the same cost at every step; leave draw(…) out, or choose another optimiser");
        }
        if (accumulated > 1 && examples == null) {
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

    /** The parameters that are trained, with their initial values: those that the gradient reaches and that are not frozen. */
    Feeds trained() {
        Set<Node> reached = Inputs.reached(cost);
        Feeds trained = Feeds.none();
        for (Map.Entry<Node, DMatrixRMaj> entry : initialValues.asMap().entrySet()) {
            if (reached.contains(entry.getKey()) && !frozen.contains(entry.getKey())) {
                trained = trained.and(entry.getKey(), entry.getValue());
            }
        }
        return trained;
    }

    /** The initial values of all other parameters. */
    Feeds fixed() {
        Set<Node> trained = trained().asMap().keySet();
        Feeds fixed = Feeds.none();
        for (Map.Entry<Node, DMatrixRMaj> entry : initialValues.asMap().entrySet()) {
            if (!trained.contains(entry.getKey())) {
                fixed = fixed.and(entry.getKey(), entry.getValue());
            }
        }
        return fixed;
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
                draw,
                execution);
    }
}
