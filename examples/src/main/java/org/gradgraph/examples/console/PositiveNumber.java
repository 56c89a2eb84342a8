package org.gradgraph.examples.console;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * An option value that is a positive, finite number.
 *
 * <pre>{@code
 * @Option(names = "--rate", converter = PositiveNumber.class) double rate;
 * }</pre>
 */
public final class PositiveNumber implements ITypeConverter<Double> {
    @Override
    public Double convert(String value) {
        try {
            double number = Double.parseDouble(value);
            if (number > 0 && number < Double.POSITIVE_INFINITY) {
                return number;
            }
        } catch (NumberFormatException expected) {
            // Reported below, in the same words.
        }
        throw new TypeConversionException(Texts.quoted(value) + " is not a positive number");
    }
}
