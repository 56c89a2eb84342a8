package org.gradgraph.examples;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.gradgraph.examples.cats.CatPictures;
import org.gradgraph.examples.cats.CatTraining;
import org.gradgraph.examples.cats.OwnPicture;
import org.gradgraph.examples.console.PositiveNumber;
import org.gradgraph.examples.console.TextTable;
import org.gradgraph.examples.console.Texts;
import org.gradgraph.examples.console.UserError;
import org.gradgraph.examples.lesson.PictureLesson;
import org.gradgraph.examples.lesson.Question;
import org.gradgraph.examples.lesson.ShowsSource;
import org.gradgraph.examples.logistic.LogisticModel;
import org.gradgraph.graphviz.Curves;
import org.gradgraph.train.NonFiniteCostException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Is it a cat? Logistic regression on 12288 numbers for each picture. */
@Command(
        name = "cats",
        description = "A picture of 64×64 pixels of three colours is a column of 12288 numbers: is it a cat?",
        footer = "The pictures are not part of this project; --data names the folder of your own copy.")
@Question("99 % of the training pictures are right, but 70 % of the test pictures. What has the model learned?")
@ShowsSource({LogisticModel.class, CatTraining.class})
final class Cats extends PictureLesson {
    private static final int STEPS = 2000;
    private static final double RATE = 0.005;
    private static final int STEPS_PER_RATE = 1500;

    /** Half a unit of the last digit printed. */
    private static final double SIX_DIGITS = 0.5e-6;

