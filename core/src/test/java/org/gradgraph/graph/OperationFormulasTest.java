package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** The formulas and derivatives of elementwise operations in docs/operations.md, computed as they are written there. */
class OperationFormulasTest {
    private static final Path PAGE = Path.of("../docs/operations.md");

    /** Formulas in words: an angle, an integral, any three numbers, and the gamma function with its relatives. */
    private static final Set<String> IN_WORDS = Set.of(
            "atan2: formula",
            "erf: formula",
            "step: formula",
            "normalQuantile: formula",
            "lgamma: formula",
            "lgamma: derivative",
            "digamma: formula",
            "digamma: derivative",
            "polygamma: formula",
            "polygamma: derivative",
            "logBeta: formula",
            "logBeta: derivative");

    /** How the page calls the operands, where it is not a and b, or x. */
    private static final Map<String, List<String>> OPERANDS =
            Map.of("where", List.of("c", "a", "b"), "mask", List.of("x", "w"), "atan2", List.of("y", "x"));

    private static final Pattern ENTRY = Pattern.compile("\\| `(\\w+)\\([^|]*` \\|(.*)\\|");
    private static final Pattern ATTRIBUTES = Pattern.compile(".*\\(([^)]*)\\)");

    /** Half a unit of the last digit that the page gives of the constants of selu. */
    private static final double TOLERANCE = 1e-4;

    private final Set<String> words = new TreeSet<>();
    private int checked;

    @Test
    void are_what_the_operations_compute() throws IOException {
        Set<String> elementwise = OperationRows.all().stream()
                .filter(row -> row.page().isPresent())
                .map(OperationRow::method)
                .collect(Collectors.toSet());
        for (String line : Files.readAllLines(PAGE)) {
            Matcher entry = ENTRY.matcher(line);
            if (entry.matches() && elementwise.contains(entry.group(1))) {
                String[] cells = entry.group(2).split("(?<!\\\\)\\|", -1);
                check(
                        entry.group(1),
                        cells[0].replace("\\|", "|").strip(),
                        cells[1].replace("\\|", "|").strip());
            }
        }
        assertThat(words).as("cells that are words and no formulas").isEqualTo(IN_WORDS);
        assertThat(checked).as("numbers compared").isGreaterThan(500);
    }

    private void check(String name, String formula, String derivative) {
        OperationRow row = OperationRows.all().stream()
                .filter(each -> each.method().equals(name))
                .findFirst()
                .orElseThrow();
        Sample sample = Sample.fixed(row);
        Map<Node, DMatrixRMaj> values = sample.values(1, Sample.SIZES);
        values.put(sample.dy, Computation.filled(sample.dy.shape(), 1));
        Computation.Values result = Computation.of(sample.withGradients()).at(values);
        for (int k = 0; k < result.elements(sample.y).length; k++) {
            double y = result.elements(sample.y)[k];
            Map<String, Double> names = names(row, sample, values, k, y);
            compare(name + ": formula", formula.split("; ", -1)[0], names, y);
            List<String> slopes = slopes(derivative, row.arity());
            for (int i = 0; i < row.arity(); i++) {
                double slope = result.elements(sample.gradients().get(i))[k];
                String text = slopes.size() == row.arity() ? slopes.get(i) : "in words";
                Map<String, Double> defined =
                        PageFormula.withDefinition(derivative, PageFormula.withDefinition(formula, names));
                compare(name + ": derivative", text, defined, slope);
            }
        }
    }

    private void compare(String what, String text, Map<String, Double> names, double computed) {
        Optional<Double> written = PageFormula.value(text, names);
        int comma = text.lastIndexOf(", ");
        if (written.isEmpty() && comma > 0) {
            written = PageFormula.value(text.substring(0, comma), names);
        }
        if (written.isEmpty()) {
            words.add(what);
            return;
        }
        checked++;
        assertThat(written.get())
                .as(what + " " + text + " of " + names)
                .isCloseTo(computed, within(TOLERANCE * Math.max(1, Math.abs(computed))));
    }

    /** One for each operand, and the one that is given for all of them. */
    private static List<String> slopes(String cell, int arity) {
        String formulas = cell.split(" with ", -1)[0];
        if (arity == 1) {
            return List.of(cell);
        }
        return formulas.equals("0")
                ? Collections.nCopies(arity, "0")
                : List.of(formulas.split(formulas.contains("; ") ? "; " : ", ", -1));
    }

    private static Map<String, Double> names(
            OperationRow row, Sample sample, Map<Node, DMatrixRMaj> values, int k, double y) {
        Map<String, Double> names = new HashMap<>(Map.of("y", y));
        Matcher attributes = ATTRIBUTES.matcher(row.text());
        if (attributes.matches()) {
            List<Double> numbers = new ArrayList<>();
            for (String number : attributes.group(1).split(", ", -1)) {
                numbers.add(Double.valueOf(number));
            }
            for (String letter : List.of("c", "s", "α", "b", "lo")) {
                names.put(letter, numbers.get(0));
            }
            names.put("hi", numbers.get(numbers.size() - 1));
        }
        List<String> operands = OPERANDS.getOrDefault(row.method(), List.of("a", "b"));
        for (int i = 0; i < row.arity(); i++) {
            double x = values.get(sample.operands.get(i)).data[k];
            names.put(operands.get(i), x);
            if (row.arity() == 1) {
                names.put("x", x);
            }
        }
        return names;
    }
}
