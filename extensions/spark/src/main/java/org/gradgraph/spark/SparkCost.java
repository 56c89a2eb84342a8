package org.gradgraph.spark;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.RandomNumbers;
import org.gradgraph.graph.Require;

/**
 * A cost over the rows of a Spark table, as a node: its value and its gradient are computed on the cluster.
 *
 * <p>Everything that takes a cost takes this one: {@code Objective}, and with it optimisers of any library; {@code Trainer}, with
 * early stopping and checkpoints. Penalties and other parts that do not depend on examples are computed on the driver.
 *
 * <pre>{@code
 * SparkCost cost = SparkCost.of(spark, factory);
 * try (Examples training = cost.examples(table)) {
 *     Feeds start = Feeds.of(cost.parameter("w"), new double[30]).and(cost.parameter("b"), 0);
 *     Training found = Trainer.of(cost.node()).optimizer(Optimizers.lbfgs())
 *             .data(training.feeds()).initialValues(start).steps(100).train();
 * }
 * }</pre>
 *
 * <p>The result has the same bits however the table is divided into partitions and whichever executor computes what, as long as
 * its rows and the size of blocks are the same.
 *
 * <p>One pass over the data computes the cost and its gradient, for all parameters. Second derivatives are not available.
 */
@CheckReturnValue
public final class SparkCost {
    static final int BLOCK_SIZE = 1024;

    /** 32 MB of partial sums; see docs/spark.md. */
    private static final long TREE_FROM = 1L << 22;

    private final ComposedModel model;
    private final ClusterPass pass;
    private final Node table = Node.input("examples");
    private final Node weights = Node.input("weights of blocks", 1, Dim.named("blocks"));
    private final List<Integer> starts = new ArrayList<>();
    private final Node node;

    private SparkCost(JavaSparkContext context, ModelFactory factory, long treeFrom) {
        this.model = ComposedModel.of(factory);
        ShareProgram program = new ShareProgram(model);
        this.pass =
                new ClusterPass(context, new Replica(factory, model.leaves().signature()), program.length(), treeFrom);
        for (Node leaf : model.leaves().fixed()) {
            int start = 0;
            int at = 1;
            for (Node parameter : program.parameters()) {
                start = parameter.equals(leaf) ? at : start;
                at += Leaves.elements(parameter);
            }
            starts.add(start);
        }
        this.node = cost(weights);
    }

    /**
     * {@return a cost on a cluster}
     *
     * @param spark the session
     * @param factory composes the model
     * @throws IllegalArgumentException if the cost is not a sum over examples, naming the operation and its line; or if a leaf has
     *     a shape or a name that cannot be filled from a table
     */
    public static SparkCost of(SparkSession spark, ModelFactory factory) {
        return of(spark, factory, TREE_FROM);
    }

    /** The same with a limit of its own, see {@link ClusterPass}. */
    static SparkCost of(SparkSession spark, ModelFactory factory, long treeFrom) {
        return new SparkCost(
                JavaSparkContext.fromSparkContext(
                        Require.given(spark, "SparkCost.of: the session").sparkContext()),
                Require.given(factory, "SparkCost.of: the factory"),
                treeFrom);
    }

    private Node cost(Node blockWeights) {
        List<Node> operands =
                new ArrayList<>(List.of(table, blockWeights, model.sum().total()));
        operands.addAll(model.leaves().fixed());
        List<Node> leaves = new ArrayList<>(List.of(Node.apply(new SparkOps.Pass(pass), operands)));
        leaves.addAll(model.leaves().fixed());
        Node sum = Node.apply(new SparkOps.Total(List.copyOf(starts)), leaves);
        return sum.plus(model.sum().rest()).named("cost");
    }

    /** {@return the cost, 1×1, on the examples whose {@link Examples#feeds()} it is fed} */
    public Node node() {
        return node;
    }

    /**
     * {@return an estimate of the cost from a random sample of blocks, another one for each value of a number}
     *
     * <p>Its expected value, and that of its gradient, are the cost and its gradient. The samples are drawn as those of dropout are: give the
     * number to {@code Trainer.draw}, which computes the cost on held-out data and at the end of the training on all blocks.
     *
     * <pre>{@code
     * Node step = Node.input("step");
     * Trainer.of(cost.miniBatches(0.1, 1, step)).draw(step).optimizer(Optimizers.adam(0.01))
     * }</pre>
     *
     * @param fraction with which probability a block is in a sample, above 0 and at most 1
     * @param seed chooses the samples
     * @param draw an input, 1×1, whose value is the number of the sample
     */
    public Node miniBatches(double fraction, long seed, Node draw) {
        if (!(fraction > 0 && fraction <= 1)) {
            throw new IllegalArgumentException(
                    "SparkCost.miniBatches: the fraction is " + fraction + "; give a number above 0 and at most 1");
        }
        return cost(RandomNumbers.dropout(weights, 1 - fraction, seed, draw));
    }

    /** {@return the parameters, on the driver} */
    public List<Node> parameters() {
        return Graph.of(node).nodes().stream()
                .filter(leaf -> leaf.kind() == Node.Kind.PARAMETER)
                .toList();
    }

