package org.gradgraph.examples.cats;

import org.ejml.data.DMatrixRMaj;
import org.gradgraph.examples.console.Progress;
import org.gradgraph.examples.logistic.LogisticModel;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.optim.Optimizers;
import org.gradgraph.train.Trainer;
import org.gradgraph.train.Training;

/**
 * Logistic regression on pictures, from zeros.
 *
 * <pre>{@code
 * CatTraining cats = CatTraining.of(pictures, 0.005, 2000);
 * cats.costs()[100];
 * cats.accuracy(test);
 * }</pre>
 */
public final class CatTraining {
    private final LogisticModel model;
    private final Training training;

    private CatTraining(LogisticModel model, Training training) {
        this.model = model;
        this.training = training;
    }

    /**
     * Trains by gradient descent.
     *
     * @throws org.gradgraph.train.NonFiniteCostException if the rate is so large that some probability becomes 0 or 1
     */
    public static CatTraining of(CatPictures pictures, double rate, int steps) {
        int pixels = pictures.x().numRows;
        LogisticModel model = new LogisticModel(pixels);
        try (Progress progress = Progress.start("rate " + rate, steps)) {
            // tag::java[]
            Training training = Trainer.of(model.cost())
                    .optimizer(Optimizers.gradientDescent(rate))
                    .data(Feeds.of(model.x(), pictures.x()).and(model.y(), pictures.y()))
                    .initialValues(
                            Feeds.of(model.w(), new DMatrixRMaj(pixels, 1)).and(model.b(), 0))
                    .steps(steps)
                    .listen(step -> progress.step())
                    .train();
            // end::java[]
            return new CatTraining(model, training);
        }
    }

    /** The cost before each step. */
    public double[] costs() {
        return training.costs();
    }

    /** The cost after the last step. */
    public double cost() {
        return training.cost();
    }

    /** The weights found, a column. */
    public DMatrixRMaj w() {
        return training.parameter(model.w());
    }

    /** The bias found. */
    public double b() {
        return training.parameter(model.b()).get(0);
    }

    /** The probability that each picture, a column, shows a cat. */
    public DMatrixRMaj probabilities(DMatrixRMaj pictures) {
        return Program.of(model.a())
                .newRun()
                .set(model.x(), pictures)
                .set(training.parameters())
                .forward()
                .value(model.a());
    }

    /** How many percent of the pictures are on the right side, as the course computes it: 100 − mean|p − y|·100. */
    public double accuracy(CatPictures pictures) {
        DMatrixRMaj a = probabilities(pictures.x());
        double wrong = 0;
        for (int j = 0; j < a.numCols; j++) {
            wrong += (a.get(j) > 0.5) == (pictures.y().get(j) == 1) ? 0 : 1;
        }
        return 100 - wrong / a.numCols * 100;
    }
}
