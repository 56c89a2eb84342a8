package org.gradgraph.spark;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.UUID;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;
import org.gradgraph.graph.Require;
import org.gradgraph.train.Trainer;
import org.gradgraph.train.Training;

/**
 * A model as an estimator of Spark ML, so that it fits into a pipeline.
 *
 * <pre>{@code
 * GraphEstimator estimator = new GraphEstimator(factory, plan, "probability").setPredictionCol("p");
 * PipelineModel fitted = new Pipeline().setStages(new PipelineStage[] {assembler, scaler, estimator}).fit(table);
 * }</pre>
 *
 * <p>Saving writes the two lambdas by Java serialisation. Their classes must be there, unchanged, when the estimator is loaded;
 * load only files that you trust.
 *
 * @serial exclude
 */
public final class GraphEstimator extends Estimator<GraphEstimatorModel> implements DefaultParamsWritable {
    private static final long serialVersionUID = 1;
    private final String uid;
    private final Param<String> factory;
    private final Param<String> plan;
    private final Param<String> output;
    private final Param<String> predictionCol;
    private final IntParam blockSize;

    /**
     * An estimator whose column of predictions is called {@code prediction}.
     *
     * @param factory composes the model
     * @param plan how it is trained
     * @param output which of its outputs is predicted
     */
    public GraphEstimator(ModelFactory factory, TrainingPlan plan, String output) {
        this("gradgraph_" + UUID.randomUUID());
        set(this.factory, Encoded.of(Require.given(factory, "GraphEstimator: the factory")));
        set(this.plan, Encoded.of(Require.given(plan, "GraphEstimator: the plan")));
        set(this.output, Require.given(output, "GraphEstimator: the output"));
    }

    /**
     * For Spark ML, which loads the parameters after it.
     *
     * @param uid the name of the stage
     */
    public GraphEstimator(String uid) {
        this.uid = Require.given(uid, "GraphEstimator: the uid");
        this.factory = new Param<>(uid, "factory", "the serialised ModelFactory");
        this.plan = new Param<>(uid, "plan", "the serialised TrainingPlan");
        this.output = new Param<>(uid, "output", "the output that is predicted");
        this.predictionCol = new Param<>(uid, "predictionCol", "the column of predictions");
        this.blockSize = new IntParam(uid, "blockSize", "the number of examples in a block");
        setDefault(predictionCol, "prediction");
        setDefault(blockSize, SparkCost.BLOCK_SIZE);
    }

    /** {@return the serialised factory} */
    public Param<String> factory() {
        return factory;
    }

    /** {@return the serialised plan} */
    public Param<String> plan() {
        return plan;
    }

    /** {@return the output that is predicted} */
    public Param<String> output() {
        return output;
    }

    /** {@return the column of predictions} */
    public Param<String> predictionCol() {
        return predictionCol;
    }

    /** {@return the number of examples in a block} */
    public IntParam blockSize() {
        return blockSize;
    }

    /**
     * Names the column of predictions.
     *
     * @param name of a column that the table does not have yet
     * @return this estimator
     */
    @CanIgnoreReturnValue
    public GraphEstimator setPredictionCol(String name) {
        set(predictionCol, Require.given(name, "GraphEstimator.setPredictionCol: the name"));
        return this;
    }

    /**
     * Chooses the number of examples in a block.
     *
     * @param size 1 or more; the bits of the result depend on it
     * @return this estimator
     */
    @CanIgnoreReturnValue
    public GraphEstimator setBlockSize(int size) {
        set(blockSize, size);
        return this;
    }

    @Override
    public GraphEstimatorModel fit(Dataset<?> table) {
        ModelFactory composes = Encoded.read(getOrDefault(factory), ModelFactory.class);
        SparkCost cost = SparkCost.of(table.sparkSession(), composes);
        try (Examples examples = cost.examples(table, (Integer) getOrDefault(blockSize))) {
            Trainer trainer = Trainer.of(cost.node()).data(examples.feeds());
            Training training = Encoded.read(getOrDefault(plan), TrainingPlan.class)
                    .apply(trainer, cost)
                    .train();
            GraphEstimatorModel model = new GraphEstimatorModel(uid);
            model.set(model.factory(), getOrDefault(factory));
            model.set(model.output(), getOrDefault(output));
            model.set(model.predictionCol(), getOrDefault(predictionCol));
            model.setValues(training.parameters());
            return model.setParent(this);
        }
    }

    @Override
    public StructType transformSchema(StructType schema) {
        return GraphEstimatorModel.with(
                schema,
                Encoded.read(getOrDefault(factory), ModelFactory.class),
                getOrDefault(output),
                getOrDefault(predictionCol));
    }

    @Override
    public GraphEstimator copy(ParamMap extra) {
        return defaultCopy(extra);
    }

    @Override
    public String uid() {
        return uid;
    }

    /** {@return a reader of saved estimators} */
    public static MLReader<GraphEstimator> read() {
        return new DefaultParamsReader<>();
    }

    /**
     * {@return a saved estimator}
     *
     * @param path where it was saved
     */
    public static GraphEstimator load(String path) {
        return read().load(path);
    }
}
