package org.gradgraph.examples;

import static org.gradgraph.examples.Values.column;
import static org.gradgraph.examples.Values.row;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.examples.console.Figures;
import org.gradgraph.examples.console.MatrixText;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.LinearAlgebra;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Reductions;
import picocli.CommandLine.Command;

/** The small functions that models are made of, with the figures that the course prints. */
@Command(
        name = "building-blocks",
        description =
                "Sigmoid and its derivative, softmax, norms, losses and products beside the figures of the course.",
        sortOptions = false)
final class BuildingBlocks implements Callable<Integer> {
    /** Half a unit of the last digit printed. */
    private static final double EIGHT_DIGITS = 0.5e-8;

    /** Nine significant digits of numbers below 1: half a unit of the ninth. */
    private static final double NINE_DIGITS = 0.5e-9;

    private static final double ALL_DIGITS = 1e-15;

    private final PrintWriter out;
    private final Figures figures = new Figures();

    BuildingBlocks(PrintWriter out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        sigmoid();
        picture();
        rows();
        losses();
        elementwise();
        products();
        out.print(figures);
        return figures.exitCode();
    }

    private void sigmoid() {
        block("sigmoid(1)", Node.constant(1).sigmoid(), ALL_DIGITS, new double[][] {{0.7310585786300049}});
        double[][] three = {{0.73105858, 0.88079708, 0.95257413}};
        block("sigmoid of 1, 2, 3", row(1, 2, 3).sigmoid(), EIGHT_DIGITS, three);
        block("sigmoid of 0, 2", row(0, 2).sigmoid(), EIGHT_DIGITS, new double[][] {{0.5, 0.88079708}});
        double[][] third = {{0.62245933, 0.5, 0.88079708}};
        block("sigmoid of 0.5, 0, 2", row(0.5, 0, 2).sigmoid(), EIGHT_DIGITS, third);

        Node x = Node.parameter("x", 1, 3);
        Node s = x.sigmoid();
        Run run = Program.of(s.sum()).withGradients(x).newRun();
        run.set(x, new double[][] {{1, 2, 3}}).forward().backward();
        double[][] slopes = {{0.19661193, 0.10499359, 0.04517666}};
        show("the derivative of sigmoid at 1, 2, 3, by the graph", run.gradient(x));
        figures.check("derivative of sigmoid, by the graph", slopes, run.gradient(x), EIGHT_DIGITS);
        Node formula = row(1, 2, 3).sigmoid();
        Node derivative = formula.times(formula.negate().plus(1));
        figures.check("s(1 − s)", slopes, Values.of(derivative), EIGHT_DIGITS);
    }

    private void picture() {
        // Two by two pixels of red, green and blue: a row for each pixel.
        Node pixels = Node.constant(new double[][] {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}, {10, 11, 12}});
        double[][] column = new double[12][1];
        for (int i = 0; i < column.length; i++) {
            column[i][0] = i + 1;
        }
        Node vector = pixels.reshape(12, 1);
        show(
                "a picture of 2×2 pixels of three colours as a column, row by row (turned here)",
                Values.of(vector.transpose()));
        figures.check("picture to column", column, Values.of(vector), 0);
    }

    private void rows() {
        Node table = Node.constant(new double[][] {{0, 3, 4}, {1, 6, 4}});
        block("rows of length 1", Reductions.normalizeRows(table), EIGHT_DIGITS, new double[][] {
            {0, 0.6, 0.8}, {0.13736056, 0.82416338, 0.54944226}
        });
        Node scores = Node.constant(new double[][] {{9, 2, 5, 0, 0}, {7, 5, 0, 0, 0}});
        block("softmax of each row", scores.softmaxRows(), NINE_DIGITS, new double[][] {
            {9.80897665e-01, 8.94462891e-04, 1.79657674e-02, 1.21052389e-04, 1.21052389e-04},
            {8.78679856e-01, 1.18916387e-01, 8.01252314e-04, 8.01252314e-04, 8.01252314e-04}
        });
    }

    private void losses() {
        Node predicted = row(0.9, 0.2, 0.1, 0.4, 0.9);
        Node label = row(1, 0, 0, 1, 1);
        Node difference = label.minus(predicted);
        block("L1 = Σ|y − ŷ|", Reductions.norm1(difference), ALL_DIGITS, new double[][] {{1.1}});
        block("L2 = Σ(y − ŷ)²", difference.square().sum(), ALL_DIGITS, new double[][] {{0.43}});
    }

    private void elementwise() {
        Node v = row(-2, 0.5, 4);
        figures.check("exp", of(Math::exp), Values.of(v.exp()), ALL_DIGITS * 100);
        figures.check("abs", new double[][] {{2, 0.5, 4}}, Values.of(v.abs()), 0);
        figures.check("maximum(v, 0)", new double[][] {{0, 0.5, 4}}, Values.of(v.maximum(Node.constant(0))), 0);
        figures.check("v²", new double[][] {{4, 0.25, 16}}, Values.of(v.square()), 0);
        figures.check("1/v", new double[][] {{-0.5, 2, 0.25}}, Values.of(v.reciprocal()), 0);
        figures.check(
                "log |v|", of(x -> Math.log(Math.abs(x))), Values.of(v.abs().log()), ALL_DIGITS);
    }

    private static double[][] of(DoubleUnaryOperator f) {
        return new double[][] {DoubleStream.of(-2, 0.5, 4).map(f).toArray()};
    }

    private void products() {
        Node a = column(1, 2, 3);
        Node b = column(4, 5, 6);
        out.println();
        out.println("three products of 1, 2, 3 and 4, 5, 6");
        block("dot product, a.dot(b)", a.dot(b), 0, new double[][] {{32}});
        block("outer product, LinearAlgebra.outer(a, b)", LinearAlgebra.outer(a, b), 0, new double[][] {
            {4, 5, 6}, {8, 10, 12}, {12, 15, 18}
        });
        block("elementwise product, a.times(b)", a.times(b), 0, new double[][] {{4}, {10}, {18}});
    }

    private void block(String name, Node node, double allowed, double[][] expected) {
        DMatrixRMaj value = Values.of(node);
        show(name, value);
        figures.check(name, expected, value, allowed);
    }

    private void show(String name, DMatrixRMaj value) {
        out.println(name);
        out.print(MatrixText.of(value, 16 - (value.getNumElements() == 1 ? 0 : 4)));
    }
}
