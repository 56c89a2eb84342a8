package org.gradgraph.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the course show its figures, check them, and leave with 0. */
class CourseCommandsTest {
    @TempDir
    Path folder;

    private static String outputOf(String... args) {
        Session session = Session.run(args);
        assertThat(session.err()).isEmpty();
        assertThat(session.out()).endsWith(" figures checked: all as expected (--verbose lists them)\n");
        assertThat(session.exitCode()).isZero();
        return session.out();
    }

    @Test
    void slopes_by_nudging_stand_beside_derivatives() {
        assertThat(outputOf("slopes", "--out", folder.toString())).contains("""
                        f(a)   a            f(a)     f(a + 0.001)      moved by   moved / 0.001   derivative
                        3a     2               6            6.003   0.003000000        3.000000            3
                        3a     5              15           15.003   0.003000000        3.000000            3
                        a²     2               4         4.004001   0.004001000        4.001000            4
                        a²     5              25        25.010001   0.010001000       10.001000           10
                        a³     2               8      8.012006001   0.012006001       12.006001           12
                        ln a   2   0.69314718056   0.693647055602   0.000499875        0.499875          0.5
                        """);
        assertThat(folder.resolve("slopes.svg")).content().contains("at 5: 1 right, 10 up");
        assertThat(folder.resolve("slopes-line.svg")).content().contains("at 5: 1 right, 3 up");
    }

    @Test
    void one_example_has_the_derivatives_of_the_course_by_graph_and_by_hand() {
        assertThat(outputOf("one-example"))
                .contains("dz = a − y\n", "dw1 = dz·x1\n", "dw2 = dz·x2\n", "db = dz\n")
                // σ(0.75), and 1 and 2 times σ(0.75) − 1
                .contains("a = 0.67917869917539", "-0.3208213008246", "0.6416426016492", "-1.358357398350")
                .contains("w1 := w1 − α·dw1 = 0.5 − 0.1·(-0.320821) = 0.532082\n")
                .contains("w2 := w2 − α·dw2 = 0.25 − 0.1·(0.641643) = 0.185836\n")
                .contains("b := b − α·db = 0.75 − 0.1·(-0.320821) = 0.782082\n")
                // ln(1 + e⁻⁰·⁷⁵), and with z = 0.532082 − 2·0.185836 + 0.782082
                .contains("L was 0.386871, and is 0.329056\n");
    }

    @Test
    void broadcasting_shows_the_calorie_table_and_refuses_a_column_and_a_row() {
        assertThat(outputOf("broadcasting"))
                .contains("[   59    239  155.4   76.9]")
                .contains("""
                          [0.94915254           0  0.02831403  0.88426528]
                          [0.02033898  0.43514644  0.33462033  0.10403121]
                          [0.03050847  0.56485356  0.63706564  0.01170351]
                        """)
                .contains("÷  [0.5    1  1.5]", "×  [ 2   4   6]", "−  [ 0   0  -1]", "+  [5]")
                .contains("  [101]\n  [102]\n  [103]\n  [104]\n")
                .contains("  [101  202  303]\n  [104  205  306]\n")
                .contains("  [101  102  103]\n  [204  205  206]\n")
                .contains("add: a column 4×1 and a row 1×3 would silently make a table of 4×3")
                .contains("hint: transpose one of them");
    }

    @Test
    void building_blocks_have_the_values_of_the_course() {
        assertThat(outputOf("building-blocks"))
                .contains("[0.7310585786300049]")
                .contains("[ 0.73105857863  0.880797077978  0.952574126822]")
                .contains("[0.622459331202             0.5  0.880797077978]")
                .contains("[0.196611933241  0.104993585404  0.045176659731]")
                .contains("[0.137360563949  0.824163383692  0.549442255795]")
                .contains("[0.980897664915  0.000894462891  0.017965767417  0.000121052389  0.000121052389]")
                .contains("[0.878679855887  0.118916387171  0.000801252314  0.000801252314  0.000801252314]")
                .contains("[1.1", "[0.43", "[32]");
    }

