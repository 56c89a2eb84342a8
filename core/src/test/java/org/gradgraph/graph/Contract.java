package org.gradgraph.graph;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The contract table, and those rows of it that a property is about; one test for each property walks them. */
final class Contract {
    private Contract() {}

    static Stream<OperationRow> all() {
        return OperationRows.all().stream();
    }

    static Stream<OperationRow> differentiable() {
        return all().filter(row -> IntStream.range(0, row.arity()).anyMatch(row::hasGradient));
    }

    static Stream<OperationRow> gradientFree() {
        return all().filter(row -> IntStream.range(0, row.arity()).anyMatch(i -> !row.hasGradient(i)));
    }

    static Stream<OperationRow> withPoints() {
        return all().filter(row -> !row.points().isEmpty());
    }

    static Stream<OperationRow> withExamples() {
        return all().filter(row -> !row.examples().isEmpty());
    }

    static Stream<OperationRow> withReference() {
        return all().filter(row -> row.reference().isPresent());
    }

    static Stream<OperationRow> broadcasting() {
        return all().filter(Contract::broadcasts);
    }

    static Stream<OperationRow> aliasable() {
        return all().filter(OperationRow::aliasable);
    }

    private static boolean broadcasts(OperationRow row) {
        Op op = Sample.fixed(row).y.op().orElseThrow();
        return row.broadcasts() || (op instanceof Elementwise && row.arity() > 1 && !row.refusesBroadcast());
    }
}
