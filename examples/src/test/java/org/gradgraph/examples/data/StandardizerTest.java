package org.gradgraph.examples.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.ejml.data.DMatrixRMaj;
import org.gradgraph.examples.console.UserError;
import org.junit.jupiter.api.Test;

/** Mean 0 and standard deviation 1, with divisor m. */
class StandardizerTest {
    private static Table table(double[]... features) {
        return new Table("t.csv", new DMatrixRMaj(features), new DMatrixRMaj(1, features[0].length));
    }

    @Test
    void the_divisor_is_the_number_of_examples() {
        // GIVEN mean 5 and, with divisor 8, standard deviation 2
        Table table = table(new double[] {2, 4, 4, 4, 5, 5, 7, 9});

        DMatrixRMaj scaled = Standardizer.of(table).apply(table.x());

        assertThat(scaled.data).containsExactly(-1.5, -0.5, -0.5, -0.5, 0, 0, 1, 2);
    }

    @Test
    void the_scale_learnt_is_used_for_other_examples() {
        Standardizer standardizer = Standardizer.of(table(new double[] {2, 4, 4, 4, 5, 5, 7, 9}));

        assertThat(standardizer.apply(new DMatrixRMaj(new double[][] {{5, 25}})).data)
                .containsExactly(0, 10);
    }

    @Test
    void a_constant_column_is_refused_by_its_place_in_the_file() {
        // 0.1 three times has a computed mean beside 0.1, so the standard deviation is not 0.
        Table table = table(new double[] {1, 2, 3}, new double[] {0.1, 0.1, 0.1});

        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> Standardizer.of(table))
                .withMessage("t.csv, column 2: every value is 0.1, so it cannot be standardized; remove the column");
    }

    @Test
    void a_spread_beyond_double_is_refused() {
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> Standardizer.of(table(new double[] {1e300, -1e300})))
                .withMessageContaining("t.csv, column 1: its standard deviation is Infinity");
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> Standardizer.of(table(new double[] {1e-300, 2e-300})))
                .withMessageContaining("its standard deviation is 0");
    }
}
