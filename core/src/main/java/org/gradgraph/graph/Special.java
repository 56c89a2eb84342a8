package org.gradgraph.graph;

import com.google.errorprone.annotations.CheckReturnValue;

/**
 * Special functions of mathematics and statistics, element by element.
 *
 * <pre>{@code
 * Node inside = Special.erf(x.times(Math.sqrt(0.5)));           // the probability of |normal| < x
 * }</pre>
 */
@CheckReturnValue
public final class Special {
    private Special() {}

    /**
     * {@return the elementwise error function} Derivative {@code 2/√π·}e<sup>−x²</sup>.
     *
     * @param x a matrix of any shape
     */
    public static Node erf(Node x) {
        return Node.apply(Elementary.ERF, x);
    }

    /**
     * {@return elementwise {@code 1 − erf(x)}, exact where that is tiny} Derivative {@code −2/√π·}e<sup>−x²</sup>.
     *
     * @param x a matrix of any shape
     */
    public static Node erfc(Node x) {
        return Node.apply(Elementary.ERFC, x);
    }
}
