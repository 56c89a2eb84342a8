package org.gradgraph.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.gradgraph.graph.Arithmetic;
import org.gradgraph.graph.Constants;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Formula;
import org.gradgraph.graph.Kernel;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.Primitive;
import org.gradgraph.graph.Shape;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The contract runs on right operations and on broken ones, as JUnit runs it for a user. */
class OperationContractTest {
    private static final String SHAPES =
            "the shape rule gives a shape, and refuses a wrong number of operands with a ShapeException";
    private static final String OVERWRITES =
            "the kernel writes every element, keeps its operands, and gives the same bits again";
    private static final String LONGER = "operands in arrays that are longer than the matrix give the same";
    private static final String NAN = "NaN propagates";
    private static final String FIRST = "the vjp agrees with differences";
    private static final String SECOND = "the derivative of the vjp agrees with differences";
    private static final String ALIASING = "operands that are one node get the sum of both derivatives";
    private static final String BROADCASTS = "operands that are broadcast get a gradient of their own shape";

    private static final Formula X = Formula.argument(0);
    private static final Formula Y = Formula.argument(1);

    /** A user's own operation. */
    record Cube() implements org.gradgraph.graph.Elementwise {
        @Override
        public String name() {
            return "cube";
        }

        @Override
        public Formula formula() {
            return X.times(X).times(X);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(dy.times(inputs.get(0).square().times(3)));
        }
    }

    private static Op product(String name, TestOps.Rule rule) {
        return new TestOps.Pointwise(name, X.times(Y), rule);
    }

    private static Op looped(TestOps.Loop kernel) {
        return new TestOps.Looped("twice", 1, kernel, (in, dy) -> List.of(dy.times(2)));
    }

    /** What a user writes; run by the tests below, not by the build. */
    static class Written {
        @OperationContract
        void cube(OperationUnderTest test) {
            test.check(new Cube(), Shape.of(3, 4));
        }

        @OperationContract
        void logarithm(OperationUnderTest test) {
            Op log = new TestOps.Pointwise("ln", X.log(), (in, dy) -> List.of(dy.dividedBy(in.get(0))));
            test.within(0.1, 5).check(log, Shape.of(2, 3));
        }

        @OperationContract
        void rightProduct(OperationUnderTest test) {
            Op times = product("right", (in, dy) -> List.of(dy.times(in.get(1)), dy.times(in.get(0))));
            test.check(times, Shape.of(3, 2), Shape.of(3, 2));
        }

        @OperationContract
        void rightLoop(OperationUnderTest test) {
            Op twice = looped((in, out) -> {
                for (int i = 0; i < out.getNumElements(); i++) {
                    out.data[i] = 2 * in.get(0).data[i];
                }
            });
            test.check(twice, Shape.of(3, 2));
        }

        @OperationContract
        void acceptsAnyNumber(OperationUnderTest test) {
            test.check(
                    new Kernel() {
                        @Override
                        public String name() {
                            return "careless";
                        }

                        @Override
                        public Shape shape(List<Shape> inputs) {
                            return inputs.get(0);
                        }

                        @Override
                        public void forward(List<org.ejml.data.DMatrixRMaj> inputs, org.ejml.data.DMatrixRMaj out) {
                            out.setTo(inputs.get(0));
                        }

                        @Override
                        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
                            return List.of(dy);
                        }
                    },
                    Shape.of(2, 2));
        }

        @OperationContract
        void leavesAnElement(OperationUnderTest test) {
            Op lazy = looped((in, out) -> {
                for (int i = 1; i < out.getNumElements(); i++) {
                    out.data[i] = 2 * in.get(0).data[i];
                }
            });
            test.check(lazy, Shape.of(3, 2));
        }

        @OperationContract
        void changesItsOperand(OperationUnderTest test) {
            Op rude = looped((in, out) -> {
                for (int i = 0; i < out.getNumElements(); i++) {
                    out.data[i] = 2 * in.get(0).data[i];
                }
                in.get(0).data[0] = 0;
            });
            test.check(rude, Shape.of(3, 2));
        }

        @OperationContract
        void believesTheArray(OperationUnderTest test) {
            Op trusting = looped((in, out) -> {
                int last = in.get(0).data.length - 1;
                for (int i = 0; i < out.getNumElements(); i++) {
                    out.data[i] = i == out.getNumElements() - 1 ? 2 * in.get(0).data[last] : 2 * in.get(0).data[i];
                }
            });
            test.check(trusting, Shape.of(3, 2));
        }

        @OperationContract
        void swallowsNaN(OperationUnderTest test) {
            Op quiet = new TestOps.Pointwise(
                    "quiet",
                    Formula.select(Formula.of(Primitive.EQUAL, X, X), X, Formula.constant(0)),
                    (in, dy) -> List.of(dy));
            test.check(quiet, Shape.of(3, 2));
        }

        @OperationContract
        void wrongSlope(OperationUnderTest test) {
            Op wrong = new TestOps.Pointwise(
                    "wrongCube",
                    X.times(X).times(X),
                    (in, dy) -> List.of(dy.times(in.get(0).square().times(2))));
            test.check(wrong, Shape.of(3, 2));
        }

