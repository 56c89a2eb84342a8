package org.gradgraph.examples;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.gradgraph.examples.console.Progress;
import org.gradgraph.examples.console.StepCount;
import org.gradgraph.examples.console.TextTable;
import org.gradgraph.examples.console.Texts;
import org.gradgraph.examples.data.Table;
import org.gradgraph.examples.data.TableReader;
import org.gradgraph.examples.lesson.PictureLesson;
import org.gradgraph.examples.lesson.Question;
import org.gradgraph.examples.lesson.ShowsSource;
import org.gradgraph.examples.network.SoftmaxModel;
import org.gradgraph.examples.output.GridPicture;
import org.gradgraph.graphviz.Curves;
import org.gradgraph.optim.Optimizer;
import org.gradgraph.optim.Optimizers;
import org.gradgraph.train.Trainer;
import org.gradgraph.train.Training;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Handwritten digits by softmax regression and by a small network. */
@Command(
        name = "digits",
        description =
                "Ten classes need ten scores and a softmax; a better optimiser needs fewer steps to the same minimum.")
@Question("Which digits are taken for others most often, and what do they have in common on 8×8 pixels?")
@ShowsSource({SoftmaxModel.class, Digits.class})
final class Digits extends PictureLesson {
    private static final int TRAINING = 1437;
    private static final double PENALTY = 0.001;

    /** Found with Newton's method in NumPy; the cost is strictly convex. */
    private static final double SMALLEST_COST = 0.33239348828166654;

    private static final int CORRECT_AT_SMALLEST = 323;

    private static final int SHORT = 50;
    private static final int LONG = 500;
    private static final int HIDDEN = 32;
    private static final int BATCH = 64;
    private static final int EPOCHS = 40;

    @Option(
            names = "--descent",
            paramLabel = "COUNT",
            converter = StepCount.class,
            description = "How many steps of gradient descent L-BFGS is compared with; ${DEFAULT-VALUE} unless given.")
    private int descent = 5000;

    @Override
    protected void teach() {
        Table all = TableReader.shipped("digits.csv.gz", 10);
        CommonOps_DDRM.divide(all.x(), 16);
        Table training = all.examples(0, TRAINING);
        Table test = all.examples(TRAINING, all.examples());
        out().println(all.examples() + " pictures of 8×8 grey fields; " + training.examples() + " to train, "
                + test.examples() + " to test");

        String curves = regression(training, test);
        String wrong = network(training, test);
        picture("optimizers.svg", curves, "how far three optimisers are from the smallest cost");
        picture("digits-wrong.svg", wrong, "pictures that the network takes for another digit");
    }

    private String regression(Table training, Table test) {
        SoftmaxModel model = SoftmaxModel.oneLayer(64, 10, PENALTY);
        Map<String, Training> trainings = new LinkedHashMap<>();
        trainings.put("L-BFGS", train(model, training, "L-BFGS", Optimizers.lbfgs(), LONG));
        trainings.put("Adam, rate 0.01", train(model, training, "Adam", Optimizers.adam(0.01), LONG));
        Optimizer slow = Optimizers.gradientDescent(0.5);
        trainings.put("gradient descent, rate 0.5", train(model, training, "gradient descent", slow, descent));
        Training best = trainings.get("L-BFGS");
        Training slowest = trainings.get("gradient descent, rate 0.5");

        out().println();
        out().println("softmax regression, λ = " + PENALTY + ": the cost after some steps");
        TextTable table = new TextTable("", "10 steps", SHORT + " steps", "at the end", "steps");
        Curves curves = Curves.titled("Softmax regression on digits").axes("step", "cost above the smallest");
        for (Map.Entry<String, Training> entry : trainings.entrySet()) {
            Training found = entry.getValue();
            table.row(
                    entry.getKey(),
                    cost(found, 10),
                    cost(found, SHORT),
                    String.format(Locale.ROOT, "%.12f", found.cost()),
                    Integer.toString(found.steps()));
            curves = curves.curve(entry.getKey(), aboveSmallest(found));
        }
        out().print(table);
        if (best != null && slowest != null) {
            figures.check("smallest cost, by L-BFGS", SMALLEST_COST, best.cost(), 1e-12);
            figures.check("test pictures right", CORRECT_AT_SMALLEST, correct(model, test, best), 0);
            figures.holds(
                    SHORT + " steps of L-BFGS reach a lower cost than " + descent + " of gradient descent",
                    at(best, SHORT) < slowest.cost());
            showAccuracy("softmax regression", model, training, test, best);
        }
        return curves.logarithmic().toString();
    }

