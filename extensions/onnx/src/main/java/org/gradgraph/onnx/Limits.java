package org.gradgraph.onnx;

import java.util.List;
import org.gradgraph.graph.Dim;

/** What a file may ask for, checked before anything is allocated. */
final class Limits {
    /** Of lists of places, which are made while a model is read. */
    private static final long MOST_PLACES = 1L << 26;

    /** Of lists of whole numbers that are no data, such as shapes. */
    private static final long MOST_NUMBERS = 1L << 16;

    private Limits() {}

    static int elements(List<Dim> sides) {
        long elements = 1;
        for (Dim side : sides) {
            elements = product(elements, Whole.value(side));
        }
        return places(elements);
    }

    static int places(long count) {
        if (count > MOST_PLACES) {
            throw new OnnxException("it needs a list of " + count + " places, more than " + MOST_PLACES);
        }
        return (int) count;
    }

    static int numbers(long count) {
        if (count < 0 || count > MOST_NUMBERS) {
            throw new OnnxException("it needs a list of " + count + " whole numbers, more than " + MOST_NUMBERS);
        }
        return (int) count;
    }

    static long product(long a, long b) {
        try {
            return Math.multiplyExact(a, b);
        } catch (ArithmeticException overflow) {
            throw new OnnxException("a product of sides such as " + a + " and " + b + " is too large", overflow);
        }
    }
}
