package org.gradgraph.examples.data;

import org.ejml.data.DMatrixRMaj;
import org.gradgraph.examples.console.Texts;
import org.gradgraph.examples.console.UserError;

/**
 * Gives every feature the mean 0 and the standard deviation 1 (divisor m), and does the same to further examples.
 *
 * <pre>{@code
 * Standardizer standardizer = Standardizer.of(training);
 * DMatrixRMaj x = standardizer.apply(training.x());
 * }</pre>
 */
public final class Standardizer {
    private final double[] mean;
    private final double[] deviation;

    private Standardizer(double[] mean, double[] deviation) {
        this.mean = mean;
        this.deviation = deviation;
    }

    /**
     * Learns mean and standard deviation of every feature.
     *
     * @throws UserError if a feature is the same in all examples, naming its column in the file
     */
    public static Standardizer of(Table table) {
        int n = table.features();
        double[] mean = new double[n];
        double[] deviation = new double[n];
        for (int i = 0; i < n; i++) {
            requireVaried(table, i);
            mean[i] = mean(table.x(), i);
            deviation[i] = deviation(table.x(), i, mean[i]);
            if (!(deviation[i] > 0 && deviation[i] < Double.POSITIVE_INFINITY)) {
                throw new UserError(place(table, i) + ": its standard deviation is " + Texts.number(deviation[i])
                        + "; scale the column to a usual size");
            }
        }
        return new Standardizer(mean, deviation);
    }

    private static void requireVaried(Table table, int feature) {
        double first = table.x().get(feature, 0);
        for (int j = 1; j < table.examples(); j++) {
            if (table.x().get(feature, j) != first) {
                return;
            }
        }
        throw new UserError(place(table, feature) + ": every value is " + Texts.number(first)
                + ", so it cannot be standardized; remove the column");
    }

    private static String place(Table table, int feature) {
        return table.name() + ", column " + table.column(feature);
    }

    private static double mean(DMatrixRMaj x, int feature) {
        double sum = 0;
        for (int j = 0; j < x.numCols; j++) {
            sum += x.get(feature, j);
        }
        return sum / x.numCols;
    }

    private static double deviation(DMatrixRMaj x, int feature, double mean) {
        double sum = 0;
        for (int j = 0; j < x.numCols; j++) {
            double distance = x.get(feature, j) - mean;
            sum += distance * distance;
        }
        return Math.sqrt(sum / x.numCols);
    }

    /** Examples on the new scale, in columns; the argument is not modified. */
    public DMatrixRMaj apply(DMatrixRMaj x) {
        DMatrixRMaj scaled = new DMatrixRMaj(x.numRows, x.numCols);
        for (int i = 0; i < x.numRows; i++) {
            for (int j = 0; j < x.numCols; j++) {
                scaled.set(i, j, (x.get(i, j) - mean[i]) / deviation[i]);
            }
        }
        return scaled;
    }
}
