package org.gradgraph.examples.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class MatrixTextTest {
    @Test
    void columns_are_aligned_and_zeros_at_the_end_left_out() {
        DMatrixRMaj matrix = new DMatrixRMaj(new double[][] {{0, 0.6}, {100, -0.123456789}, {Double.NaN, 1e-12}});

        assertThat(MatrixText.of(matrix, 8)).isEqualTo("""
                          [          0          0.6]
                          [        100  -0.12345679]
                          [        NaN            0]
                        """);
    }
}
