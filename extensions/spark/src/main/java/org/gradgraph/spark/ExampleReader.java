package org.gradgraph.spark;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Finds the values of an example in an element of an RDD.
 *
 * <pre>{@code
 * ExampleReader<LabeledPoint> reader = (point, input) -> input.equals("label") ? point.label() : point.features();
 * }</pre>
 *
 * @param <T> the type of the elements
 */
@FunctionalInterface
public interface ExampleReader<T> extends Serializable {
    /**
     * {@return a number, a boolean, a vector of Spark ML or MLlib, an array of doubles or floats, or a list or sequence of numbers}
     *
     * @param element one example
     * @param input the name of an input of the model
     */
    @Nullable
    Object read(T element, String input);
}
