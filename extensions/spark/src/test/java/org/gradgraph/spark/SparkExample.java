package org.gradgraph.spark;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Losses;
import org.gradgraph.graph.Node;
import org.gradgraph.optim.Objective;
import org.gradgraph.optim.Optimizers;
import org.gradgraph.train.Initializers;
import org.gradgraph.train.Trainer;
import org.gradgraph.train.Training;

/**
 * Logistic regression on Spark, started by {@code extensions/spark/run}: with a file of numbers, on its last column, or on a
 * generated table of 10⁶ rows; and MLlib beside it.
 */
public final class SparkExample {
    private static final int STEPS = Integer.getInteger("steps", 30);

    private SparkExample() {}

    /** The master, then a file, or the numbers of rows and features. */
    public static void main(String[] args) {
        String master = args.length > 0 ? args[0] : "local[2]";
        SparkSession spark = LocalSpark.session(master);
        try {
            if (args.length > 1 && args[1].endsWith(".csv")) {
                System.setProperty("breast.cancer", args[1]);
                List<Row> rows = LocalSpark.centred(LocalSpark.breastCancer());
                compare(spark, LocalSpark.table(spark, rows, 2), LocalSpark.FEATURES);
            } else {
                int count = args.length > 1 ? Integer.parseInt(args[1]) : 1_000_000;
                int features = args.length > 2 ? Integer.parseInt(args[2]) : 100;
                int partitions = args.length > 3 ? Integer.parseInt(args[3]) : 8;
                compare(spark, generated(spark, count, features, partitions), features);
            }
        } finally {
            spark.stop();
        }
    }

    private static Dataset<Row> generated(SparkSession spark, int count, int features, int partitions) {
        Function<Long, Row> row = id -> {
            SplittableRandom random = new SplittableRandom(id);
            double[] x = new double[features];
            double z = 0;
            for (int i = 0; i < features; i++) {
                x[i] = random.nextDouble() * 2 - 1;
                z += x[i] * (i % 7 - 3) / 3;
            }
            return RowFactory.create(Vectors.dense(x), random.nextDouble() * (1 + Math.exp(-z)) < 1 ? 1.0 : 0.0);
        };
        JavaRDD<Row> rows = spark.range(0, count, 1, partitions).javaRDD().map(row);
        StructType schema =
                new StructType().add("features", SQLDataTypes.VectorType()).add("label", DataTypes.DoubleType);
        return spark.createDataFrame(rows, schema);
    }

    private static ModelFactory logistic(int features) {
        return () -> {
            Dim m = Dim.named("m");
            Node x = Node.input("features", features, m);
            Node y = Node.input("label", 1, m);
            Node w = Node.parameter("w", features, 1);
            Node b = Node.parameter("b");
            Node z = w.transpose().matmul(x).plus(b);
            Node cost = Losses.bceWithLogits(z, y).mean().plus(w.square().sum().times(0.005));
            return SparkModel.of(cost, m).output("probability", z.sigmoid());
        };
    }

    private static void compare(SparkSession spark, Dataset<Row> table, int features) {
        PassTimes ours = new PassTimes("ClusterPass");
        PassTimes theirs = new PassTimes("RDDLossFunction");
        spark.sparkContext().addSparkListener(ours);
        spark.sparkContext().addSparkListener(theirs);
        SparkCost cost = SparkCost.of(spark, logistic(features));
        long began = System.nanoTime();
        try (Examples examples = cost.examples(table)) {
            Feeds start = Initializers.zeros(cost.parameter("w"), cost.parameter("b"));
            Objective objective = Objective.of(cost.node(), examples.feeds(), start);
            double first = objective.value(objective.start());
            System.out.printf("%s, read in %.1f s; cost %.6f%n", examples, seconds(began), first);
            Training training = Trainer.of(cost.node())
                    .optimizer(Optimizers.lbfgs())
                    .data(examples.feeds())
                    .initialValues(start)
                    .steps(STEPS)
                    .train();
            System.out.printf("gradgraph: cost %.16f after %d steps; %s%n", training.cost(), training.steps(), ours);
        }
        double[] history = new LogisticRegression()
                .setRegParam(0.01)
                .setStandardization(false)
                .setMaxIter(STEPS)
                .setTol(1e-12)
                .fit(table)
                .summary()
                .objectiveHistory();
        System.out.printf(
                "MLlib:     cost %.16f after %d steps; %s%n", history[history.length - 1], history.length - 1, theirs);
    }

    /** How long jobs take that a file of source code starts, and the processor time of their tasks. */
    private static final class PassTimes extends SparkListener {
        private final String file;
        private final Map<Integer, Long> starts = new HashMap<>();
        private final Map<Integer, Integer> jobs = new HashMap<>();
        private final List<Long> times = new ArrayList<>();
        private final Map<Integer, Long> processorTimes = new HashMap<>();

        PassTimes(String file) {
            this.file = file;
        }

        @Override
        public synchronized void onJobStart(SparkListenerJobStart job) {
            if (job.stageInfos().exists(stage -> stage.name().contains(file))) {
                starts.put(job.jobId(), job.time());
                job.stageInfos().foreach(stage -> jobs.put(stage.stageId(), job.jobId()));
            }
        }

        @Override
        public synchronized void onJobEnd(SparkListenerJobEnd job) {
            Long start = starts.remove(job.jobId());
            if (start != null) {
                times.add(job.time() - start);
            }
        }

        @Override
        public synchronized void onTaskEnd(SparkListenerTaskEnd task) {
            Integer job = jobs.get(task.stageId());
            if (job != null) {
                processorTimes.merge(job, task.taskMetrics().executorCpuTime() / 1_000_000, Long::sum);
            }
        }

        @Override
        public synchronized String toString() {
            return String.format(
                    "%d passes, median %d ms, of tasks on their processors %d ms",
                    times.size(), median(times), median(processorTimes.values()));
        }

        private static long median(Collection<Long> numbers) {
            return numbers.stream()
                    .sorted()
                    .skip(numbers.size() / 2)
                    .findFirst()
                    .orElse(0L);
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