    private static final double[] COSTS = {
        0.693147, 0.584508, 0.466949, 0.376007, 0.331463, 0.303273, 0.279880, 0.260042, 0.242941, 0.228004, 0.214820,
        0.203078, 0.192544, 0.183033, 0.174399, 0.166521, 0.159305, 0.152667, 0.146542, 0.140872
    };
    private static final int[] SECOND_TRAINING = {196, 192, 190, 193, 186, 182, 188, 179, 174, 213};
    private static final int[] SECOND_TEST = {115, 110, 111, 137, 129, 129, 155, 146, 145, 159};

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            required = true,
            description = "The folder with train_catvnoncat.h5 and test_catvnoncat.h5.")
    private Path data = Path.of("");

    @Option(
            names = "--rates",
            paramLabel = "NUMBERS",
            split = ",",
            converter = PositiveNumber.class,
            description = "Learning rates to compare, for example 0.01,0.001,0.0001.")
    private List<Double> rates = List.of();

    @Option(names = "--picture", paramLabel = "FILE", description = "A picture of your own to classify.")
    private Optional<Path> picture = Optional.empty();

    @Override
    protected void teach() {
        if (!Files.isDirectory(data)) {
            throw new UserError(data + ": there is no such folder");
        }
        Optional<DMatrixRMaj> own = picture.map(OwnPicture::read);
        CatPictures training = CatPictures.read(data.resolve("train_catvnoncat.h5"), "train");
        CatPictures test = CatPictures.read(data.resolve("test_catvnoncat.h5"), "test");
        shapes("training", training);
        shapes("test", test);
        out().println("flattened, row by row, red, green and blue of each pixel, and divided by 255:");
        flattening("second training picture", SECOND_TRAINING, training);
        flattening("second test picture", SECOND_TEST, test);
        out().println(STEPS + " steps of gradient descent from zeros, learning rate " + RATE);
        CatTraining cats = train(training, RATE, STEPS);
        costs(cats);
        accuracy("training", 99.04306220095694, cats.accuracy(training));
        accuracy("test", 70, cats.accuracy(test));
        own.ifPresent(column -> classify(cats, column));
        picture(
                "cat-cost.svg",
                Curves.titled("Cost")
                        .axes("step", "cost")
                        .curve("J", cats.costs())
                        .toString(),
                "the learning curve");
        if (!rates.isEmpty()) {
            picture("cat-rates.svg", curves(training, test), "the costs with each learning rate");
        }
        wrongOne(cats, test);
    }

    private void shapes(String part, CatPictures pictures) {
        out().println(part + ": " + Texts.count(pictures.x().numCols, "picture") + " of 64×64×3, X is "
                + pictures.x().numRows + "×" + pictures.x().numCols + ", Y is 1×" + pictures.y().numCols);
    }

    /** The beginning of the second column, times 255 again. */
    private void flattening(String name, int[] expected, CatPictures pictures) {
        StringJoiner pixels = new StringJoiner(" ");
        for (int i = 0; i < expected.length; i++) {
            double found = pictures.x().numCols < 2 ? Double.NaN : pictures.x().get(i, 1) * 255;
            pixels.add(String.format(Locale.ROOT, "%.0f", found));
            figures.check("first pixels of the " + name, expected[i], found, 1e-12);
        }
        out().println("  the " + name + " begins with " + pixels);
    }

    private static CatTraining train(CatPictures pictures, double rate, int steps) {
        try {
            return CatTraining.of(pictures, rate, steps);
        } catch (NonFiniteCostException tooLarge) {
            throw new UserError("learning rate " + rate + ": " + tooLarge.getMessage(), tooLarge);
        }
    }

    private void costs(CatTraining cats) {
        TextTable table = new TextTable("step", "cost");
        for (int k = 0; k < COSTS.length; k++) {
            double cost = cats.costs()[100 * k];
            table.row(Integer.toString(100 * k), String.format(Locale.ROOT, "%.6f", cost));
            figures.check("costs", COSTS[k], cost, SIX_DIGITS);
        }
        out().println();
        out().print(table);
        out().println();
    }

    private void accuracy(String part, double expected, double found) {
        out().println(part + " accuracy " + found + " %");
        figures.check(part + " accuracy in percent", expected, found, 1e-12);
    }

    private void classify(CatTraining cats, DMatrixRMaj column) {
        double a = cats.probabilities(column).get(0);
        out().println();
        out().printf(
                        Locale.ROOT,
                        "%s: %s (probability of a cat %.3f)%n",
                        picture.map(Path::getFileName).map(Path::toString).orElse(""),
                        a > 0.5 ? "a cat" : "no cat",
                        a);
    }

    private String curves(CatPictures training, CatPictures test) {
        out().println();
        out().println(STEPS_PER_RATE + " steps with each learning rate");
        TextTable table = new TextTable("rate", "first cost", "last cost", "training accuracy", "test accuracy");
        Curves curves = Curves.titled("Learning rates").axes("step", "cost");
        for (double rate : rates) {
            CatTraining cats = train(training, rate, STEPS_PER_RATE);
            table.row(
                    Texts.number(rate),
                    String.format(Locale.ROOT, "%.6f", cats.costs()[0]),
                    String.format(Locale.ROOT, "%.6f", cats.cost()),
                    percent(cats.accuracy(training)),
                    percent(cats.accuracy(test)));
            curves = curves.curve(Texts.number(rate), cats.costs());
        }
        out().print(table);
        return curves.smoothed(0.9).toString();
    }

    private static String percent(double accuracy) {
        return String.format(Locale.ROOT, "%.2f %%", accuracy);
    }

    private void wrongOne(CatTraining cats, CatPictures test) {
        DMatrixRMaj a = cats.probabilities(test.x());
        for (int j = 0; j < a.numCols; j++) {
            boolean cat = test.y().get(j) == 1;
            if (cat != a.get(j) > 0.5) {
                DMatrixRMaj column = CommonOps_DDRM.extractColumn(test.x(), j, null);
                String what = String.format(
                        Locale.ROOT,
                        "test picture %d, %s, taken for %s (%.3f)",
                        j,
                        cat ? "a cat" : "no cat",
                        cat ? "none" : "one",
                        a.get(j));
                picture("cat-wrong.png", OwnPicture.png(column, 4), what);
                return;
            }
        }
        out().println("no test picture is classified wrongly");
    }
}
