package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gradgraph.explain.Derivation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A derivation calls operations by the names of the vocabulary, not by those of parts that it is made of. */
class PrintedNamesTest {
    private static final Pattern CALL = Pattern.compile("([\\p{L}]\\w*)\\(");

    private static final Set<String> PUBLIC = OperationRows.methods();

    /** Words of formulas that no method has: rows and columns of norms and extremes, and adjoints without a formula. */
    private static final Set<String> WORDS = Set.of(
            "norm",
            "φ",
            "Φ",
            "σ",
            "trigamma",
            "sumRepeats",
            "patches",
            "sumPatches",
            "scan",
            "scanBack",
            "medianShare",
            "unsortBy",
            "sortRows",
            "sortColumns",
            "dividedDifferences",
            "spectralAlong",
            "eigenvalueSlopes",
            "eigenvectorRotations",
            "symmetricFunctionDerivative",
            "unsortByRows",
            "unsortByColumns",
            "symmetricExpDerivative",
            "symmetricLogDerivative",
            "symmetricSqrtDerivative",
            "symmetricPowerDerivative");

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.gradgraph.graph.Contract#all")
    void a_derivation_contains_public_names_only(OperationRow row) {
        Sample sample = Sample.symbolic(row);
        if (sample.operands.isEmpty() || row.toString().startsWith("inner ")) {
            return;
        }
        Node cost = Reductions.sum(Arithmetic.multiply(sample.y, sample.dy));
        String text = Derivation.of(cost, sample.operands).text() + Derivation.ofFormula("f", sample.y);

        Set<String> unknown = new TreeSet<>();
        Matcher calls = CALL.matcher(text);
        while (calls.find()) {
            if (!isWord(calls.group(1)) && !isWord(ofOneLane(calls.group(1)))) {
                unknown.add(calls.group(1));
            }
        }
        assertThat(unknown).as(text).isEmpty();
    }

    private static boolean isWord(String name) {
        return WORDS.contains(name) || PUBLIC.contains(name);
    }

    /** {@code max} for {@code rowMaxs} and {@code columnMaxs}. */
    private static String ofOneLane(String name) {
        String plural = name.replaceFirst("^(row|column)(?=[A-Z])", "");
        return plural.equals(name)
                ? name
                : Character.toLowerCase(plural.charAt(0)) + plural.substring(1).replaceFirst("s$", "");
    }
}
