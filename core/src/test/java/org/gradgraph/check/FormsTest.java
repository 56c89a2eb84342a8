package org.gradgraph.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.gradgraph.check.BrokenForms.Form;
import org.gradgraph.check.GradientReport.Finding;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Node;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No broken operation passes, whatever its form, and no right one is called wrong. */
class FormsTest {
    static List<Form> broken() {
        return BrokenForms.all();
    }

    static List<Form> nasty() {
        return NastyForms.all();
    }

    private static GradientReport check(Form form) {
        Node x = form.parameter();
        return GradientCheck.of(form.build().apply(x).sum())
                .at(Feeds.of(x, form.value()))
                .order(form.order())
                .report();
    }

    @ParameterizedTest
    @MethodSource("broken")
    void a_broken_operation_is_wrong_and_blamed(Form form) {
        GradientReport report = check(form);

        assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.WRONG);
        assertThat(report.findings())
                .as(report.toString())
                .isNotEmpty()
                .extracting(Finding::operation)
                .containsOnly("broken");
    }

    @ParameterizedTest
    @MethodSource("nasty")
    void a_right_operation_is_not_called_wrong(Form form) {
        GradientReport report = check(form);

        assertThat(report.verdict())
                .as(report.toString())
                .isIn(Verdict.RIGHT, Verdict.NOT_DIFFERENTIABLE, Verdict.INCONCLUSIVE);
    }
}
