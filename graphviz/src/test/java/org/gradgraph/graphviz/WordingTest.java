package org.gradgraph.graphviz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingTest {
    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource(
            delimiter = ';',
            value = {
                "×; b c; b × c",
                "−; b c; b − c",
                "−; b; −b",
                "√; b; √b",
                "²; b; b²",
                "ᵀ; w; wᵀ",
                "×3; v; v × 3",
                "×−0.5; v; v × −0.5",
                "+1; A; A + 1",
                "σ; Z; σ(Z)",
                "log; A; log(A)",
                "Σ; A; Σ(A)",
                "·; w x; w · x",
                "aᵀ·b; w x; wᵀ · x",
                "a·bᵀ; X dZ; X · dZᵀ",
                "maximum; a b; maximum(a, b)",
                "where; c a b; where(c, a, b)",
                "+; a b c; +(a, b, c)",
                "m; ''; m",
                "''; x; x",
            })
    void the_looks_of_the_symbol_decide(String symbol, String operands, String expected) {
        List<String> list = operands.isEmpty() ? List.of() : Arrays.asList(operands.split(" "));

        assertThat(Wording.of(symbol, list)).isEqualTo(expected);
    }
}
