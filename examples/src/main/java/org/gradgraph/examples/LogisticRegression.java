package org.gradgraph.examples;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.check.GradientCheck;
import org.gradgraph.check.GradientReport;
import org.gradgraph.examples.console.PositiveNumber;
import org.gradgraph.examples.console.Separator;
import org.gradgraph.examples.console.StepCount;
import org.gradgraph.examples.console.TextTable;
import org.gradgraph.examples.console.Texts;
import org.gradgraph.examples.console.UserError;
import org.gradgraph.examples.data.CsvFormat;
import org.gradgraph.examples.data.Standardizer;
import org.gradgraph.examples.data.Table;
import org.gradgraph.examples.data.TableReader;
import org.gradgraph.examples.lesson.PictureLesson;
import org.gradgraph.examples.lesson.Question;
import org.gradgraph.examples.lesson.ShowsSource;
import org.gradgraph.examples.logistic.Descent;
import org.gradgraph.examples.logistic.GradientComparison;
import org.gradgraph.examples.logistic.LogisticModel;
import org.gradgraph.examples.logistic.Training;
import org.gradgraph.graphviz.Curves;
import org.gradgraph.graphviz.Dot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Logistic regression on real data: training, gradients by graph and by hand, the check, the pictures. */
@Command(
        name = "logistic-regression",
        description = "Gradient descent on m examples: predict all, take the gradients of the mean cost, step, again.")
@Question("The first cost is ln 2 = 0.693147…, whatever the table is. Why?")
@ShowsSource({LogisticModel.class, Descent.class, Training.class})
final class LogisticRegression extends PictureLesson {
    private static final String SHIPPED = "breast_cancer.csv";

    /** What NumPy finds on the shipped table with the default options. */
    private static final double EXPECTED_COST = 0.060577603726785056;

    private static final int EXPECTED_ERRORS = 7;

    @Option(
            names = "--data",
            paramLabel = "FILE",
            description = {
                "A CSV file of numbers with labels, 0 and 1 or two texts; it may be compressed by gzip.",
                "Its first line is a header, and skipped, if none of its cells is a number."
            })
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--label",
            paramLabel = "COLUMN",
            description = "The column of the labels in the file: first, last, or a name in its header;"
                    + " ${DEFAULT-VALUE} unless given.")
    private String label = CsvFormat.LAST;

    @Option(
            names = "--separator",
            paramLabel = "CHARACTER",
            converter = Separator.class,
            description = "What separates the cells of the file, for example ; or the word tab; a comma unless given.")
    private char separator = ',';

    @Option(
            names = "--rate",
            paramLabel = "NUMBER",
            converter = PositiveNumber.class,
            description = "The learning rate; ${DEFAULT-VALUE} unless given.")
    private double rate = 0.1;

    @Option(
            names = "--iterations",
            paramLabel = "COUNT",
            converter = StepCount.class,
            description = "How many steps to take; ${DEFAULT-VALUE} unless given.")
    private int iterations = 1000;

    @Override
    protected void teach() {
        if (data.isEmpty() && !CsvFormat.standard().equals(new CsvFormat(label, separator))) {
            throw new UserError("--label and --separator describe the file of --data; name that file");
        }
        Table table = data.map(file -> TableReader.read(file, new CsvFormat(label, separator)))
                .orElseGet(() -> TableReader.shipped(SHIPPED));
        DMatrixRMaj x = Standardizer.of(table).apply(table.x());
        describe(table);

        LogisticModel model = new LogisticModel(table.features());
        Descent descent = Descent.fromZeros(model, x, table.y());
        Training training = Training.of(descent, rate, iterations);
        GradientReport check =
                GradientCheck.of(model.cost()).at(descent.feeds()).report();

        showCosts(training.costs());
        showAccuracy(descent.errors(), table.examples());
        showGradients(1, training.first());
        if (iterations > 1) {
            showGradients(iterations, training.last());
        }
        out().println();
        out().println(check);
        graph("logistic-regression", Dot.of(model.cost()));
        Curves curve = Curves.titled("Cost after each step").axes("step", "J").curve("J", training.costs());
        picture("cost.svg", curve.toString(), "the cost after each step");
        check(training, check, descent.errors());
    }

    private void check(Training training, GradientReport check, int errors) {
        for (GradientComparison comparison : List.of(training.first(), training.last())) {
            figures.check("gradients by graph and by hand", 0, comparison.largestDifference(), comparison.allowed());
        }
        figures.holds("gradient check passed", check.passed());
        if (data.isEmpty() && rate == 0.1 && iterations == 1000) {
            figures.check("cost after 1000 steps", EXPECTED_COST, training.costs()[1000], 1e-13);
            figures.check("errors", EXPECTED_ERRORS, errors, 0);
        }
    }

    private void describe(Table table) {
        out().printf(
                        Locale.ROOT,
                        "Logistic regression on %s: %s (%d of label 0, %d of label 1), %s, standardized%n",
                        table.name(),
                        Texts.count(table.examples(), "example"),
                        table.count(0),
                        table.count(1),
                        Texts.count(table.features(), "feature"));
        table.notes().forEach(out()::println);
        out().printf(
                        "one example is one column: X is %1$d×%2$d, Y is 1×%2$d, w is %1$d×1, b is 1×1%n",
                        table.features(), table.examples());
        out().printf("%s of gradient descent from zeros, learning rate %s%n", Texts.count(iterations, "step"), rate);
    }

    private void showCosts(double[] costs) {
        TextTable table = new TextTable("step", "cost");
        int interval = interval(iterations);
        String format = "%" + Integer.toString(iterations).length() + "d";
        for (int k = 0; k <= iterations; k++) {
            if (k % interval == 0 || k == iterations) {
                table.row(
                        String.format(format, k),
                        String.format(Locale.ROOT, costs[k] < 1e6 ? "%.15f" : "%.15e", costs[k]));
            }
        }
        out().println();
        out().print(table);
    }

    /** A hundred steps, or more where that would make a long list. */
    private static int interval(int iterations) {
        int interval = 100;
        while (iterations / interval > 30) {
            interval *= 10;
        }
        return interval;
    }

    private void showAccuracy(int errors, int examples) {
        double percent = 100.0 * (examples - errors) / examples;
        out().println();
        out().printf(Locale.ROOT, "accuracy %.2f %% (%s of %d)%n", percent, Texts.count(errors, "error"), examples);
    }

    private void showGradients(int step, GradientComparison comparison) {
        out().println();
        out().printf(
                        Locale.ROOT,
                        "gradients of step %d by graph and by hand, largest difference %.1e%n",
                        step,
                        comparison.largestDifference());
        out().print(comparison);
    }
}
