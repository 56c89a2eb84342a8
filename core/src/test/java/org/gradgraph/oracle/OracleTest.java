package org.gradgraph.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.gradgraph.exec.Execution;
import org.gradgraph.exec.Rewriting;
import org.gradgraph.exec.ScatteredWorkers;
import org.gradgraph.graph.Graph;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values, gradients and Hessian-vector products that were computed outside this project. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OracleTest {
    /** Tags whose cases need something that is not there yet, and what that is. */
    private static final Map<String, String> WAITING = Map.of();

    /** How many strict grades are met at least; to be raised with the rules that meet more. */
    private static final int STRICT_GRADES = 15;

    private final List<String> passed = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();

    static Stream<OracleCase> cases() {
        return OracleCase.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void agrees_with_the_oracle(OracleCase test) {
        List<String> problems = new OracleRunner(test).problems();
        if (problems.isEmpty()) {
            passed.add(test.id());
            return;
        }
        for (String tag : test.tags()) {
            if (WAITING.containsKey(tag)) {
                skip(test, WAITING.get(tag), problems);
            }
        }
        if (test.tags().contains("hard")) {
            skip(test, "tagged hard, for the report only", problems);
        }
        failed.add(test.id());
        assertThat(problems).as(test + ": " + test.expr()).isEmpty();
    }

    static Stream<OracleCase> casesThatNeedNoRule() {
        return cases().filter(test -> !test.tags().contains("requires-rewrite"));
    }

    @ParameterizedTest(name = "{0}, run as composed")
    @MethodSource("casesThatNeedNoRule")
    void agrees_with_the_oracle_without_rewriting_and_fusion(OracleCase test) {
        List<String> problems =
                new OracleRunner(test, Rewriting.OFF, Execution.standard().withoutFusion()).problems();
        assertThat(problems).as(test + ": " + test.expr()).isEmpty();
    }

    @ParameterizedTest(name = "{0}, run in every way")
    @MethodSource("cases")
    void fusion_and_threads_change_no_bit_of_a_case(OracleCase test) {
        long[] bits = new OracleRunner(test).bits();
        for (int threads = 1; threads <= 4; threads++) {
            Execution some = ScatteredWorkers.scattered(Execution.standard(), threads);
            assertThat(new OracleRunner(test, Rewriting.ON, some).bits()).isEqualTo(bits);
            assertThat(new OracleRunner(test, Rewriting.ON, some.withoutFusion()).bits())
                    .isEqualTo(bits);
        }
    }

    private void skip(OracleCase test, String reason, List<String> problems) {
        String line = test + " skipped: " + reason + " (" + problems.get(0) + ")";
        skipped.add(line);
        Assumptions.abort(line);
    }

    /** Bug class 25: the gradient must not blow the graph up. */
    @Test
    @DisplayName("bug class 25: the gradient graph of a model is at most six times the forward graph")
    void bug_25_the_gradient_graph_of_a_model_is_at_most_six_times_the_forward_graph() {
        List<OracleCase> models =
                cases().filter(test -> test.family().equals("model")).toList();
        assertThat(models).hasSizeGreaterThan(3).allSatisfy(model -> {
            OracleRunner runner = new OracleRunner(model);
            Graph forward = runner.forwardGraph();
            Graph both = runner.withGradients();
            assertThat(both.nodes().size() - forward.nodes().size())
                    .as("gradient nodes of " + model)
                    .isLessThanOrEqualTo(6 * forward.nodes().size());
        });
    }

    @Test
    void at_least_as_many_strict_grades_are_met_as_ever_before() {
        int strict = 0;
        List<String> loose = new ArrayList<>();
        for (OracleCase test : OracleCase.all()) {
            if (test.strict().isPresent()) {
                List<String> problems =
                        new OracleRunner(test).strictProblems(test.strict().get());
                strict += problems.isEmpty() ? 1 : 0;
                problems.stream().findFirst().ifPresent(problem -> loose.add(test + ": " + problem));
            }
        }
        System.out.println("oracle: " + strict + " of " + (strict + loose.size()) + " strict grades met");
        loose.forEach(line -> System.out.println("oracle: not strictly " + line));
        assertThat(strict).as("strict grades; not " + loose).isGreaterThanOrEqualTo(STRICT_GRADES);
    }

    @AfterAll
    void report() {
        System.out.println(
                "oracle: " + passed.size() + " of " + OracleCase.all().size() + " cases pass, " + skipped.size()
                        + " skipped, " + failed.size() + " failed " + Set.copyOf(failed));
        skipped.forEach(line -> System.out.println("oracle: " + line));
    }
}
