package org.gradgraph.spark;

import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;

/** An output of a model as a function of a row. */
final class Prediction implements UDF1<Row, Object> {
    private static final long serialVersionUID = 1;
    private final Broadcast<Replica> replica;
    private final String output;
    private final double[] point;

    Prediction(Broadcast<Replica> replica, String output, double[] point) {
        this.replica = replica;
        this.output = output;
        this.point = point;
    }

    @Override
    public Object call(Row row) {
        double[] numbers = replica.value().output(output).predict(point, row);
        return numbers.length == 1 ? numbers[0] : Vectors.dense(numbers);
    }
}
