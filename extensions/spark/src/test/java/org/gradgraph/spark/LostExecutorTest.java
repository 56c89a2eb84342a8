package org.gradgraph.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;
import org.gradgraph.exec.Feeds;
import org.gradgraph.optim.Optimizers;
import org.gradgraph.train.Trainer;
import org.gradgraph.train.Training;
import org.gradgraph.train.TrainingStep;
import org.junit.jupiter.api.Test;

/** Executors in processes of their own, of which one is ended in the middle of a training. */
class LostExecutorTest {
    @Test
    void the_result_is_that_of_one_process_bit_by_bit() {
        SparkSession local = LocalSpark.session("local[2]");
        Training alone;
        try {
            alone = train(cost(local), 1, local, step -> {});
        } finally {
            local.stop();
        }
        SparkSession cluster = LocalSpark.session("local-cluster[2,1,1024]");
        try {
            SparkCost cost = cost(cluster);
            Set<Long> ended = new ConcurrentSkipListSet<>();
            Training disturbed = train(cost, 4, cluster, step -> {
                if (step.number() == 5) {
                    List<ProcessHandle> executors = executors();
                    assertThat(executors).hasSize(2);
                    ended.add(executors.get(0).pid());
                    executors.get(0).destroyForcibly();
                }
            });
            assertThat(ended).hasSize(1);
            assertThat(disturbed.costs()).containsExactly(alone.costs());
            assertThat(numbers(disturbed)).containsExactly(numbers(alone));
        } finally {
            cluster.stop();
        }
    }

    private static SparkCost cost(SparkSession spark) {
        return SparkCost.of(spark, LocalSpark.logistic());
    }

    private static Training train(SparkCost cost, int partitions, SparkSession spark, Consumer<TrainingStep> listener) {
        Examples examples = cost.examples(LocalSpark.table(spark, LocalSpark.breastCancer(), partitions), 50);
        return Trainer.of(cost.node())
                .optimizer(Optimizers.lbfgs())
                .data(examples.feeds())
                .initialValues(Feeds.of(cost.parameter("w"), new double[LocalSpark.FEATURES])
                        .and(cost.parameter("b"), 0))
                .listen(listener)
                .steps(12)
                .train();
    }

    private static double[] numbers(Training training) {
        return training.parameters().asMap().values().stream()
                .flatMapToDouble(value -> Arrays.stream(value.data))
                .toArray();
    }

    /** The only processes that Spark starts. */
    private static List<ProcessHandle> executors() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info()
                        .command()
                        .filter(command -> command.endsWith("java"))
                        .isPresent())
                .toList();
    }
}
