package org.gradgraph.onnx;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Program;
import org.gradgraph.graph.Node;

/** The cases of the oracle, built by the tests of core. */
final class Oracle {
    private Oracle() {}

    /**
     * One case.
     *
     * @param id its name
     * @param program the cost, with gradients
     * @param values of all leaves
     */
    record Case(String id, Program program, Map<Node, DMatrixRMaj> values) {}

    static List<Case> cases() {
        try {
            List<Case> cases = new ArrayList<>();
            Class<?> type = Class.forName("org.gradgraph.oracle.OracleCase");
            Class<?> runner = Class.forName("org.gradgraph.oracle.OracleRunner");
            Constructor<?> constructor = runner.getDeclaredConstructor(type);
            constructor.setAccessible(true);
            for (Object test :
                    (Collection<?>) accessible(type.getDeclaredMethod("all")).invoke(null)) {
                cases.add(of(test, constructor.newInstance(test)));
            }
            return cases;
        } catch (ReflectiveOperationException changed) {
            throw new IllegalStateException("the tests of core have changed", changed);
        }
    }

    private static Case of(Object test, Object runner) throws ReflectiveOperationException {
        List<Node> wrt = new ArrayList<>();
        ((Collection<?>) field(runner, "wrt")).forEach(node -> wrt.add((Node) node));
        Map<Node, DMatrixRMaj> values = new LinkedHashMap<>();
        Map<?, ?> names = (Map<?, ?>) field(runner, "names");
        ((Map<?, ?>) field(test, "inputs"))
                .forEach((name, value) -> values.put((Node) names.get(name), (DMatrixRMaj) value));
        Program program = Program.of((Node) field(runner, "cost"));
        return new Case(test.toString(), wrt.isEmpty() ? program : program.withGradients(wrt), values);
    }

    private static Object field(Object owner, String name) throws ReflectiveOperationException {
        Field field = owner.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(owner);
    }

    private static Method accessible(Method method) {
        method.setAccessible(true);
        return method;
    }
}