    @Test
    void loops_and_graphs_have_the_same_numbers() {
        assertThat(outputOf("vectorize"))
                .contains("the dot product of two vectors of 1000000 numbers")
                .contains("65 figures checked", "for (int j = 0; j < m; j++) {");
    }

    @Test
    void edges_are_found_and_the_filter_is_learned_back() {
        assertThat(outputOf("edges", "--out", folder.toString()))
                .contains("""
                          [ -5   -4    0    8]
                          [-10   -2    2    3]
                          [  0   -2   -4   -7]
                          [ -3   -2   -3  -16]
                        """)
                .contains("  [  0  -30  -30    0]\n".repeat(4), "  [ 0  30  30   0]\n".repeat(4))
                .contains("conv2d: a window of 2×2 has no middle\n", "  [  8    3   -7  -16]\n")
                .contains("steps of gradient descent from zeros\n" + "  [ 1   0  -1]\n".repeat(3));
        assertThat(folder.resolve("edges.svg")).content().startsWith("<svg").contains(">-1<", ">30<");
    }

    @Test
    void regression_by_gradient_descent_finds_the_solution_of_the_normal_equations() {
        // The expected numbers were solved for with NumPy.
        assertThat(outputOf("regression"))
                .contains("-0.171056", "0.096799", "0.922073", "1.199333", "J = 0.035868651138\n")
                .contains("0.112461", "-0.019505", "0.568260", "J = 0.086153915149\n");
    }

    @Test
    void the_shallow_network_separates_the_flower_as_numpy_did() {
        assertThat(outputOf("shallow-network", "--sizes", "1", "--out", folder.toString()))
                .contains("\"W1\" 4×3\n  \"X\" 3×1\n  \"b1\" 4×1\n  \"W2\" 1×4\n  \"b2\" 1×1\n")
                .contains("0       0.69304802012398", "1000    0.28808329356901", "5000    0.22264427549299")
                .contains("7000    0.21750365405131", "8000    0.219", "9000    0.218", "10000   0.217")
                .containsPattern("accuracy 9[01][.0-9]* %");
        assertThat(folder.resolve("decision-boundary.svg")).content().contains("<circle", "4 hidden units");
    }

    @Test
    void digits_are_read_and_l_bfgs_needs_fewer_steps() {
        assertThat(outputOf("digits", "--descent", "1000", "--out", folder.toString()))
                .contains("1797 pictures of 8×8 grey fields; 1437 to train, 360 to test")
                // Newton's method in NumPy found 0.33239348828166654, and 323 of 360 right.
                .contains("0.332393488282", "89.72 % of the test pictures (323 of 360)")
                .contains("digit, taken for    0    1    2    3    4    5    6    7    8    9");
        assertThat(folder.resolve("optimizers.svg")).content().contains("L-BFGS", "Adam");
        assertThat(folder.resolve("digits-wrong.svg")).content().contains(", taken for a ");
    }

    @Test
    void descent_goes_down_from_both_sides_and_up_if_the_rate_is_too_large() {
        // w − 3 is multiplied by 1 − 2α: by 0.6, and by −1.2.
        assertThat(outputOf("gradient-descent", "--out", folder.toString()))
                .contains("step 1                   1.2000   3.2400   -3.6000       right\n")
                .contains("step 2                    4.0800   1.1664   2.1600        left\n")
                .contains("step 2                5.1600    4.6656     4.3200        left\n");
        assertThat(folder.resolve("descent.svg")).content().contains("from the left", "from the right", "<circle");
        assertThat(folder.resolve("rate-too-large.svg")).isNotEmptyFile();
        assertThat(folder.resolve("bowl.svg")).content().contains("J = 16");
    }

