package org.gradgraph.examples;

import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.gradgraph.examples.console.TextTable;
import org.gradgraph.examples.data.Standardizer;
import org.gradgraph.examples.data.Table;
import org.gradgraph.examples.data.TableReader;
import org.gradgraph.examples.lesson.Lesson;
import org.gradgraph.examples.lesson.Question;
import org.gradgraph.examples.lesson.ShowsSource;
import org.gradgraph.examples.logistic.ExampleLoop;
import org.gradgraph.examples.logistic.LogisticModel;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Node;
import picocli.CommandLine.Command;

/** Loops beside whole matrices: the same numbers, and how long they take. */
@Command(
        name = "vectorize",
        description = "m examples are m columns of one matrix: one product does what a loop over examples does.")
@Question("Which loop of gradient descent stays when the one over examples is gone?")
@ShowsSource({ExampleLoop.class, Vectorize.class})
final class Vectorize extends Lesson {
    private static final int LENGTH = 1_000_000;

    /** Both add up a million products in another order; the errors of the sums grow like √n·2⁻⁵³. */
    private static final double DOT = 1e-12;

    /** Sums of 569 terms of size 1/569. */
    private static final double SUMS = 1e-13;

    private static final int REPEATS = 20;

    @Override
    protected void teach() {
        dotProduct();
        gradients();
    }

    private void dotProduct() {
        DMatrixRMaj a = random(1);
        DMatrixRMaj b = random(2);
        // tag::java[]
        Node left = Node.input("a", LENGTH, 1);
        Node right = Node.input("b", LENGTH, 1);
        Node dot = left.dot(right);
        Run run = Program.of(dot).newRun().set(left, a).set(right, b);
        // end::java[]

        out().println("the dot product of two vectors of " + LENGTH + " numbers, the best of " + REPEATS + " tries");
        TextTable table = new TextTable("", "milliseconds", "result");
        double byLoop = timed(table, "a loop in Java", () -> loop(a, b));
        double byGraph = timed(table, "the graph a.dot(b)", () -> run.forward().scalar(dot));
        out().print(table);
        out().println();
        out().println(
                        "In Python the notes measure 475 ms for the loop and 1.5 ms for the product, because each turn of the");
        out().println(
                        "loop is interpreted. Java compiles its loops: a graph is not faster here, but it knows its gradient.");
        out().println();
        figures.check("dot product, relative", 1, byGraph / byLoop, DOT);
    }

    private static double loop(DMatrixRMaj a, DMatrixRMaj b) {
        double sum = 0;
        for (int i = 0; i < LENGTH; i++) {
            sum += a.get(i) * b.get(i);
        }
        return sum;
    }

    private void gradients() {
        Table cancer = TableReader.shipped("breast_cancer.csv");
        DMatrixRMaj x = Standardizer.of(cancer).apply(cancer.x());
        DMatrixRMaj w = new DMatrixRMaj(x.numRows, 1);
        CommonOps_DDRM.fill(w, -0.1);
        LogisticModel model = new LogisticModel(x.numRows);
        Run run = Program.of(model.cost()).withGradients(model.w(), model.b()).newRun();
        run.set(model.w(), w).set(model.b(), 0.5);

        out().println("cost and gradients of logistic regression on 569 examples, the best of " + REPEATS + " tries");
        TextTable table = new TextTable("", "milliseconds", "J");
        timed(
                table,
                "a loop over examples, by hand",
                () -> ExampleLoop.of(x, cancer.y(), w, 0.5).cost());
        timed(
                table,
                "the graph, one example at a time",
                () -> oneByOne(run, model, x, cancer.y()).cost());
        timed(
                table,
                "the graph, all at once",
                () -> atOnce(run, model, x, cancer.y()).cost());
        out().print(table);
        out().println();
        out().println("The graph pays for each run, not for each example: m examples are columns of one matrix.");

        ExampleLoop byHand = ExampleLoop.of(x, cancer.y(), w, 0.5);
        compare("one at a time", byHand, oneByOne(run, model, x, cancer.y()));
        compare("all at once", byHand, atOnce(run, model, x, cancer.y()));
    }

    private static ExampleLoop oneByOne(Run run, LogisticModel model, DMatrixRMaj x, DMatrixRMaj y) {
        double cost = 0;
        DMatrixRMaj dw = new DMatrixRMaj(x.numRows, 1);
        double db = 0;
        for (int j = 0; j < x.numCols; j++) {
            run.set(model.x(), CommonOps_DDRM.extractColumn(x, j, null)).set(model.y(), y.get(j));
            cost += run.forward().scalar(model.cost());
            CommonOps_DDRM.addEquals(dw, run.backward().gradient(model.w()));
            db += run.gradient(model.b()).get(0);
        }
        CommonOps_DDRM.divide(dw, x.numCols);
        return new ExampleLoop(cost / x.numCols, dw, db / x.numCols);
    }

    // tag::java[]
    private static ExampleLoop atOnce(Run run, LogisticModel model, DMatrixRMaj x, DMatrixRMaj y) {
        double cost = run.set(model.x(), x).set(model.y(), y).forward().scalar(model.cost());
        run.backward();
        return new ExampleLoop(
                cost, run.gradient(model.w()), run.gradient(model.b()).get(0));
    }
    // end::java[]

    private void compare(String way, ExampleLoop hand, ExampleLoop graph) {
        figures.check("J, " + way, hand.cost(), graph.cost(), SUMS);
        for (int i = 0; i < hand.dw().numRows; i++) {
            figures.check("dw, " + way, hand.dw().get(i), graph.dw().get(i), SUMS);
        }
        figures.check("db, " + way, hand.db(), graph.db(), SUMS);
    }

    private static double timed(TextTable table, String way, Supplier<Double> work) {
        double result = 0;
        long best = Long.MAX_VALUE;
        for (int k = 0; k < REPEATS; k++) {
            long start = System.nanoTime();
            result = work.get();
            best = Math.min(best, System.nanoTime() - start);
        }
        table.row(way, String.format(Locale.ROOT, "%.2f", best / 1e6), String.format(Locale.ROOT, "%.12f", result));
        return result;
    }

    private static DMatrixRMaj random(long seed) {
        Random random = new Random(seed);
        DMatrixRMaj vector = new DMatrixRMaj(LENGTH, 1);
        for (int i = 0; i < LENGTH; i++) {
            vector.set(i, random.nextDouble());
        }
        return vector;
    }
}
