package org.gradgraph.spark;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Node;
import org.jspecify.annotations.Nullable;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * How the values of one input are taken from rows and placed in the matrix of a block.
 *
 * @param name the name of the input, and of the column
 * @param length how many numbers an example has
 * @param isByRow whether each example is a row of the matrix, not a column
 */
record Column(String name, int length, boolean isByRow) implements Serializable {
    private static final long serialVersionUID = 1;

    /**
     * The column of a node with a side of examples.
     *
     * @param where the node in messages
     */
    static Column of(String where, Node node, Dim examples) {
        boolean isByRow = node.shape().rows().equals(examples);
        Dim other = isByRow ? node.shape().columns() : node.shape().rows();
        if (!other.isFixed() || !(isByRow || node.shape().columns().equals(examples))) {
            throw new IllegalArgumentException(where + ", has no column for each example; give it the shape k×"
                    + examples + " or " + examples + "×k with a number k");
        }
        return new Column(node.name().orElseThrow(), other.size(), isByRow);
    }

    /**
     * Places one example.
     *
     * @param value what the row has
     * @param matrix of {@code size} examples, modified
     * @param size the number of examples in the matrix
     * @param place which of them
     * @return what is wrong with the value; null if nothing is
     */
    @Nullable
    String place(@Nullable Object value, double[] matrix, int size, int place) {
        if (value == null) {
            return "is null";
        }
        if (value instanceof Vector vector) {
            return placeAll(vector.toArray(), matrix, size, place);
        }
        if (value instanceof org.apache.spark.mllib.linalg.Vector vector) {
            return placeAll(vector.toArray(), matrix, size, place);
        }
        if (value instanceof double[] numbers) {
            return placeAll(numbers, matrix, size, place);
        }
        if (value instanceof float[] numbers) {
            double[] wide = new double[numbers.length];
            for (int i = 0; i < wide.length; i++) {
                wide[i] = numbers[i];
            }
            return placeAll(wide, matrix, size, place);
        }
        if (value instanceof Seq<?> values) {
            return placeList(CollectionConverters.asJava(values), matrix, size, place);
        }
        if (value instanceof List<?> values) {
            return placeList(values, matrix, size, place);
        }
        return placeList(List.of(value), matrix, size, place);
    }

    private @Nullable String placeList(List<?> values, double[] matrix, int size, int place) {
        double[] numbers = new double[values.size()];
        for (int i = 0; i < numbers.length; i++) {
            Object value = values.get(i);
            String where = numbers.length == 1 ? "" : "at element " + i + " ";
            if (value == null) {
                return where + "is null";
            } else if (value instanceof Number number) {
                numbers[i] = number.doubleValue();
            } else if (value instanceof Boolean truth) {
                numbers[i] = truth ? 1 : 0;
            } else {
                return where + "is the "
                        + (value instanceof String
                                ? "text \""
                                : value.getClass().getSimpleName() + " \"") + value + "\", not a number";
            }
        }
        return placeAll(numbers, matrix, size, place);
    }

    private @Nullable String placeAll(double[] numbers, double[] matrix, int size, int place) {
        if (numbers.length != length) {
            return "has " + numbers.length + (numbers.length == 1 ? " number" : " numbers") + ", the input takes "
                    + length;
        }
        for (int i = 0; i < length; i++) {
            if (!Double.isFinite(numbers[i])) {
                return (length == 1 ? "is " : "at element " + i + " is ") + numbers[i];
            }
            matrix[isByRow ? place * length + i : i * size + place] = numbers[i];
        }
        return null;
    }
}
