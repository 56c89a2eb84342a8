package org.gradgraph.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as they are typed, and what they say. */
class CommandsTest {
    @TempDir
    Path folder;

    @Test
    void computation_graph_shows_values_derivatives_and_nudges() {
        Session session = Session.run("computation-graph", "--out", folder.toString());

        assertThat(session.exitCode()).isZero();
        assertThat(session.err()).isEmpty();
        assertThat(session.out()).contains("""
                        node   value   dJ/dnode       u        v        J   slope
                        a          5          3           11.001   33.003   3.000
                        b          3          6   6.002   11.002   33.006   6.000
                        c          2          9   6.003   11.003   33.009   9.000
                        u          6          3   6.001   11.001   33.003   3.000
                        v         11          3           11.001   33.003   3.000
                        J         33          1                    33.001   1.000
                        """);
        assertThat(folder.resolve("computation-graph.dot")).content().startsWith("digraph");
    }

    @Test
    void logistic_regression_is_what_runs_without_a_command() {
        Session session = Session.run("--out", folder.toString());

        assertThat(session.exitCode()).isZero();
        assertThat(session.err()).isEmpty();
        assertThat(session.out())
                .contains("569 examples (212 of label 0, 357 of label 1), 30 features")
                .contains("   0   0.693147180559945\n")
                .contains("1000   0.060577603726785\n")
                .contains("accuracy 98.77 % (7 errors of 569)")
                .contains("gradient check passed: 31 entries")
                .contains("5 figures checked: all as expected")
                .contains("pictures in " + folder);
        assertThat(folder.resolve("logistic-regression.dot")).content().startsWith("digraph");
        assertThat(folder.resolve("cost.svg")).content().startsWith("<svg");
    }

    @Test
    void options_without_a_command_belong_to_logistic_regression() {
        Session direct = Session.run("--iterations", "100", "--rate", "0.2", "--out", folder.toString());
        Session named =
                Session.run("logistic-regression", "--iterations=100", "--rate=0.2", "--out", folder.toString());

        assertThat(direct.exitCode()).isZero();
        assertThat(direct.out()).contains("100 steps", "learning rate 0.2").isEqualTo(named.out());
    }

    @Test
    void a_table_of_ones_own() throws IOException {
        // GIVEN eight examples, standardized to themselves times 1/2 - 5/2, where 1 to 4 are 0 and 5 to 8 are 1
        Path data = Files.writeString(folder.resolve("own.csv"), "size,rich\n2,0\n4,0\n4,0\n4,1\n5,0\n5,1\n7,1\n9,1\n");

        Session session =
                Session.run("--data", data.toString(), "--iterations", "1", "--rate", "1", "--out", folder.toString());

        // THEN one step from zero is w = −dw = Σ(y − ½)x/8 = ½·(1.5+.5+.5−.5−0+0+1+2)/8 = 0.3125, b = 0
        assertThat(session.err()).isEmpty();
        assertThat(session.exitCode()).isZero();
        double cost = 0;
        double[] x = {-1.5, -0.5, -0.5, -0.5, 0, 0, 1, 2};
        double[] y = {0, 0, 0, 1, 0, 1, 1, 1};
        for (int i = 0; i < 8; i++) {
            cost += Math.log1p(Math.exp((1 - 2 * y[i]) * 0.3125 * x[i])) / 8;
        }
        assertThat(session.out())
                .contains("own.csv: 8 examples (4 of label 0, 4 of label 1), 1 feature,")
                .contains("0      0.693147180559945\n1      " + String.format(Locale.ROOT, "%.12f", cost))
                .contains("accuracy 75.00 % (2 errors of 8)");
    }

    @Test
    void help_names_the_commands_and_the_options() {
        assertThat(Session.run("--help").out())
                .contains("logistic-regression", "computation-graph", "Without a command");
        assertThat(Session.run("logistic-regression", "--help").out())
                .contains(
                        "--data=FILE",
                        "--rate=NUMBER",
                        "0.1 unless given",
                        "--iterations=COUNT",
                        "1000 unless given",
                        "--out=FOLDER",
                        "gradgraph-output unless given");
        assertThat(Session.run("--help").exitCode()).isZero();
    }
}
