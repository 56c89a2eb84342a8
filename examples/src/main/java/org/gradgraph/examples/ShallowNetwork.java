package org.gradgraph.examples;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.gradgraph.examples.console.Progress;
import org.gradgraph.examples.console.StepCount;
import org.gradgraph.examples.console.TextTable;
import org.gradgraph.examples.data.Table;
import org.gradgraph.examples.data.TableReader;
import org.gradgraph.examples.lesson.PictureLesson;
import org.gradgraph.examples.lesson.Question;
import org.gradgraph.examples.lesson.ShowsSource;
import org.gradgraph.examples.network.FlowerModel;
import org.gradgraph.examples.network.TwoLayers;
import org.gradgraph.examples.output.BoundaryPicture;
import org.gradgraph.graph.Activations;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Node;
import org.gradgraph.train.Training;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** One hidden layer separates what a straight line cannot: a flower of two colours. */
@Command(
        name = "shallow-network",
        description = "A hidden layer bends the line between two classes: Z1 = W1·X + b1, A1 = g(Z1), Z2 = W2·A1 + b2.")
@Question("Why do the weights start small and random, and not at zero as in logistic regression?")
@ShowsSource({TwoLayers.class, FlowerModel.class})
final class ShallowNetwork extends PictureLesson {
    private static final double RATE = 1.2;
    private static final int STEPS = 10_000;
    private static final int STEPS_OF_OTHERS = 5000;

    /** Up to here the descent is smooth; then it swings, and magnifies the last bit of every sum. */
    private static final int SMOOTH = 7000;

    private static final double RELATIVE = 1e-12;
    private static final double SWINGING = 1e-3;

    @Option(
            names = "--sizes",
            paramLabel = "COUNT",
            converter = StepCount.class,
            description = "Hidden layers of 1 to COUNT units are tried; ${DEFAULT-VALUE} unless given.")
    private int sizes = 20;

    @Override
    protected void teach() {
        Table flower = TableReader.shipped("planar.csv");
        shapes();
        FlowerModel model = new FlowerModel(4);
        Training training = trainAsExpected(model, flower);
        String title = "4 hidden units: " + percent(model, flower, training);
        String picture =
                BoundaryPicture.draw(title, flower.x(), flower.y(), points -> model.probabilities(points, training));
        oneByOne(model, flower, training);
        otherSizes(flower);
        otherActivations(flower);
        picture("decision-boundary.svg", picture, "the points, and where 4 hidden units divide them");
    }

    /** The shapes of the course's network of three inputs and four hidden units. */
    private void shapes() {
        TwoLayers network = new TwoLayers(3, 4, 1, Node::tanh, Dim.of(1));
        out().println(
                        "z1 = W1·x + b1, a1 = tanh(z1), z2 = W2·a1 + b2, a2 = σ(z2) with three inputs and four hidden units:");
        shape(network.w1(), "4×3");
        shape(network.x(), "3×1");
        shape(network.b1(), "4×1");
        shape(network.w2(), "1×4");
        shape(network.b2(), "1×1");
        shape(network.z2(), "1×1");
        out().println();
    }

    private void shape(Node node, String expected) {
        out().println("  " + node.describe());
        figures.holds("shapes", node.shape().toString().equals(expected));
    }

    private Training trainAsExpected(FlowerModel model, Table flower) {
        Properties expected = expected();
        DMatrixRMaj w1 = matrix(expected, "W1", 4, 2);
        DMatrixRMaj w2 = matrix(expected, "W2", 1, 4);
        Training training = train(model, flower, STEPS, w1, w2);
        TextTable table = new TextTable("step", "cost");
        for (int k = 0; k <= STEPS; k += 1000) {
            double cost = k == STEPS ? training.cost() : training.costs()[k];
            double wanted = Double.parseDouble(expected.getProperty("cost." + k));
            table.row(Integer.toString(k), String.format(Locale.ROOT, "%.15f", cost));
            if (k <= SMOOTH) {
                figures.check("costs up to step " + SMOOTH + ", relative", 1, cost / wanted, RELATIVE);
            } else {
                figures.check("costs up to step " + STEPS, wanted, cost, SWINGING);
            }
        }
        out().println("400 points, 2 inputs, 4 hidden units, " + STEPS + " steps of gradient descent, rate " + RATE);
        out().print(table);
        out().println("accuracy " + percent(model, flower, training));
        figures.check("accuracy in percent", 90.75, model.correct(flower.x(), flower.y(), training) / 4.0, 0.5);
        return training;
    }