    @Test
    void activations_have_their_values_slopes_and_curves() {
        assertThat(outputOf("activations", "--out", folder.toString()))
                // σ(1) and tanh(1), σ(−1)·σ(1) and 1 − tanh²(1), e⁻¹⁰⁰, ln 100
                .contains("1        0.731059    0.761594    1.000000        1.000000\n")
                .contains("-1           0.196612   0.419974   0.000000        0.010000\n")
                .contains("σ(−100) = 3.7e-44, σ(100) = 1.0", "4.605170");
        assertThat(folder.resolve("activations.svg")).content().contains("tanh(z)", "leaky ReLU(z)");
        assertThat(folder.resolve("loss.svg")).content().contains("−log ŷ");
    }

    @Test
    void the_squared_loss_bends_down_where_the_cross_entropy_bends_up() {
        assertThat(outputOf("convexity", "--out", folder.toString()))
                // (¼ + ¼)/4 and ln 2 at w = 0, where the slopes are −½·¼/2 + ½·¼·6/2 and (−½ + ½·6)/2
                .contains("0         0.12500    0.31250      up            0.69315    1.25000      up\n")
                .containsPattern("\n1 .* down .* up\n");
        assertThat(folder.resolve("squared-loss.svg")).isNotEmptyFile();
        assertThat(folder.resolve("cross-entropy.svg")).isNotEmptyFile();
    }

    @Test
    void a_product_of_many_likelihoods_vanishes_and_their_logarithms_do_not() {
        assertThat(outputOf("likelihood"))
                .contains("569               5.175264e-172   -394.400746             0.693147\n")
                .contains("1100                          0   -762.461899             0.693147\n");
    }

    @Test
    void the_four_functions_are_shown_as_they_are_written() {
        assertThat(outputOf("four-functions"))
                .contains("Parameters initialize(int features)", "Propagated propagate(", "optimize(", "predict(");
    }

    @Test
    void a_column_times_its_row_is_a_table_and_a_wrong_shape_is_refused() {
        assertThat(outputOf("vectors"))
                .contains("shape of a·aᵀ: 5×5\nshape of aᵀ·a: 1×1\n", "  [ 5  10  15  20  25]\n", "[55]")
                .contains("matmul: the inner sides differ", "operand 1: \"a\" 5×1");
    }

    @Test
    void verbose_lists_what_was_checked() {
        Session session = Session.run("slopes", "--verbose", "--out", folder.toString());

        assertThat(session.out())
                .contains("checked                figures   largest difference   allowed\n")
                .endsWith("\n18 figures checked: all as expected\n");
    }

    @Test
    void the_computation_graph_derives_its_derivatives() {
        assertThat(outputOf("computation-graph", "--out", folder.toString()))
                .contains("dv = 3\n", "du = 3\n", "da = 3\n", "db = 3·c\n", "dc = 3·b\n")
                .contains("  dJ/db = dJ/du · du/db = 3 · 2 = 6\n", "  dJ/dc = dJ/du · du/dc = 3 · 3 = 9\n")
                .contains("4 | u    | b·c       | 6     | du = 3     | 3\n");
    }

    @Test
    void volatility_is_fitted_by_maximum_likelihood() {
        assertThat(outputOf("volatility"))
                .contains(
                        "0.08374              0.08374\n",
                        "0.10721              0.10721\n",
                        "1384.47602           1384.47602\n");
    }

    @Test
    void the_nile_has_its_published_variances() {
        assertThat(outputOf("kalman"))
                .contains("15098.5                     15098.5\n", "1469.2                      1469.2\n");
    }

    @Test
    void the_forward_algorithm_is_the_sum_over_all_paths() {
        assertThat(outputOf("hidden-markov"))
                .contains("-9.123137, the sum over 6561 paths: -9.123137\n", "26 figures checked");
    }

    @Test
    void the_rates_of_predators_and_prey_are_found() {
        assertThat(outputOf("predator-prey")).contains("a      1.100000    1.1\n", "d      0.100000    0.1\n");
    }

    @Test
    void an_lstm_says_the_sonnet_by_heart() {
        assertThat(outputOf("characters"))
                .contains(
                        "by how often each follows the one before   1.529\n",
                        "shall i compare thee to a summer's day?\n",
                        "and summer's lease hath all too short a date;\n",
                        "\n5 figures checked: all as expected");
    }
}
