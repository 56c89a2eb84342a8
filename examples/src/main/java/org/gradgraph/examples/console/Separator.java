package org.gradgraph.examples.console;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * An option value that is one character which can separate cells; {@code tab} is the tabulator.
 *
 * <pre>{@code
 * @Option(names = "--separator", converter = Separator.class) char separator;
 * }</pre>
 */
public final class Separator implements ITypeConverter<Character> {
    private static final String PARTS_OF_NUMBERS = "+-.\"";

    @Override
    public Character convert(String value) {
        if (value.equals("tab")) {
            return '\t';
        }
        boolean isOne = value.length() == 1;
        char sign = isOne ? value.charAt(0) : 'x';
        if (Character.isLetterOrDigit(sign)
                || PARTS_OF_NUMBERS.indexOf(sign) >= 0
                || (Character.isISOControl(sign) && sign != '\t')
                || Character.isSurrogate(sign)) {
            throw new TypeConversionException(
                    Texts.quoted(value) + " cannot separate cells; give one character such as ; or the word tab");
        }
        return sign;
    }
}
