package org.gradgraph.examples;

import java.util.Arrays;
import java.util.Locale;
import org.gradgraph.examples.console.TextTable;
import org.gradgraph.examples.lesson.Lesson;
import org.gradgraph.examples.lesson.Question;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Node;
import org.gradgraph.optim.Optimizers;
import org.gradgraph.scan.Scan;
import org.gradgraph.train.Trainer;
import org.gradgraph.train.Training;
import picocli.CommandLine.Command;

/** The variances of a local level model of the Nile, by the likelihood of a Kalman filter. */
@Command(
        name = "kalman",
        description =
                "A Kalman filter is a loop; its likelihood says how noisy the Nile is, and how fast its level moves.")
@Question(
        "The filter starts at the first flow, with its noise as the variance. Why is the first flow not in the likelihood?")
final class Kalman extends Lesson {
    /** Flow of the Nile at Aswan in 10⁸ m³, each year from 1871 to 1970. */
    private static final double[] NILE = {
        1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960, 1180, 799, 958, 1140,
        1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774, 840, 874, 694, 940, 833, 701, 916, 692, 1020, 1050, 969,
        831, 726, 456, 824, 702, 1120, 1100, 832, 764, 821, 768, 845, 864, 862, 698, 845, 744, 796, 1040, 759, 781, 865,
        845, 944, 984, 897, 822, 1010, 771, 676, 649, 846, 812, 742, 801, 1040, 860, 874, 848, 890, 744, 749, 838, 1050,
        918, 986, 797, 923, 975, 815, 1020, 906, 901, 1170, 912, 746, 919, 718, 714, 740
    };

    @Override
    protected void teach() {
        // tag::java[]
        Node flows = Node.input("y", 1, Dim.named("T"));
        Node first = Node.input("first");
        Node noise = Node.parameter("ln σ²ε").exp(); // of each flow
        Node drift = Node.parameter("ln σ²η").exp(); // of the level, each year
        Scan years = Scan.over(flows)
                .state("level", first)
                .state("variance", noise)
                .step(s -> {
                    Node before = s.state("variance").plus(drift);
                    Node expected = before.plus(noise);
                    Node error = s.input().minus(s.state("level"));
                    Node gain = before.dividedBy(expected);
                    return s.next("level", s.state("level").plus(gain.times(error)))
                            .next("variance", before.times(gain.negate().plus(1)))
                            .output(expected.log().plus(error.square().dividedBy(expected)));
                });
        Node cost = years.outputs().plus(Math.log(2 * Math.PI)).sum().times(0.5).named("J");
        Feeds data = Feeds.of(first, NILE[0]).and(flows, Arrays.copyOfRange(NILE, 1, NILE.length));
        Training fit = Trainer.of(cost)
                .data(data)
                .initialValues(
                        Feeds.of(noise.inputs().get(0), 9).and(drift.inputs().get(0), 9))
                .optimizer(Optimizers.lbfgs())
                .steps(200)
                .train();
        // end::java[]
        double flowVariance = Math.exp(fit.parameter(noise.inputs().get(0)).get(0));
        double levelVariance = Math.exp(fit.parameter(drift.inputs().get(0)).get(0));
        out().print(new TextTable("", "found", "Durbin and Koopman (2012)")
                .row("variance of a flow, σ²ε", oneDecimal(flowVariance), "15098.5")
                .row("variance of the level, σ²η", oneDecimal(levelVariance), "1469.2"));
        out().println(String.format(
                Locale.ROOT, "log-likelihood %.6f after %d steps: %s", -fit.cost(), fit.steps(), fit.end()));
        figures.check("published variance of a flow", 15098.5, flowVariance, 0.05);
        figures.check("published variance of the level", 1469.2, levelVariance, 0.05);
        // found with 40 digits
        figures.check("log-likelihood", -632.545625103041, -fit.cost(), 1e-9);
    }

    private static String oneDecimal(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
