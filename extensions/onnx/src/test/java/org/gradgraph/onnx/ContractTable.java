package org.gradgraph.onnx;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Sizes;

/** The contract table of core, whose classes are those of its tests: every operation with operands, values and gradients. */
final class ContractTable {
    private ContractTable() {}

    /**
     * One row.
     *
     * @param name the row
     * @param method the method of the vocabulary
     * @param y what it makes
     * @param gradients the cotangents of the operands, given one of y
     * @param values of all leaves
     */
    record Row(String name, String method, Node y, List<Node> gradients, Map<Node, DMatrixRMaj> values) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Row> rows() {
        return rows("fixed");
    }

    static List<Row> symbolicRows() {
        return rows("symbolic");
    }

    private static List<Row> rows(String kind) {
        List<Row> rows = new ArrayList<>();
        for (Object row : (Collection<?>) call("OperationRows", "all", null)) {
            rows.add(row(kind, row));
        }
        return rows;
    }

    private static Row row(String kind, Object row) {
        Object sample = call("Sample", kind, null, row);
        Node y = (Node) field(sample, "y");
        List<Node> gradients = new ArrayList<>();
        try {
            for (Object gradient : (Collection<?>) call("Sample", "gradients", sample)) {
                gradients.add((Node) gradient);
            }
        } catch (IllegalStateException withoutGradient) {
            gradients.clear();
        }
        Map<Node, DMatrixRMaj> values = new java.util.LinkedHashMap<>();
        ((Map<?, ?>) call("Sample", "values", sample, 1L, sizes()))
                .forEach((node, value) -> values.put((Node) node, (DMatrixRMaj) value));
        return new Row(row.toString(), (String) call("OperationRow", "method", row), y, gradients, values);
    }

    static Sizes sizes() {
        return Sizes.of(Map.of("m", 2, "n", 3, "k", 4));
    }

    /** Every class of an operation of the library. */
    static List<Class<?>> operations() {
        List<Class<?>> operations = new ArrayList<>();
        ((Collection<?>) call("OperationRows", "operations", null)).forEach(type -> operations.add((Class<?>) type));
        return operations;
    }

    private static Object field(Object owner, String name) {
        try {
            Field field = owner.getClass().getDeclaredField(name);
            field.setAccessible(true);
            return field.get(owner);
        } catch (ReflectiveOperationException changed) {
            throw new IllegalStateException("the tests of core have changed", changed);
        }
    }

    private static Object call(String type, String name, Object owner, Object... arguments) {
        try {
            for (Method method : Class.forName("org.gradgraph.graph." + type).getDeclaredMethods()) {
                if (method.getName().equals(name) && method.getParameterCount() == arguments.length) {
                    method.setAccessible(true);
                    return method.invoke(owner, arguments);
                }
            }
            throw new IllegalStateException("the tests of core have no " + type + "." + name);
        } catch (InvocationTargetException thrown) {
            throw new IllegalStateException(thrown.getCause());
        } catch (ReflectiveOperationException changed) {
            throw new IllegalStateException("the tests of core have changed", changed);
        }
    }
}
