package org.gradgraph.graphviz;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
    @ParameterizedTest
    @CsvSource({
        "-0.0, 0",
        "0.0, 0",
        "33.0, 33",
        "0.123456789, 0.12346",
        "-1.5e-9, -1.5E-9",
        "NaN, NaN",
        "-Infinity, -Infinity",
    })
    void a_cell_of_a_table_has_five_digits_and_no_signed_zero(double value, String text) {
        assertThat(Numbers.brief(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"-0.0, -0", "33.0, 33", "0.1, 0.1", "0.30000000000000004, 0.30000000000000004"})
    void a_number_alone_has_all_its_digits(double value, String text) {
        assertThat(Numbers.full(value)).isEqualTo(text);
    }
}