        @OperationContract
        void wrongOnlyInSecondOrder(OperationUnderTest test) {
            Op frozen = new TestOps.Pointwise(
                    "frozen",
                    X.times(X).times(X),
                    (in, dy) -> List.of(
                            dy.times(Arithmetic.stopGradient(in.get(0).square().times(3)))));
            test.check(frozen, Shape.of(3, 2));
        }

        @OperationContract
        void wrongForOneNodeTwice(OperationUnderTest test) {
            Op alias = product(
                    "aliased",
                    (in, dy) -> in.get(0).name().equals(in.get(1).name())
                            ? List.of(dy.times(in.get(0)), Constants.zeros(dy.shape()))
                            : List.of(dy.times(in.get(1)), dy.times(in.get(0))));
            test.check(alias, Shape.of(3, 2), Shape.of(3, 2));
        }

        @OperationContract
        void wrongForABroadcastOperand(OperationUnderTest test) {
            Op narrow = product(
                    "narrow",
                    (in, dy) -> List.of(
                            dy.times(in.get(1)),
                            in.get(1).op().isPresent() ? dy.times(in.get(0)).times(0.5) : dy.times(in.get(0))));
            test.check(narrow, Shape.of(3, 2), Shape.of(3, 2));
        }

        @OperationContract
        void checksNothing(OperationUnderTest test) {}

        @OperationContract
        void takesAnotherParameter(String test) {}
    }

    /** The properties by name, each with its failure, or empty. */
    private static Map<String, String> run(String method) {
        Class<?> parameter = method.equals("takesAnotherParameter") ? String.class : OperationUnderTest.class;
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectMethod(Written.class, method, parameter.getName()))
                .build();
        Map<String, String> results = new LinkedHashMap<>();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest()) {
                    results.put(
                            test.getDisplayName(),
                            result.getThrowable().map(Throwable::getMessage).orElse(""));
                }
            }
        });
        return results;
    }

    private static void assertRed(String method, String message, String... properties) {
        Map<String, String> results = run(method);

        assertThat(results).hasSize(Property.values().length);
        results.forEach((property, failure) -> {
            if (Arrays.asList(properties).contains(property)) {
                assertThat(failure).as(property).contains(message);
            } else {
                assertThat(failure).as(property).isEmpty();
            }
        });
    }

    @Test
    void right_operations_pass_every_property_in_this_order() {
        for (String method : List.of("cube", "logarithm", "rightProduct", "rightLoop")) {
            Map<String, String> results = run(method);

            assertThat(results.keySet())
                    .containsExactly(SHAPES, OVERWRITES, LONGER, NAN, FIRST, SECOND, ALIASING, BROADCASTS);
            assertThat(results.values()).as(method).allMatch(String::isEmpty);
        }
    }

    @TestFactory
    Stream<DynamicTest> each_fault_turns_its_property_red_and_says_why() {
        return Stream.of(
                red("acceptsAnyNumber", "one operand too many is accepted; throw a ShapeException", SHAPES),
                red("swallowsNaN", "operand 1 is all NaN, but the result has no NaN", NAN),
                red("believesTheArray", "ask getNumElements()", LONGER),
                red("wrongSlope", "operation `wrongCube`", FIRST, SECOND, ALIASING, BROADCASTS),
                red("wrongOnlyInSecondOrder", "in the gradient of `frozen`", SECOND, ALIASING),
                red("wrongForOneNodeTwice", "operation `aliased`", FIRST, SECOND, ALIASING, BROADCASTS),
                red("wrongForABroadcastOperand", "are summed incorrectly", BROADCASTS));
    }

    private static DynamicTest red(String method, String message, String... properties) {
        return DynamicTest.dynamicTest(method, () -> assertRed(method, message, properties));
    }

    /** Its other properties depend on what the buffers held before. */
    @Test
    void a_kernel_that_leaves_an_element_is_found() {
        assertThat(run("leavesAnElement").get(OVERWRITES))
                .isEqualTo("the result depends on what was in its buffer, or on a state");
    }

    @Test
    void a_kernel_that_changes_its_operand_is_found() {
        assertThat(run("changesItsOperand").get(OVERWRITES)).isEqualTo("the kernel has changed operand 1");
    }

    @Test
    void a_test_that_checks_nothing_is_red() {
        assertThat(run("checksNothing").values())
                .hasSize(Property.values().length)
                .allMatch("this test has checked nothing; call check(operation, shapes) in it"::equals);
    }

    @Test
    void another_parameter_is_refused_by_junit_in_words() {
        assertThat(run("takesAnotherParameter").values())
                .allMatch(message -> message.contains("No ParameterResolver registered for parameter"));
    }

    @Test
    void bad_arguments_are_told_in_words() {
        OperationUnderTest test = new OperationUnderTest(Property.SHAPES);
        assertThatThrownBy(() -> test.check(null, Shape.SCALAR))
                .hasMessage("check: the operation is null; give a value");
        assertThatThrownBy(() -> test.check(new Cube())).hasMessage("check: no shape; give one for each operand");
        assertThatThrownBy(() -> test.check(new Cube(), (Shape) null)).hasMessageContaining("a shape is null");
        assertThatThrownBy(() -> test.check(new Cube(), Shape.of(Dim.named("m"), Dim.of(1))))
                .hasMessage("check: the shape m×1 is not fixed; give it numbers");
        assertThatThrownBy(() -> test.within(2, 1)).hasMessageContaining("give two numbers, the smaller first");
        assertThatThrownBy(() -> test.within(Double.NaN, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
