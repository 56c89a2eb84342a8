package org.gradgraph.spark;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Require;

/**
 * A trained model as a transformer of Spark ML: it adds a column of predictions.
 *
 * <pre>{@code
 * GraphEstimatorModel model = estimator.fit(table);
 * model.write().overwrite().save(path);
 * Dataset<Row> predicted = GraphEstimatorModel.load(path).transform(table);
 * }</pre>
 *
 * <p>As for {@link GraphEstimator}, load only files that you trust.
 *
 * @serial exclude
 */
public final class GraphEstimatorModel extends Model<GraphEstimatorModel> implements DefaultParamsWritable {
    private static final long serialVersionUID = 1;
    private final String uid;
    private final Param<String> factory;
    private final Param<String> output;
    private final Param<String> predictionCol;
    private final Param<String> values;

    /**
     * For Spark ML, which loads the parameters after it.
     *
     * @param uid the name of the stage
     */
    public GraphEstimatorModel(String uid) {
        this.uid = Require.given(uid, "GraphEstimatorModel: the uid");
        this.factory = new Param<>(uid, "factory", "the serialised ModelFactory");
        this.output = new Param<>(uid, "output", "the output that is predicted");
        this.predictionCol = new Param<>(uid, "predictionCol", "the column of predictions");
        this.values = new Param<>(uid, "values", "the values of the parameters by name, serialised");
    }

    /** {@return the serialised factory} */
    public Param<String> factory() {
        return factory;
    }

    /** {@return the output that is predicted} */
    public Param<String> output() {
        return output;
    }

    /** {@return the column of predictions} */
    public Param<String> predictionCol() {
        return predictionCol;
    }

    /** {@return the serialised values of the parameters} */
    public Param<String> values() {
        return values;
    }

    void setValues(Feeds found) {
        LinkedHashMap<String, double[]> byName = new LinkedHashMap<>();
        found.asMap()
                .forEach((node, value) ->
                        byName.put(node.name().orElseThrow(), Arrays.copyOf(value.data, value.getNumElements())));
        set(values, Encoded.of(byName));
    }

    /**
     * {@return the elements of a trained parameter, row by row}
     *
     * @param name its name in the model
     * @throws IllegalArgumentException if no parameter of that name was trained
     */
    public double[] parameter(String name) {
        Object found = Encoded.read(getOrDefault(values), Map.class).get(name);
        if (!(found instanceof double[] elements)) {
            throw new IllegalArgumentException("GraphEstimatorModel.parameter: there is no \"" + name + "\"");
        }
        return elements;
    }

    @Override
    public Dataset<Row> transform(Dataset<?> table) {
        SparkCost cost = SparkCost.of(table.sparkSession(), Encoded.read(getOrDefault(factory), ModelFactory.class));
        Feeds found = Feeds.none();
        for (Object name : Encoded.read(getOrDefault(values), Map.class).keySet()) {
            Node node = cost.parameter((String) name);
            found = found.and(
                    node, node.shape().rows().size(), node.shape().columns().size(), parameter((String) name));
        }
        return table.withColumn(getOrDefault(predictionCol), cost.predict(getOrDefault(output), found));
    }

    @Override
    public StructType transformSchema(StructType schema) {
        return with(
                schema,
                Encoded.read(getOrDefault(factory), ModelFactory.class),
                getOrDefault(output),
                getOrDefault(predictionCol));
    }

    /** A schema with the column of predictions. */
    static StructType with(StructType schema, ModelFactory factory, String output, String column) {
        boolean isNumber = ComposedModel.of(factory).output(output).length() == 1;
        DataType type = isNumber ? DataTypes.DoubleType : SQLDataTypes.VectorType();
        return schema.add(column, type);
    }

    @Override
    public GraphEstimatorModel copy(ParamMap extra) {
        GraphEstimatorModel copy = defaultCopy(extra);
        return hasParent() ? copy.setParent(parent()) : copy;
    }

    @Override
    public String uid() {
        return uid;
    }

    /** {@return a reader of saved models} */
    public static MLReader<GraphEstimatorModel> read() {
        return new DefaultParamsReader<>();
    }

    /**
     * {@return a saved model}
     *
     * @param path where it was saved
     */
    public static GraphEstimatorModel load(String path) {
        return read().load(path);
    }
}
