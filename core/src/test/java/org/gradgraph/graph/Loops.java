package org.gradgraph.graph;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** References for the contract table, written over nested arrays and without any of the library's kernels. */
final class Loops {
    private Loops() {}

    /** One number from each row, each column or everything. */
    static Function<List<double[][]>, double[][]> reduce(Over over, ToDoubleFunction<double[]> reduction) {
        return in -> {
            double[][] lanes = lanes(in.get(0), over);
            double[][] column = Arrays.stream(lanes)
                    .map(lane -> new double[] {reduction.applyAsDouble(lane)})
                    .toArray(double[][]::new);
            return over == Over.EACH_COLUMN ? transposed(column) : column;
        };
    }

    /** As many numbers from each row, each column or everything. */
    static Function<List<double[][]>, double[][]> map(Over over, UnaryOperator<double[]> change) {
        return in -> {
            double[][] x = in.get(0);
            double[][] changed = Arrays.stream(lanes(x, over)).map(change).toArray(double[][]::new);
            return switch (over) {
                case EACH_ROW -> changed;
                case EACH_COLUMN -> transposed(changed);
                case ALL -> shaped(changed[0], x.length, x[0].length);
            };
        };
    }

    static double[][] lanes(double[][] x, Over over) {
        return switch (over) {
            case EACH_ROW -> x;
            case EACH_COLUMN -> transposed(x);
            case ALL -> new double[][] {flat(x)};
        };
    }

    static double[] flat(double[][] x) {
        return Arrays.stream(x).flatMapToDouble(Arrays::stream).toArray();
    }

    static double[][] shaped(double[] elements, int rows, int columns) {
        return table(rows, columns, (i, j) -> elements[i * columns + j]);
    }

    static double[][] transposed(double[][] x) {
        return table(x[0].length, x.length, (i, j) -> x[j][i]);
    }

    /** A table of a fixed shape. */
    static double[][] at(Shape shape, Element element) {
        return table(shape.rows().size(), shape.columns().size(), element);
    }

    /** A table of the size of a matrix. */
    static double[][] like(double[][] x, Element element) {
        return table(x.length, x[0].length, element);
    }

    /** What is at row i and column j. */
    interface Element {
        double at(int i, int j);
    }

    static double[][] table(int rows, int columns, Element element) {
        return IntStream.range(0, rows)
                .mapToObj(i -> IntStream.range(0, columns)
                        .mapToDouble(j -> element.at(i, j))
                        .toArray())
                .toArray(double[][]::new);
    }

    static double sum(double[] x) {
        double total = 0;
        for (double element : x) {
            total += element;
        }
        return total;
    }

    static double mean(double[] x) {
        return sum(x) / x.length;
    }

    static double max(double[] x) {
        double max = x[0];
        for (double element : x) {
            max = Math.max(max, element);
        }
        return max;
    }

    static double[] negated(double[] x) {
        return Arrays.stream(x).map(e -> -e).toArray();
    }
}
