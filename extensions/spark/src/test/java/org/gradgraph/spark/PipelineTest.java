package org.gradgraph.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Node;
import org.gradgraph.optim.Optimizers;
import org.gradgraph.train.Checkpoint;
import org.gradgraph.train.EarlyStopping;
import org.gradgraph.train.Initializers;
import org.gradgraph.train.Trainer;
import org.gradgraph.train.Training;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Trainers, predictions and pipelines. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PipelineTest {
    private SparkSession spark;
    private Dataset<Row> table;

    @BeforeAll
    void start() {
        spark = LocalSpark.session("local[2]");
        table = LocalSpark.table(spark, LocalSpark.centred(LocalSpark.breastCancer()), 2);
    }

    @AfterAll
    void stop() {
        spark.stop();
    }

    private static Feeds zeros(SparkCost cost) {
        return Initializers.zeros(cost.parameter("w"), cost.parameter("b"));
    }

    @Test
    void a_pipeline_is_fitted_saved_loaded_and_predicts_the_same(@TempDir Path folder) throws IOException {
        StandardScaler scaler =
                new StandardScaler().setInputCol("raw").setOutputCol("features").setWithMean(true);
        GraphEstimator estimator = new GraphEstimator(
                        LocalSpark.logistic(),
                        (trainer, cost) ->
                                trainer.optimizer(Optimizers.lbfgs()).steps(20).initialValues(zeros(cost)),
                        "probability")
                .setPredictionCol("p")
                .setBlockSize(100);
        Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {scaler, estimator});
        pipeline.save(folder.resolve("pipeline").toString());
        Dataset<Row> raw = table.withColumnRenamed("features", "raw");

        PipelineModel fitted =
                Pipeline.load(folder.resolve("pipeline").toString()).fit(raw);
        fitted.save(folder.resolve("fitted").toString());
        List<Row> first = fitted.transform(raw).select("p", "label").collectAsList();
        Dataset<Row> second =
                PipelineModel.load(folder.resolve("fitted").toString()).transform(raw);

        assertThat(second.select("p", "label").collectAsList()).isEqualTo(first);
        assertThat(second.schema().simpleString())
                .isEqualTo(fitted.transformSchema(raw.schema()).simpleString());
        assertThat(first.stream().filter(row -> row.getDouble(0) > 0.5 == row.getDouble(1) > 0.5))
                .hasSizeGreaterThan(555);
        GraphEstimatorModel model = (GraphEstimatorModel) fitted.stages()[1];
        assertThat(model.parameter("w")).hasSize(LocalSpark.FEATURES);
        assertThatThrownBy(() -> model.parameter("v")).hasMessageContaining("\"v\"");
    }

    @Test
    void a_sample_of_blocks_is_trained_on_resumed_and_stopped_early(@TempDir Path folder) {
        SparkCost cost = SparkCost.of(spark, LocalSpark.logistic());
        Examples training = cost.examples(table.limit(400), 20);
        Examples heldOut = cost.examples(table.filter("label = 0").limit(30), 20);
        Node draw = Node.input("draw");
        Trainer trainer = Trainer.of(cost.miniBatches(0.25, 3, draw))
                .draw(draw)
                .optimizer(Optimizers.adam(0.02))
                .data(training.feeds())
                .initialValues(zeros(cost))
                .stopEarly(EarlyStopping.on(heldOut.feeds()).everySteps(4).withPatience(2));

        Training half = trainer.steps(6).train();
        half.checkpoint().write(folder.resolve("half.npz"));
        Training whole = trainer.steps(12).train();
        Training resumed = trainer.steps(12)
                .resume(Checkpoint.read(folder.resolve("half.npz")))
                .train();

        assertThat(resumed.costs()).containsExactly(whole.costs());
        assertThat(resumed.cost()).isEqualTo(whole.cost()).isLessThan(Math.log(2));
        assertThat(whole.validationCosts()).hasSize(3);
        assertThat(Arrays.stream(whole.costs()).distinct()).hasSize(whole.costs().length);
    }

    @Test
    void predictions_read_only_the_columns_of_their_output() {
        SparkCost cost = SparkCost.of(spark, LocalSpark.logistic());
        List<Row> found = table.drop("label")
                .select(cost.predict("probability", zeros(cost)))
                .limit(3)
                .collectAsList();
        assertThat(found).extracting(row -> row.get(0)).containsOnly(0.5);
        assertThatThrownBy(() -> cost.predict("odds", zeros(cost))).hasMessageContaining("[probability]");
    }
}