    private static Training train(FlowerModel model, Table flower, int steps, DMatrixRMaj w1, DMatrixRMaj w2) {
        try (Progress progress = Progress.start("4 hidden units", steps)) {
            return model.train(
                    flower.x(), flower.y(), model.network().start(w1, w2), RATE, steps, step -> progress.step());
        }
    }

    private void otherSizes(Table flower) {
        out().println();
        out().println("hidden layers of other sizes, " + STEPS_OF_OTHERS + " steps each from other weights");
        TextTable table = new TextTable("hidden units", "cost", "accuracy");
        try (Progress progress = Progress.start("hidden layers", sizes)) {
            for (int hidden = 1; hidden <= sizes; hidden++) {
                FlowerModel model = new FlowerModel(hidden);
                Training training = model.train(
                        flower.x(), flower.y(), model.network().start(0.01, hidden), RATE, STEPS_OF_OTHERS, step -> {});
                table.row(
                        Integer.toString(hidden),
                        String.format(Locale.ROOT, "%.4f", training.cost()),
                        percent(model, flower, training));
                progress.step();
            }
        }
        out().print(table);
    }

    /** A column of X meets only itself in W1·X + b1, so all examples at once give what each gives alone. */
    private void oneByOne(FlowerModel model, Table flower, Training training) {
        DMatrixRMaj together = model.probabilities(flower.x(), training);
        for (int k = 0; k < flower.examples(); k++) {
            DMatrixRMaj alone = model.probabilities(CommonOps_DDRM.extractColumn(flower.x(), k, null), training);
            figures.check("one point alone, and among all", alone.get(0), together.get(k), 0);
        }
        out().println("all 400 columns at once give the same numbers as one column at a time");
    }

    private void otherActivations(Table flower) {
        out().println();
        out().println("4 hidden units with other activations, " + STEPS_OF_OTHERS + " steps each");
        TextTable table = new TextTable("hidden layer", "cost", "accuracy");
        Map<String, UnaryOperator<Node>> activations = new LinkedHashMap<>();
        activations.put("σ", Node::sigmoid);
        activations.put("tanh", Node::tanh);
        activations.put("ReLU", Node::relu);
        activations.put("leaky ReLU", z -> Activations.leakyRelu(z, 0.01));
        activations.put("none, z itself", z -> z);
        activations.forEach((name, activation) -> {
            FlowerModel model = new FlowerModel(4, activation);
            Training training = model.train(
                    flower.x(), flower.y(), model.network().start(0.01, 1), RATE, STEPS_OF_OTHERS, step -> {});
            table.row(name, String.format(Locale.ROOT, "%.4f", training.cost()), percent(model, flower, training));
        });
        out().print(table);
        out().println("Without an activation two layers are one: W2·(W1·x + b1) + b2 is a straight line again.");
    }

    private static String percent(FlowerModel model, Table flower, Training training) {
        double right = model.correct(flower.x(), flower.y(), training);
        return String.format(Locale.ROOT, "%.2f %%", 100.0 * right / flower.examples());
    }

    private static DMatrixRMaj matrix(Properties expected, String name, int rows, int columns) {
        DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                matrix.set(i, j, Double.parseDouble(expected.getProperty(name + "." + i + "." + j)));
            }
        }
        return matrix;
    }

    private static Properties expected() {
        Properties properties = new Properties();
        try (InputStream in = TableReader.class.getResourceAsStream("planar_expected.properties")) {
            if (in == null) {
                throw new IllegalStateException("planar_expected.properties is not shipped");
            }
            properties.load(in);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return properties;
    }
}
