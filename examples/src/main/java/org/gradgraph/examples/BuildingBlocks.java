package org.gradgraph.examples;

import static org.gradgraph.examples.lesson.Values.column;
import static org.gradgraph.examples.lesson.Values.row;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.examples.lesson.Lesson;
import org.gradgraph.examples.lesson.Question;
import org.gradgraph.examples.lesson.Values;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.LinearAlgebra;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Reductions;
import picocli.CommandLine.Command;

/** The small functions that models are made of, with the figures that the course prints. */
@Command(
        name = "building-blocks",
        description = "Models are made of small functions of matrices; these are the ones of the exercises.")
@Question("Which numbers change if 100 is added to every score of a row before softmax?")
final class BuildingBlocks extends Lesson {
    /** Half a unit of the last digit printed. */
    private static final double EIGHT_DIGITS = 0.5e-8;

    /** Nine significant digits of numbers below 1: half a unit of the ninth. */
    private static final double NINE_DIGITS = 0.5e-9;

    private static final double ALL_DIGITS = 1e-15;

    @Override
    protected void teach() {
        sigmoid();
        picture();
        rows();
        losses();
        elementwise();
        products();
    }

    private void sigmoid() {
        block("sigmoid(1)", Node.constant(1).sigmoid(), ALL_DIGITS, new double[][] {{0.7310585786300049}});
        double[][] three = {{0.73105858, 0.88079708, 0.95257413}};
        block("sigmoid of 1, 2, 3", row(1, 2, 3).sigmoid(), EIGHT_DIGITS, three);
        block("sigmoid of 0, 2", row(0, 2).sigmoid(), EIGHT_DIGITS, new double[][] {{0.5, 0.88079708}});
        double[][] third = {{0.62245933, 0.5, 0.88079708}};
        block("sigmoid of 0.5, 0, 2", row(0.5, 0, 2).sigmoid(), EIGHT_DIGITS, third);

        // tag::java[]
        Node x = Node.parameter("x", 1, 3);
        Node s = x.sigmoid();
        Run run = Program.of(s.sum()).withGradients(x).newRun();
        run.set(x, new double[][] {{1, 2, 3}}).forward().backward();
        // end::java[]
        double[][] slopes = {{0.19661193, 0.10499359, 0.04517666}};
        show("the derivative of sigmoid at 1, 2, 3, by the graph", run.gradient(x), 12);
        figures.check("derivative of sigmoid, by the graph", slopes, run.gradient(x), EIGHT_DIGITS);
        Node formula = row(1, 2, 3).sigmoid();
        Node derivative = formula.times(formula.negate().plus(1));
        figures.check("s(1 − s)", slopes, Values.of(derivative), EIGHT_DIGITS);
    }

    private void picture() {
        // Three by three pixels of two colours: a row for each pixel.
        double[][] pixels = new double[9][2];
        double[][] column = new double[18][1];
        for (int i = 0; i < column.length; i++) {
            pixels[i / 2][i % 2] = i + 1;
            column[i][0] = i + 1;
        }
        // tag::java[]
        Node vector = Node.constant(pixels).reshape(3 * 3 * 2, 1);
        // end::java[]
        out().println("a picture of 3×3×2 numbers, pixel after pixel, as a column of the shape " + vector.shape());
        show("(turned here)", Values.of(vector.transpose()), 0);
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
        // tag::java[]
        Node difference = label.minus(predicted);
        Node l1 = Reductions.norm1(difference);
        Node l2 = difference.square().sum();
        // end::java[]
        block("L1 = Σ|y − ŷ|", l1, ALL_DIGITS, new double[][] {{1.1}});
        block("L2 = Σ(y − ŷ)²", l2, ALL_DIGITS, new double[][] {{0.43}});
    }

    private void elementwise() {
        Node v = row(-2, 0.5, 4);
        out().println();
        out().println("elementwise functions of v = -2, 0.5, 4");
        block("exp(v)", v.exp(), ALL_DIGITS * 100, of(Math::exp));
        block("|v|", v.abs(), 0, new double[][] {{2, 0.5, 4}});
        block("log |v|", v.abs().log(), ALL_DIGITS, of(x -> Math.log(Math.abs(x))));
        block("maximum(v, 0)", v.maximum(Node.constant(0)), 0, new double[][] {{0, 0.5, 4}});
        block("v²", v.square(), 0, new double[][] {{4, 0.25, 16}});
        block("1/v", v.reciprocal(), 0, new double[][] {{-0.5, 2, 0.25}});
    }

    private static double[][] of(DoubleUnaryOperator f) {
        return new double[][] {DoubleStream.of(-2, 0.5, 4).map(f).toArray()};
    }

    private void products() {
        Node a = column(1, 2, 3);
        Node b = column(4, 5, 6);
        out().println();
        out().println("three products of 1, 2, 3 and 4, 5, 6");
        block("dot product, a.dot(b)", a.dot(b), 0, new double[][] {{32}});
        block("outer product, a·bᵀ", LinearAlgebra.outer(a, b), 0, new double[][] {{4, 5, 6}, {8, 10, 12}, {12, 15, 18}
        });
        block("elementwise product, a.times(b)", a.times(b), 0, new double[][] {{4}, {10}, {18}});
    }

    private void block(String name, Node node, double allowed, double[][] expected) {
        DMatrixRMaj value = Values.of(node);
        show(name, value, value.getNumElements() == 1 ? 16 : 12);
        figures.check(name, expected, value, allowed);
    }
}
