package org.gradgraph.examples.network;

import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Node;
import org.gradgraph.optim.Optimizers;
import org.gradgraph.train.Trainer;
import org.gradgraph.train.Training;

/**
 * A network that tells points of two colours apart: tanh, then sigmoid, with the cross entropy as its cost.
 *
 * <pre>{@code
 * FlowerModel model = new FlowerModel(4);
 * Training training = model.train(points, labels, model.network().start(0.01, 1), 1.2, 10_000, step -> {});
 * DMatrixRMaj probabilities = model.probabilities(points, training);
 * }</pre>
 */
public final class FlowerModel {
    private final TwoLayers network;
    private final Node y;
    private final Node a2;
    private final Node cost;

    /** A model with so many hidden units of tanh. */
    public FlowerModel(int hidden) {
        this(hidden, Node::tanh);
    }

    /** A model with so many hidden units of any activation. */
    public FlowerModel(int hidden, UnaryOperator<Node> activation) {
        Dim m = Dim.named("m");
        network = new TwoLayers(2, hidden, 1, activation, m);
        // tag::java[]
        y = Node.input("Y", 1, m);
        a2 = network.z2().sigmoid().named("A2");
        Node whereOne = y.times(a2.log());
        Node whereZero = y.negate().plus(1).times(a2.negate().plus(1).log());
        cost = whereOne.plus(whereZero).mean().negate().named("J");
        // end::java[]
    }

    /** The network without its last activation. */
    public TwoLayers network() {
        return network;
    }

    /** The cost, 1×1. */
    public Node cost() {
        return cost;
    }

    /**
     * Trains by gradient descent on all points at once.
     *
     * @param points a column for each point, not modified
     * @param labels 0 or 1, a row, not modified
     * @param start first weights and biases
     * @param listener hears the number of each step that is done
     */
    public Training train(
            DMatrixRMaj points, DMatrixRMaj labels, Feeds start, double rate, int steps, LongConsumer listener) {
        return Trainer.of(cost)
                .optimizer(Optimizers.gradientDescent(rate))
                .data(Feeds.of(network.x(), points).and(y, labels))
                .initialValues(start)
                .steps(steps)
                .listen(step -> listener.accept(step.number()))
                .train();
    }

    /** The probability of label 1 for each point, a row. */
    public DMatrixRMaj probabilities(DMatrixRMaj points, Training training) {
        return Program.of(a2)
                .newRun()
                .set(network.x(), points)
                .set(training.parameters())
                .forward()
                .value(a2);
    }

    /** How many points are on the right side: label 1 is predicted where the probability is above 0.5. */
    public int correct(DMatrixRMaj points, DMatrixRMaj labels, Training training) {
        DMatrixRMaj a = probabilities(points, training);
        int correct = 0;
        for (int j = 0; j < a.numCols; j++) {
            correct += (a.get(j) > 0.5) == (labels.get(j) == 1) ? 1 : 0;
        }
        return correct;
    }
}
