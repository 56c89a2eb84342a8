package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotationNumberTest {
    @ParameterizedTest
    @CsvSource({
        "-0.0, 0",
        "0.0, 0",
        "33.0, 33",
        "0.123456789, 0.12346",
        "-1.5e-9, -1.5E-9",
        "123456789.0, 123460000",
        "-1234567890.0, -1.2346E9",
        "0.0012345, 0.0012345",
        "0.00012345, 1.2345E-4",
        "99999.6, 100000",
        "NaN, NaN",
        "-Infinity, -Infinity",
    })
    void a_rounded_number_has_no_superfluous_zeros_and_no_signed_zero(double value, String text) {
        assertThat(Notation.number(value, 5)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"-0.0, -0", "33.0, 33", "0.1, 0.1", "0.30000000000000004, 0.30000000000000004"})
    void a_number_has_all_its_digits(double value, String text) {
        assertThat(Notation.number(value)).isEqualTo(text);
    }
}
