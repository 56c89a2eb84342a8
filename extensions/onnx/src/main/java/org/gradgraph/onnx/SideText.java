package org.gradgraph.onnx;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gradgraph.graph.Dim;

/** Names of dimensions as sides: a polynomial as {@link Dim#toString} writes it, or else one symbol. */
final class SideText {
    private static final String SYMBOL = "\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*";
    private static final String TERM = "(?:\\d{1,9}|" + SYMBOL + ")(?:·" + SYMBOL + ")*";
    private static final Pattern POLYNOMIAL = Pattern.compile("−?" + TERM + "(?: [+−] " + TERM + ")*");
    private static final Pattern NEXT = Pattern.compile("([+−]?) ?(" + TERM + ")");

    private SideText() {}

    static Dim parsed(String text) {
        if (text.length() > 200 || !POLYNOMIAL.matcher(text).matches()) {
            String symbol = text.replaceAll("\\P{javaJavaIdentifierPart}", "_");
            return Dim.named(Character.isJavaIdentifierStart(symbol.charAt(0)) ? symbol : "_" + symbol);
        }
        Dim sum = Whole.dim(0);
        Matcher term = NEXT.matcher(text);
        while (term.find()) {
            Dim product = Dim.of(1);
            for (String factor : term.group(2).split("·", -1)) {
                product = product.times(
                        Character.isDigit(factor.charAt(0)) ? Whole.dim(Long.parseLong(factor)) : Dim.named(factor));
            }
            sum = term.group(1).equals("−") ? sum.minus(product) : sum.plus(product);
        }
        return sum;
    }
}
