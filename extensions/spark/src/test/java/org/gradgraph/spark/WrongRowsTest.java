package org.gradgraph.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.NoGradientException;
import org.gradgraph.graph.Node;
import org.gradgraph.optim.Objective;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a table may hold, and how a row that cannot be read is named. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WrongRowsTest {
    private SparkSession spark;

    @BeforeAll
    void start() {
        spark = LocalSpark.session("local[2]");
    }

    @AfterAll
    void stop() {
        spark.stop();
    }

    /** Σ over examples of label·(f₀ + 2·f₁), whose values and gradients are integers. */
    private static ModelFactory model() {
        return () -> {
            Dim m = Dim.named("m");
            Node f = Node.input("features", m, 2);
            Node y = Node.input("label", 1, m);
            Node w = Node.parameter("w", 2, 1);
            return SparkModel.of(f.matmul(w).transpose().times(y).sum(), m);
        };
    }

    private JavaRDD<Row> rdd(List<Row> rows, int partitions) {
        return JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(rows, partitions);
    }

    private Examples examples(SparkCost cost, List<Row> rows, int partitions) {
        return cost.examples(rdd(rows, partitions), (row, name) -> row.get(name.equals("label") ? 1 : 0), 3);
    }

    @Test
    void everything_that_holds_numbers_is_read() {
        List<Object> pairs = List.of(
                Vectors.dense(1, 2),
                Vectors.sparse(2, new int[] {1}, new double[] {2}),
                org.apache.spark.mllib.linalg.Vectors.dense(1, 2),
                new double[] {1, 2},
                new float[] {1, 2},
                List.of(1, 2L),
                scala.jdk.javaapi.CollectionConverters.asScala(List.of(1.0, new java.math.BigDecimal("2")))
                        .toSeq());
        List<Row> rows = new ArrayList<>();
        for (Object pair : pairs) {
            rows.add(RowFactory.create(pair, 1));
            rows.add(RowFactory.create(pair, true));
            rows.add(RowFactory.create(pair, false));
        }
        SparkCost cost = SparkCost.of(spark, model());
        for (int partitions : new int[] {1, 4, 50}) {
            Examples examples = examples(cost, rows, partitions);
            assertThat(examples).hasToString("21 examples in 7 blocks");
            Objective objective =
                    Objective.of(cost.node(), examples.feeds(), Feeds.of(cost.parameter("w"), new double[] {1, 2}));
            assertThat(objective.value(objective.start())).isEqualTo(2 * (6 * 5 + 4));
            assertThat(objective.gradient(objective.start())).containsExactly(2 * 6, 2 * 7 * 2);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | \"features\" is null",
                "1 | \"label\" is null",
                "2 | \"features\" has 3 numbers, the input takes 2",
                "3 | \"features\" at element 1 is NaN",
                "4 | \"label\" is -Infinity",
                "5 | \"label\" is the text \"malignant\", not a number",
                "6 | \"features\" at element 0 is the text \"3.5\", not a number",
                "7 | \"features\" has 1 number, the input takes 2",
                "8 | \"features\" at element 1 is null",
                "9 | the row is null",
            })
    void a_wrong_row_is_named_by_partition_and_row(int kind, String fault) {
        List<@Nullable Row> wrong = Arrays.asList(
                RowFactory.create(null, 1),
                RowFactory.create(new double[2], null),
                RowFactory.create(Vectors.dense(1, 2, 3), 1),
                RowFactory.create(Vectors.dense(1, Double.NaN), 1),
                RowFactory.create(new double[2], Double.NEGATIVE_INFINITY),
                RowFactory.create(new double[2], "malignant"),
                RowFactory.create(List.of("3.5", 2), 1),
                RowFactory.create(7, 1),
                RowFactory.create(Arrays.asList(1, null), 1),
                null);
        List<Row> rows = new ArrayList<>(Collections.nCopies(20, RowFactory.create(new double[2], 1)));
        rows.set(12, wrong.get(kind));
        SparkCost cost = SparkCost.of(spark, model());

        assertThatThrownBy(() -> examples(cost, rows, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("SparkCost.examples: partition 2, row 2: " + fault);
    }

    @Test
    void a_table_without_rows_or_without_a_column_is_refused() {
        SparkCost cost = SparkCost.of(spark, model());
        assertThatThrownBy(() -> examples(cost, List.of(), 2))
                .hasMessage("SparkCost.examples: there are no rows; give one or more");
        StructType schema = new StructType().add("label", DataTypes.DoubleType);
        assertThatThrownBy(() -> cost.examples(spark.createDataFrame(List.of(RowFactory.create(1.0)), schema)))
                .hasMessage("SparkCost.examples: there is no column \"features\" for the input of that name; there are"
                        + " [label]");
    }

    @Test
    void a_cost_that_is_no_sum_over_examples_is_refused_with_its_line() {
        assertThatThrownBy(() -> SparkCost.of(spark, () -> {
                    Dim m = Dim.named("m");
                    Node f = Node.input("features", 2, m);
                    Node w = Node.parameter("w", 2, 1);
                    return SparkModel.of(w.transpose().matmul(f).max(), m);
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("WrongRowsTest.java:");
    }

    @Test
    void inputs_without_examples_are_fed_and_only_first_derivatives_of_parameters_exist() {
        SparkCost cost = SparkCost.of(spark, () -> {
            Dim m = Dim.named("m");
            Node f = Node.input("features", 2, m);
            Node scale = Node.input("scale");
            Node penalty = Node.input("penalty");
            Node w = Node.parameter("w", 2, 1);
            Node model = w.transpose().matmul(f).times(scale);
            return SparkModel.of(model.square().mean().plus(w.square().sum().times(penalty)), m);
        });
        List<Row> rows = List.of(RowFactory.create(new double[] {1, 0}, 0), RowFactory.create(new double[] {0, 2}, 0));
        Node w = cost.parameter("w");
        Node scale = cost.parameter("scale");
        Feeds data = examples(cost, rows, 2).feeds().and(scale, 4).and(cost.parameter("penalty"), 10);
        Objective objective = Objective.of(cost.node(), data, Feeds.of(w, new double[] {1, 3}));

        assertThat(objective.value(objective.start())).isEqualTo((16 + 16 * 36) / 2 + 10 * 10);
        assertThat(objective.gradient(objective.start())).containsExactly(16 + 20, 16 * 4 * 3 + 60);
        assertThatThrownBy(() -> objective.hessianVector(objective.start(), new double[] {1, 0}))
                .isInstanceOf(NoGradientException.class)
                .hasMessageContaining("the cluster computes first derivatives only");
        Program ofScale = Program.of(cost.node()).withGradients(scale);
        assertThatThrownBy(() ->
                        ofScale.newRun().set(data.and(w, new double[] {1, 3})).forwardAndBackward())
                .hasMessageContaining("make a parameter of what you need the gradient of");
    }
}
