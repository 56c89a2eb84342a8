package org.gradgraph.examples;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.examples.console.Figures;
import org.gradgraph.examples.console.Progress;
import org.gradgraph.examples.console.StepCount;
import org.gradgraph.examples.console.TextTable;
import org.gradgraph.examples.data.Table;
import org.gradgraph.examples.data.TableReader;
import org.gradgraph.examples.network.FlowerModel;
import org.gradgraph.examples.network.TwoLayers;
import org.gradgraph.examples.output.BoundaryPicture;
import org.gradgraph.examples.output.OutputFolder;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Node;
import org.gradgraph.train.Training;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** One hidden layer separates what a straight line cannot: a flower of two colours. */
@Command(
        name = "shallow-network",
        description = "A network with one hidden layer on 400 points of a flower, and its decision boundary.",
        sortOptions = false)
final class ShallowNetwork implements Callable<Integer> {
    private static final double RATE = 1.2;
    private static final int STEPS = 10_000;
    private static final int STEPS_OF_OTHERS = 5000;

    /** Up to here the descent is smooth; then it swings, and magnifies the last bit of every sum. */
    private static final int SMOOTH = 7000;

    private static final double RELATIVE = 1e-12;
    private static final double SWINGING = 1e-3;

    private final PrintWriter out;
    private final Figures figures = new Figures();

    @Option(
            names = "--sizes",
            paramLabel = "COUNT",
            converter = StepCount.class,
            description = "Hidden layers of 1 to COUNT units are tried; ${DEFAULT-VALUE} unless given.")
    private int sizes = 20;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "Where the pictures go; ${DEFAULT-VALUE} unless given.")
    private Path folder = Path.of("gradgraph-output");

    ShallowNetwork(PrintWriter out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        OutputFolder output = OutputFolder.at(folder);
        Table flower = TableReader.shipped("planar.csv");
        shapes();
        FlowerModel model = new FlowerModel(4);
        Training training = trainAsExpected(model, flower);
        String title = "4 hidden units: " + percent(model, flower, training);
        String picture =
                BoundaryPicture.draw(title, flower.x(), flower.y(), points -> model.probabilities(points, training));
        otherSizes(flower);
        output.write("decision-boundary.svg", picture);
        out.println();
        out.println("picture in " + output.path());
        out.println(OutputFolder.entry("decision-boundary.svg", "the points, and where 4 hidden units divide them"));
        out.print(figures);
        return figures.exitCode();
    }

    /** The shapes of the course's network of three inputs and four hidden units. */
    private void shapes() {
        TwoLayers network = new TwoLayers(3, 4, 1, Node::tanh, Dim.of(1));
        out.println(
                "z1 = W1·x + b1, a1 = tanh(z1), z2 = W2·a1 + b2, a2 = σ(z2) with three inputs and four hidden units:");
        shape(network.w1(), "4×3");
        shape(network.x(), "3×1");
        shape(network.b1(), "4×1");
        shape(network.w2(), "1×4");
        shape(network.b2(), "1×1");
        shape(network.z2(), "1×1");
        out.println();
    }

    private void shape(Node node, String expected) {
        out.println("  " + node.describe());
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
        out.println("400 points, 2 inputs, 4 hidden units, " + STEPS + " steps of gradient descent, rate " + RATE);
        out.print(table);
        out.println("accuracy " + percent(model, flower, training));
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
        out.println();
        out.println("hidden layers of other sizes, " + STEPS_OF_OTHERS + " steps each from other weights");
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
        out.print(table);
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
