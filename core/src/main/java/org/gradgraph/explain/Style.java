package org.gradgraph.explain;

import java.util.List;
import org.gradgraph.graph.Shape;

/** How the layouts of a formula are spelled in one kind of output. */
interface Style {
    /** Text that can be read anywhere. */
    Style TEXT = new TextStyle();

    /** LaTeX, for between two dollar signs. */
    Style LATEX = new LatexStyle();

    String name(String name);

    String parentheses(String inner);

    String brackets(String inner);

    String call(String text, String latex, List<String> arguments);

    String superscript(String base, String text, String latex);

    /** A number or name that belongs to an operation, as plain text has it. */
    String attribute(String text);

    /** A matrix of ones of a shape; a column has one subscript. */
    String ones(Shape shape);

    String sign(String text, String latex);

    String minus();

    /** The sign between a number and anything, or between two matrices. */
    String product(boolean elementwise);

    /** Whether a quotient is a fraction bar, so that neither part needs parentheses. */
    boolean hasBar();

    String quotient(String numerator, String denominator);
}
