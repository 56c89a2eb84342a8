package org.gradgraph.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apfloat.Apfloat;
import org.apfloat.ApfloatMath;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Rewriting;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Node;
import org.gradgraph.rewrite.NaiveForms.Form;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** On random graphs of naive forms, rewriting never leads away from the truth, in value, gradient or second derivative. */
class RewritingRefereeTest {
    private static final int GRAPHS = 700;
    private static final double WITHIN = 4e-15;

    /** Where both have lost digits, which one has lost more is chance. */
    private static final double CHANCE = 4;

    /** What is smaller or larger is hardly representable, and not compared. */
    private static final Apfloat SMALLEST = new Apfloat("1e-290");

    private static final Apfloat LARGEST = new Apfloat("1e290");

    private static double error(double actual, Apfloat truth) {
        if (!Double.isFinite(actual)) {
            return Double.POSITIVE_INFINITY;
        }
        Apfloat difference = ApfloatMath.abs(SecondOrderJet.exact(actual, 40).subtract(truth));
        return difference.signum() == 0
                ? 0
                : difference.divide(ApfloatMath.abs(truth)).doubleValue();
    }

    /** How many times as large a relative change of x is in a derivative; that of the gradient for the second one. */
    private static double condition(Apfloat[] truth, int order, double at) {
        int known = Math.min(order, truth.length - 2);
        Apfloat slope = truth[known + 1].multiply(SecondOrderJet.exact(at, 40));
        return truth[known].signum() == 0
                ? 0
                : ApfloatMath.abs(slope.divide(truth[known])).doubleValue();
    }

    private static double[] run(Node cost, Node x, double at, Rewriting rewriting) {
        Node slope = Derivatives.gradient(cost, x);
        Run first = Program.of(cost).withGradients(x).rewrite(rewriting).newRun();
        first.set(x, at).forward().backward();
        double[] result = {first.scalar(cost), first.gradient(x).get(0), 0};
        if (!slope.inputs().isEmpty()) {
            Run second = Program.of(slope).withGradients(x).rewrite(rewriting).newRun();
            second.set(x, at).forward().backward();
            result[2] = second.gradient(x).get(0);
        }
        return result;
    }

    @Test
    void a_program_with_rewriting_is_nowhere_farther_from_the_truth_than_one_without(TestReporter reporter) {
        List<String> farther = new ArrayList<>();
        int compared = 0;
        int better = 0;
        for (int seed = 0; seed < GRAPHS; seed++) {
            NaiveForms forms = new NaiveForms(seed);
            Form form = forms.random();
            double[] on = run(form.node(), forms.x(), forms.at(), Rewriting.ON);
            double[] off = run(form.node(), forms.x(), forms.at(), Rewriting.OFF);
            Apfloat[] truth = {form.jet().value, form.jet().first, form.jet().second};
            for (int order = 0; order < truth.length; order++) {
                Apfloat size = ApfloatMath.abs(truth[order]);
                if (size.compareTo(SMALLEST) > 0 && size.compareTo(LARGEST) < 0) {
                    double ofOn = error(on[order], truth[order]);
                    double ofOff = error(off[order], truth[order]);
                    compared++;
                    better += ofOff > WITHIN && ofOn < ofOff ? 1 : 0;
                    if (ofOn > WITHIN * (1 + condition(truth, order, forms.at())) && ofOn > CHANCE * ofOff) {
                        farther.add("seed " + seed + ", derivative " + order + " of " + form.text() + " at x = "
                                + forms.at() + ": " + ofOn + " with, " + ofOff + " without; "
                                + size.precision(17));
                    }
                }
            }
        }
        reporter.publishEntry("compared", compared + ", closer with rewriting: " + better);
        assertThat(farther).isEmpty();
    }
}
