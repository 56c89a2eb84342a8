package org.gradgraph.examples;

import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.gradgraph.examples.console.Progress;
import org.gradgraph.examples.console.TextTable;
import org.gradgraph.examples.data.Standardizer;
import org.gradgraph.examples.data.Table;
import org.gradgraph.examples.data.TableReader;
import org.gradgraph.examples.lesson.Lesson;
import org.gradgraph.examples.lesson.Question;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.graph.Constants;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.LinearAlgebra;
import org.gradgraph.graph.Losses;
import org.gradgraph.graph.Node;
import org.gradgraph.optim.Optimizers;
import org.gradgraph.train.Trainer;
import org.gradgraph.train.Training;
import picocli.CommandLine.Command;

/** Linear and ridge regression: gradient descent finds what the closed form gives. */
@Command(
        name = "regression",
        description = "Where a formula for the best weights exists, gradient descent finds the same ones step by step.")
@Question("Ridge shrinks the weights. Why is the bias left out of the penalty?")
final class Regression extends Lesson {
    private static final String[] FEATURES = {"sepal length", "sepal width", "petal length"};
    private static final int STEPS = 5000;
    private static final double RATE = 0.3;
    private static final double PENALTY = 0.1;
    private static final double ALLOWED = 1e-10;

    private final Dim m = Dim.named("m");
    private final Node x = Node.input("X", 3, m);
    private final Node y = Node.input("y", 1, m);
    private final Node w = Node.parameter("w", 3, 1);
    private final Node b = Node.parameter("b");

    @Override
    protected void teach() {
        Table iris = TableReader.shipped("iris.csv", 3);
        DMatrixRMaj all = Standardizer.of(iris).apply(iris.x());
        DMatrixRMaj features = CommonOps_DDRM.extract(all, 0, 3, 0, all.numCols);
        DMatrixRMaj width = CommonOps_DDRM.extract(iris.x(), 3, 4, 0, all.numCols);
        Feeds data = Feeds.of(x, features).and(y, width);
        out().println(
                        "The width of a petal from three other lengths of 150 irises, in centimetres, lengths standardized");
        out().println("J = mean((wᵀX + b − y)²) + λ·Σw², " + STEPS + " steps of gradient descent, rate " + RATE);
        fit("linear", 0, data);
        fit("ridge, λ = " + PENALTY, PENALTY, data);
    }

    private void fit(String name, double lambda, Feeds data) {
        // tag::java[]
        Node error = Losses.mse(w.transpose().matmul(x).plus(b), y);
        Node cost = error.plus(w.square().sum().times(lambda)).named("J");
        // end::java[]
        DMatrixRMaj closed = closedForm(lambda, data);
        Training training;
        try (Progress progress = Progress.start(name, STEPS)) {
            // tag::java[]
            training = Trainer.of(cost)
                    .optimizer(Optimizers.gradientDescent(RATE))
                    .data(data)
                    .initialValues(Feeds.of(w, new DMatrixRMaj(3, 1)).and(b, 0))
                    .steps(STEPS)
                    .listen(step -> progress.step())
                    .train();
            // end::java[]
        }
        TextTable table = new TextTable(name, "closed form", "gradient descent");
        for (int i = 0; i < 3; i++) {
            row(table, FEATURES[i], closed.get(i), training.parameter(w).get(i));
            figures.check(name, closed.get(i), training.parameter(w).get(i), ALLOWED);
        }
        double bias = training.parameter(b).get(0);
        row(table, "bias", closed.get(3), bias);
        figures.check(name, closed.get(3), bias, ALLOWED);
        out().println();
        out().print(table);
        out().printf(Locale.ROOT, "J = %.12f%n", training.cost());
    }

    /** (X̃X̃ᵀ/m + λD)⁻¹·X̃yᵀ/m with a row of ones below X; D is the identity but for the bias, which is free. */
    private DMatrixRMaj closedForm(double lambda, Feeds data) {
        Node withOnes = Layout.concatRows(x, Node.constant(1).broadcastTo(y.shape()));
        Node count = Constants.size(m);
        Node free =
                Node.constant(new double[][] {{lambda, 0, 0, 0}, {0, lambda, 0, 0}, {0, 0, lambda, 0}, {0, 0, 0, 0}});
        Node left = withOnes.matmul(withOnes.transpose()).dividedBy(count).plus(free);
        Node right = withOnes.matmul(y.transpose()).dividedBy(count);
        Node solution = LinearAlgebra.solve(left, right);
        return Program.of(solution).newRun().set(data).forward().value(solution);
    }

    private static void row(TextTable table, String name, double closed, double gradient) {
        table.row(name, String.format(Locale.ROOT, "%.12f", closed), String.format(Locale.ROOT, "%.12f", gradient));
    }
}