    private static Training train(SoftmaxModel model, Table table, String name, Optimizer optimizer, int steps) {
        return run(model.trainer(table.x(), table.y()).optimizer(optimizer), name, steps);
    }

    private static Training run(Trainer trainer, String name, int steps) {
        try (Progress progress = Progress.start(name, steps)) {
            return trainer.steps(steps).listen(step -> progress.step()).train();
        }
    }

    private static double at(Training training, int step) {
        return training.steps() > step ? training.costs()[step] : training.cost();
    }

    private static String cost(Training training, int step) {
        return String.format(Locale.ROOT, "%.12f", at(training, step));
    }

    /** What is left to the smallest cost; the last bits are noise, and left out. */
    private static double[] aboveSmallest(Training training) {
        return IntStream.range(0, Math.min(LONG, training.steps()))
                .mapToDouble(k -> training.costs()[k] - SMALLEST_COST)
                .takeWhile(left -> left > 1e-14)
                .toArray();
    }

    private String network(Table training, Table test) {
        // tag::java[]
        SoftmaxModel model = SoftmaxModel.twoLayers(64, HIDDEN, 10, 1e-4, 1);
        int steps = EPOCHS * ((TRAINING + BATCH - 1) / BATCH);
        Trainer trainer = model.trainer(training.x(), training.y())
                .optimizer(Optimizers.adam(0.01))
                .miniBatches(model.examples(), BATCH, 1);
        // end::java[]
        Training found = run(trainer, "network", steps);
        picture(
                "mini-batches.svg",
                Curves.titled("Cost of each mini-batch")
                        .axes("step", "cost")
                        .curve("network", found.costs())
                        .logarithmic()
                        .smoothed(0.9)
                        .toString(),
                "noisy costs, and their running mean");
        out().println();
        out().println("a network of " + HIDDEN + " hidden units, Adam, " + EPOCHS + " epochs in pieces of " + BATCH);
        int right = showAccuracy("network", model, training, test, found);
        figures.holds("the network has more test pictures right", right > CORRECT_AT_SMALLEST);
        out().println();
        showConfusion(model.confusion(test.x(), test.y(), found));
        return wrong(model, test, found);
    }

    private int showAccuracy(String name, SoftmaxModel model, Table training, Table test, Training found) {
        int right = correct(model, test, found);
        out().printf(
                        Locale.ROOT,
                        "%s: %.2f %% of the training pictures right, %.2f %% of the test pictures (%d of %d)%n",
                        name,
                        100.0 * correct(model, training, found) / training.examples(),
                        100.0 * right / test.examples(),
                        right,
                        test.examples());
        return right;
    }

    private static int correct(SoftmaxModel model, Table table, Training training) {
        int[][] confusion = model.confusion(table.x(), table.y(), training);
        return IntStream.range(0, 10).map(k -> confusion[k][k]).sum();
    }

    private void showConfusion(int[][] confusion) {
        List<String> titles = new ArrayList<>(List.of("digit, taken for"));
        IntStream.range(0, 10).mapToObj(Integer::toString).forEach(titles::add);
        TextTable table = new TextTable(titles.toArray(String[]::new));
        for (int i = 0; i < 10; i++) {
            List<String> row = new ArrayList<>(List.of(Integer.toString(i)));
            for (int count : confusion[i]) {
                row.add(count == 0 ? "·" : Integer.toString(count));
            }
            table.row(row.toArray(String[]::new));
        }
        out().print(table);
    }

    private static String wrong(SoftmaxModel model, Table test, Training training) {
        GridPicture picture = new GridPicture("Digits that the network takes for others");
        int[] prediction = model.predict(test.x(), training);
        int shown = 0;
        for (int j = 0; j < prediction.length && shown < 4; j++) {
            int label = (int) test.y().get(j);
            if (prediction[j] != label) {
                DMatrixRMaj pixels = CommonOps_DDRM.extractColumn(test.x(), j, null);
                pixels.reshape(8, 8);
                picture.add("a " + label + ", taken for a " + Texts.number(prediction[j]), pixels, false);
                shown++;
            }
        }
        return picture.toString();
    }
}
