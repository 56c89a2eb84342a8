package org.gradgraph.examples;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.gradgraph.examples.console.Progress;
import org.gradgraph.examples.lesson.PictureLesson;
import org.gradgraph.examples.lesson.Question;
import org.gradgraph.examples.lesson.Values;
import org.gradgraph.examples.output.GridPicture;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Convolutions;
import org.gradgraph.graph.Convolutions.Padding;
import org.gradgraph.graph.Losses;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.ShapeException;
import org.gradgraph.optim.Optimizers;
import org.gradgraph.train.Trainer;
import org.gradgraph.train.Training;
import picocli.CommandLine.Command;

/** A filter that finds vertical edges, and how its nine numbers are learned. */
@Command(
        name = "edges",
        description =
                "A filter of nine numbers slides over a picture and finds edges; gradient descent can learn the nine.")
@Question("Why are filters of odd size, and why is \"same\" refused for a 2×2 filter?")
final class Edges extends PictureLesson {
    private static final double[][] PICTURE = {
        {3, 0, 1, 2, 7, 4},
        {1, 5, 8, 9, 3, 1},
        {2, 7, 2, 5, 1, 3},
        {0, 1, 3, 1, 7, 8},
        {4, 2, 1, 6, 2, 8},
        {2, 4, 5, 2, 3, 9}
    };
    private static final double[][] FILTER = {{1, 0, -1}, {1, 0, -1}, {1, 0, -1}};
    private static final double[][] VALID = {{-5, -4, 0, 8}, {-10, -2, 2, 3}, {0, -2, -4, -7}, {-3, -2, -3, -16}};

    private static final int STEPS = 5000;
    private static final double RATE = 0.004;

    /** The last digits of the filter are still on their way when the steps end. */
    private static final double LEARNED = 1e-9;

    @Override
    protected void teach() {
        Node picture = Node.constant(PICTURE);
        Node filter = Node.constant(FILTER);
        show("picture", Values.of(picture), 9);
        show("filter, which is laid on the picture as it is (not flipped)", Values.of(filter), 9);

        DMatrixRMaj valid = Values.of(Convolutions.conv2d(picture, filter));
        show("valid: where the filter lies inside the picture", valid, 9);
        figures.check("valid", VALID, valid, 0);
        DMatrixRMaj same = Values.of(Convolutions.conv2d(picture, filter, Padding.SAME));
        show("same: zeros around the picture, so that its size stays", same, 9);
        figures.holds("same has the size of the picture", same.numRows == 6 && same.numCols == 6);
        figures.check("same, inside", VALID, CommonOps_DDRM.extract(same, 1, 5, 1, 5), 0);

        DMatrixRMaj edge = edge(10, 0, 30);
        edge(0, 10, -30);
        horizontal(picture);
        evenSize(picture);
        learn(valid);
        picture(
                "edges.svg",
                new GridPicture("A filter finds the edge between light and dark")
                        .add("picture", halves(10, 0), true)
                        .add("filter", new DMatrixRMaj(FILTER), true)
                        .add("valid", edge, true)
                        .toString(),
                "the picture of two halves, the filter and the edge");
    }

    private DMatrixRMaj edge(double left, double right, double found) {
        DMatrixRMaj result = Values.of(Convolutions.conv2d(Node.constant(halves(left, right)), Node.constant(FILTER)));
        String name = "three columns of " + (int) left + ", three of " + (int) right;
        show(name, result, 9);
        double[] row = {0, found, found, 0};
        figures.check(name, new double[][] {row, row, row, row}, result, 0);
        return result;
    }

    /** The filter turned finds horizontal edges: those of the turned picture. */
    private void horizontal(Node picture) {
        DMatrixRMaj found = Values.of(
                Convolutions.conv2d(picture.transpose(), Node.constant(FILTER).transpose()));
        show("the filter turned, on the picture turned: horizontal edges", found, 9);
        figures.check("horizontal", VALID, CommonOps_DDRM.transpose(found, null), 0);
    }

    private void evenSize(Node picture) {
        boolean isRefused = false;
        try {
            Values.of(Convolutions.conv2d(picture, Node.constant(new double[2][2]), Padding.SAME));
        } catch (ShapeException error) {
            isRefused = true;
            String message = String.valueOf(error.getMessage());
            out().println("same with a filter of 2×2 is refused: "
                    + message.lines().findFirst().orElse(""));
        }
        figures.holds("an even filter has no middle", isRefused);
    }

    private static DMatrixRMaj halves(double left, double right) {
        DMatrixRMaj picture = new DMatrixRMaj(6, 6);
        for (int i = 0; i < picture.getNumElements(); i++) {
            picture.set(i, i % 6 < 3 ? left : right);
        }
        return picture;
    }

    private void learn(DMatrixRMaj wanted) {
        Node x = Node.input("X", 6, 6);
        Node target = Node.input("target", 4, 4);
        Node f = Node.parameter("filter", 3, 3);
        // tag::java[]
        Node cost = Losses.mse(Convolutions.conv2d(x, f), target).named("J");
        // end::java[]
        Training training;
        try (Progress progress = Progress.start("learning the filter", STEPS)) {
            // tag::java[]
            training = Trainer.of(cost)
                    .optimizer(Optimizers.gradientDescent(RATE))
                    .data(Feeds.of(x, PICTURE).and(target, wanted))
                    .initialValues(Feeds.of(f, new DMatrixRMaj(3, 3)))
                    .steps(STEPS)
                    .listen(step -> progress.step())
                    .train();
            // end::java[]
        }
        DMatrixRMaj learned = training.parameter(f);
        show(
                "the filter, learned from the picture and the valid result by " + STEPS
                        + " steps of gradient descent from zeros",
                learned,
                9);
        figures.check("filter learned", FILTER, learned, LEARNED);
    }
}