    /**
     * {@return a parameter or an input without examples, on the driver, to give it a value}
     *
     * @param name its name in the model
     * @throws IllegalArgumentException if there is none of that name
     */
    public Node parameter(String name) {
        Require.given(name, "SparkCost.parameter: the name");
        List<Node> leaves = Graph.of(model.sum().cost()).nodes().stream()
                .filter(leaf -> leaf.op().isEmpty() && !model.leaves().inputs().contains(leaf))
                .toList();
        return leaves.stream()
                .filter(leaf -> leaf.name().equals(Optional.of(name)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "SparkCost.parameter: there is no \"" + name + "\"; there are " + leaves));
    }

    /**
     * {@return the examples of a table: of each input of the model the column of its name}
     *
     * @param rows with numbers, vectors of Spark ML or arrays of numbers; {@code VectorAssembler} makes vectors of columns
     * @throws IllegalArgumentException if a column is missing; or if a value is null, text, not finite or of another length than
     *     the input, naming the partition and row
     */
    public Examples examples(Dataset<?> rows) {
        return examples(rows, BLOCK_SIZE);
    }

    /**
     * {@return the examples of a table, in blocks of a chosen size; see {@link #examples(Dataset)}}
     *
     * @param rows see there
     * @param blockSize how many examples a block has; the bits of a cost depend on it
     */
    public Examples examples(Dataset<?> rows, int blockSize) {
        Require.given(rows, "SparkCost.examples: the rows");
        List<String> present = Arrays.asList(rows.columns());
        String[] names = model.leaves().columns().stream().map(Column::name).toArray(String[]::new);
        for (String name : names) {
            if (!present.contains(name)) {
                throw new IllegalArgumentException("SparkCost.examples: there is no column \"" + name
                        + "\" for the input of that name; there are " + present);
            }
        }
        JavaRDD<Row> selected = rows.toDF()
                .select(Arrays.stream(names)
                        .map(name -> rows.col("`" + name + "`"))
                        .toArray(org.apache.spark.sql.Column[]::new))
                .javaRDD();
        return examples(selected, (row, name) -> row.get(row.fieldIndex(name)), blockSize);
    }

    /**
     * {@return the examples of an RDD; see {@link #examples(Dataset)}}
     *
     * @param <T> the type of its elements
     * @param rows one element for each example
     * @param reader finds the value of an input
     * @param blockSize how many examples a block has; the bits of a cost depend on it
     */
    public <T> Examples examples(JavaRDD<T> rows, ExampleReader<T> reader, int blockSize) {
        Require.given(rows, "SparkCost.examples: the rows");
        Require.given(reader, "SparkCost.examples: the reader");
        if (blockSize < 1) {
            throw new IllegalArgumentException(
                    "SparkCost.examples: a block of " + blockSize + " examples; give 1 or more");
        }
        Blocking.Blocks blocks =
                Blocking.of("SparkCost.examples", rows, reader, model.leaves().columns(), blockSize);
        int count = Math.toIntExact((blocks.examples() + blockSize - 1) / blockSize);
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        synchronized (pass) {
            Feeds feeds = Feeds.of(table, pass.nextTable())
                    .and(weights, 1, count, ones)
                    .and(model.sum().total(), (double) blocks.examples());
            Examples examples = new Examples(
                    blocks.blocks().persist(StorageLevel.MEMORY_AND_DISK()), blocks.examples(), count, feeds);
            pass.add(examples);
            return examples;
        }
    }

    /**
     * {@return a column of predictions: for each row the number of an output, or a vector where an example has several}
     *
     * <p>It reads the columns with the names of the inputs that the output depends on. Dropout is off. A row that cannot be read
     * ends the query with an error.
     *
     * <pre>{@code
     * table.withColumn("probability", cost.predict("probability", training.parameters()))
     * }</pre>
     *
     * @param output the name of an output of the model
     * @param values a value for each parameter and each input without examples that the output depends on
     * @throws IllegalArgumentException if the model has no such output, or a value is missing
     */
    public org.apache.spark.sql.Column predict(String output, Feeds values) {
        ComposedModel.Output found = model.output(Require.given(output, "SparkCost.predict: the output"));
        List<DMatrixRMaj> point = new ArrayList<>();
        for (Node leaf : found.leaves().fixed()) {
            DMatrixRMaj value = Require.given(values, "SparkCost.predict: the values")
                    .asMap()
                    .get(leaf);
            if (value == null) {
                throw new IllegalArgumentException("SparkCost.predict: " + leaf.describe() + ", made at "
                        + leaf.source() + ", has no value; give it one");
            }
            point.add(value);
        }
        org.apache.spark.sql.Column[] read = found.leaves().columns().stream()
                .map(column -> functions.col("`" + column.name() + "`"))
                .toArray(org.apache.spark.sql.Column[]::new);
        DataType type = found.length() == 1 ? DataTypes.DoubleType : SQLDataTypes.VectorType();
        Prediction prediction = new Prediction(pass.replica(), output, ClusterPass.joined(point));
        return functions.udf(prediction, type).apply(functions.struct(read));
    }

    /** {@return how often the cluster has gone through the data for this cost} */
    public long passes() {
        return pass.count();
    }

    /** For example {@code "cost" 1×1 on a cluster}. */
    @Override
    public String toString() {
        return node.describe() + " on a cluster";
    }
}
