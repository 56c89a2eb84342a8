package org.gradgraph.examples.console;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * An option value that is a number of steps, from 1 to ten million: the cost of each is remembered.
 *
 * <pre>{@code
 * @Option(names = "--iterations", converter = StepCount.class) int iterations;
 * }</pre>
 */
public final class StepCount implements ITypeConverter<Integer> {
    private static final int MOST = 10_000_000;

    @Override
    public Integer convert(String value) {
        try {
            int count = Integer.parseInt(value);
            if (count >= 1 && count <= MOST) {
                return count;
            }
        } catch (NumberFormatException expected) {
            // Reported below, in the same words.
        }
        throw new TypeConversionException(Texts.quoted(value) + " is not a whole number from 1 to " + MOST);
    }
}
