package org.gradgraph.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Losses;
import org.gradgraph.graph.Node;

/** Sessions on loopback, and the data of the tests. */
final class LocalSpark {
    static final int FEATURES = 30;

    private LocalSpark() {}

    /** Spark wants a distribution to start executors; a folder is enough. */
    static SparkSession session(String master) {
        try {
            Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return SparkSession.builder()
                .master(master)
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", "2")
                .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
                .getOrCreate();
    }

    /** Features divided by their sample standard deviations, and the label. */
    static List<Row> breastCancer() {
        double[][] table;
        try (var lines = Files.lines(Path.of(System.getProperty("breast.cancer")))) {
            table = lines.skip(1)
                    .map(line -> Arrays.stream(line.split(","))
                            .mapToDouble(Double::parseDouble)
                            .toArray())
                    .toArray(double[][]::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (int k = 0; k < FEATURES; k++) {
            double mean = 0;
            for (double[] row : table) {
                mean += row[k] / table.length;
            }
            double squares = 0;
            for (double[] row : table) {
                squares += (row[k] - mean) * (row[k] - mean);
            }
            double deviation = Math.sqrt(squares / (table.length - 1));
            for (double[] row : table) {
                row[k] /= deviation;
            }
        }
        List<Row> rows = new ArrayList<>();
        for (double[] row : table) {
            rows.add(RowFactory.create(Vectors.dense(Arrays.copyOf(row, FEATURES)), row[FEATURES]));
        }
        return rows;
    }

    static double[] means(List<Row> rows) {
        double[] means = new double[FEATURES];
        for (Row row : rows) {
            for (int i = 0; i < FEATURES; i++) {
                means[i] += ((Vector) row.get(0)).apply(i) / rows.size();
            }
        }
        return means;
    }

    static List<Row> centred(List<Row> rows) {
        double[] means = means(rows);
        List<Row> centred = new ArrayList<>();
        for (Row row : rows) {
            double[] features = ((Vector) row.get(0)).toArray().clone();
            for (int i = 0; i < FEATURES; i++) {
                features[i] -= means[i];
            }
            centred.add(RowFactory.create(Vectors.dense(features), row.get(1)));
        }
        return centred;
    }

    static Dataset<Row> table(SparkSession spark, List<Row> rows, int partitions) {
        StructType schema =
                new StructType().add("features", SQLDataTypes.VectorType()).add("label", DataTypes.DoubleType);
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        return spark.createDataFrame(context.parallelize(rows, partitions), schema);
    }

    /** Logistic regression with a penalty, as MLlib's with regParam 0.01. */
    static ModelFactory logistic() {
        return () -> {
            Dim m = Dim.named("m");
            Node x = Node.input("features", FEATURES, m);
            Node y = Node.input("label", 1, m);
            Node w = Node.parameter("w", FEATURES, 1);
            Node b = Node.parameter("b");
            Node z = w.transpose().matmul(x).plus(b);
            Node cost = Losses.bceWithLogits(z, y).mean().plus(w.square().sum().times(0.005));
            return SparkModel.of(cost, m).output("probability", z.sigmoid());
        };
    }
}
