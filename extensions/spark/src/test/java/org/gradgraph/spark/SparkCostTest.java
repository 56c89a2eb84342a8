package org.gradgraph.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;
import org.gradgraph.optim.Objective;
import org.gradgraph.optim.Optimizers;
import org.gradgraph.train.Trainer;
import org.gradgraph.train.Training;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SparkCostTest {
    /** By Newton's method with high precision. */
    private static final double MINIMUM = 0.09963845979804117;

    private SparkSession spark;
    private final List<Row> rows = LocalSpark.breastCancer();

    @BeforeAll
    void start() {
        spark = LocalSpark.session("local[2]");
    }

    @AfterAll
    void stop() {
        spark.stop();
    }

    private static Feeds start(SparkCost cost) {
        return Feeds.of(cost.parameter("w"), new double[LocalSpark.FEATURES]).and(cost.parameter("b"), 0);
    }

    private static double[] valueAndGradient(Objective objective, double[] x) {
        double[] gradient = new double[x.length];
        double value = objective.valueAndGradient(x, gradient);
        double[] all = Arrays.copyOf(gradient, x.length + 1);
        all[x.length] = value;
        return all;
    }

    private static double[] point() {
        Random random = new Random(1);
        return random.doubles(LocalSpark.FEATURES + 1, -1, 1).toArray();
    }

    @Test
    void partitions_change_no_bit_and_the_values_are_those_of_one_machine() {
        SparkCost cost = SparkCost.of(spark, LocalSpark.logistic());
        double[] first = null;
        for (int partitions : new int[] {1, 2, 4, 8, 32}) {
            try (Examples examples = cost.examples(LocalSpark.table(spark, rows, partitions), 64)) {
                Objective objective = Objective.of(cost.node(), examples.feeds(), start(cost));
                double[] found = valueAndGradient(objective, point());
                first = first == null ? found : first;
                assertThat(found).as("%s partitions", partitions).containsExactly(first);
            }
        }
        double[] local = valueAndGradient(localObjective(), point());
        for (int i = 0; i < local.length; i++) {
            assertThat(first[i]).isCloseTo(local[i], offset(1e-12 * (1 + Math.abs(local[i]))));
        }
    }

    @Test
    void a_tree_of_executors_changes_no_bit() {
        double[] first = null;
        for (long treeFrom : new long[] {Long.MAX_VALUE, 1}) {
            SparkCost cost = SparkCost.of(spark, LocalSpark.logistic(), treeFrom);
            for (int partitions : new int[] {3, 11}) {
                Examples examples = cost.examples(LocalSpark.table(spark, rows, partitions), 10);
                Objective objective = Objective.of(cost.node(), examples.feeds(), start(cost));
                double[] found = valueAndGradient(objective, point());
                first = first == null ? found : first;
                assertThat(found).as("%s partitions", partitions).containsExactly(first);
            }
        }
    }

    private Objective localObjective() {
        SparkModel model = LocalSpark.logistic().compose();
        double[] x = new double[LocalSpark.FEATURES * rows.size()];
        double[] y = new double[rows.size()];
        for (int j = 0; j < rows.size(); j++) {
            Vector features = (Vector) rows.get(j).get(0);
            for (int i = 0; i < features.size(); i++) {
                x[i * rows.size() + j] = features.apply(i);
            }
            y[j] = rows.get(j).getDouble(1);
        }
        Feeds data = Feeds.of(leaf(model, "features"), LocalSpark.FEATURES, rows.size(), x)
                .and(leaf(model, "label"), 1, rows.size(), y);
        Feeds start =
                Feeds.of(leaf(model, "w"), new double[LocalSpark.FEATURES]).and(leaf(model, "b"), 0);
        return Objective.of(model.cost(), data, start);
    }

    private static Node leaf(SparkModel model, String name) {
        return Graph.of(model.cost()).nodes().stream()
                .filter(node -> node.name().equals(Optional.of(name)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void ten_repeats_have_the_same_bits() {
        SparkCost cost = SparkCost.of(spark, LocalSpark.logistic());
        Examples examples = cost.examples(LocalSpark.table(spark, rows, 8), 16);
        double[] first = new double[0];
        for (int repeat = 0; repeat < 10; repeat++) {
            Objective objective = Objective.of(cost.node(), examples.feeds(), start(cost));
            double[] elsewhere = point();
            elsewhere[0] += 1 + repeat;
            double unused = objective.value(elsewhere);
            double[] found = valueAndGradient(objective, point());
            first = repeat == 0 ? found : first;
            assertThat(found).as("repeat %s, after %s", repeat, unused).containsExactly(first);
        }
        assertThat(cost.passes()).isEqualTo(20);
    }

    @Test
    void l_bfgs_goes_at_least_as_low_as_mllib_with_no_more_passes() {
        AtomicInteger jobs = new AtomicInteger();
        spark.sparkContext().addSparkListener(new SparkListener() {
            @Override
            public void onJobStart(SparkListenerJobStart job) {
                if (job.stageInfos().exists(stage -> stage.name().contains("RDDLossFunction"))) {
                    jobs.incrementAndGet();
                }
            }
        });
        LogisticRegressionModel mllib =
                new LogisticRegression().setRegParam(0.01).setTol(1e-12).fit(LocalSpark.table(spark, rows, 2));
        double[] means = LocalSpark.means(rows);
        double[] theirs = Arrays.copyOf(mllib.coefficients().toArray(), LocalSpark.FEATURES + 1);
        theirs[LocalSpark.FEATURES] = mllib.intercept() + dot(theirs, means);

        SparkCost cost = SparkCost.of(spark, LocalSpark.logistic());
        Examples examples = cost.examples(LocalSpark.table(spark, LocalSpark.centred(rows), 2));
        Feeds start = start(cost).and(cost.parameter("b"), Math.log(357 / 212.0));
        double mllibCost = Objective.of(cost.node(), examples.feeds(), start).value(theirs);
        Map<Long, Long> passesAfter = new TreeMap<>(Map.of(-1L, cost.passes() + 1));
        long before = cost.passes();
        Training training = Trainer.of(cost.node())
                .optimizer(Optimizers.lbfgs())
                .data(examples.feeds())
                .initialValues(start)
                .listen(step -> passesAfter.put(step.number(), cost.passes()))
                .stopWhen(step -> step.cost() <= mllibCost)
                .steps(1000)
                .train();

        long passes = passesAfter.get(training.steps() - 2L) - before;
        System.out.println("MLlib: cost " + mllibCost + ", " + jobs + " passes; gradgraph: cost "
                + training.costs()[training.steps() - 1] + ", " + passes + " passes");
        assertThat(training.costs()[training.steps() - 1])
                .isLessThanOrEqualTo(mllibCost)
                .isCloseTo(MINIMUM, offset(1e-14));
        assertThat(passes).isLessThanOrEqualTo(jobs.get());
        double[] w = training.parameter(cost.parameter("w")).data;
        assertThat(training.parameter(cost.parameter("b")).get(0) - dot(w, means))
                .isCloseTo(23.2397718388, offset(1e-5));
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < b.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
