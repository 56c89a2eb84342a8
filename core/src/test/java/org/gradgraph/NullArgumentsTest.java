package org.gradgraph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.check.GradientCheck;
import org.gradgraph.check.GradientReach;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.exec.Execution;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Rewriting;
import org.gradgraph.exec.Run;
import org.gradgraph.explain.Derivation;
import org.gradgraph.graph.Activations;
import org.gradgraph.graph.Arithmetic;
import org.gradgraph.graph.Comparisons;
import org.gradgraph.graph.Constants;
import org.gradgraph.graph.Convolutions;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Elementary;
import org.gradgraph.graph.Formula;
import org.gradgraph.graph.Geometry;
import org.gradgraph.graph.Geometry.Window;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Indexing;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.LinearAlgebra;
import org.gradgraph.graph.Losses;
import org.gradgraph.graph.Matrices;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.Over;
import org.gradgraph.graph.Primitive;
import org.gradgraph.graph.Provenance;
import org.gradgraph.graph.RandomNumbers;
import org.gradgraph.graph.Reductions;
import org.gradgraph.graph.Shape;
import org.gradgraph.graph.Sizes;
import org.gradgraph.graph.SourceLine;
import org.gradgraph.graph.Special;
import org.gradgraph.rewrite.Assumptions;
import org.gradgraph.rewrite.Assumptions.Fact;
import org.gradgraph.rewrite.Rewriter;
import org.gradgraph.rewrite.RuleSet;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Null for any one operand of any public method is refused with a sentence, never with a raw NullPointerException.
 *
 * <p>The methods are found by reflection, so a new one is tested without being listed.
 */
class NullArgumentsTest {
    private static final Node X = Node.parameter("x");

    /** Each type with an instance whose methods are called. */
    private static final Map<Class<?>, Supplier<Object>> TYPES = Map.ofEntries(
            Map.entry(Node.class, () -> X.times(2)),
            Map.entry(Activations.class, () -> "only static methods"),
            Map.entry(Arithmetic.class, () -> "only static methods"),
            Map.entry(Comparisons.class, () -> "only static methods"),
            Map.entry(Constants.class, () -> "only static methods"),
            Map.entry(Convolutions.class, () -> "only static methods"),
            Map.entry(Elementary.class, () -> "only static methods"),
            Map.entry(Indexing.class, () -> "only static methods"),
            Map.entry(Layout.class, () -> "only static methods"),
            Map.entry(LinearAlgebra.class, () -> "only static methods"),
            Map.entry(Losses.class, () -> "only static methods"),
            Map.entry(RandomNumbers.class, () -> "only static methods"),
            Map.entry(Reductions.class, () -> "only static methods"),
            Map.entry(Special.class, () -> "only static methods"),
            Map.entry(Graph.class, () -> Graph.of(X)),
            Map.entry(Dim.class, () -> Dim.named("m")),
            Map.entry(Shape.class, () -> Shape.of(Dim.named("m"), Dim.of(1))),
            Map.entry(Sizes.class, () -> Sizes.of(Map.of("m", 1))),
            Map.entry(Formula.class, () -> Formula.argument(0)),
            Map.entry(Formula.Code.class, () -> Formula.Code.of(Formula.constant(0))),
            Map.entry(Execution.class, Execution::standard),
            Map.entry(Matrices.class, () -> "only static methods"),
            Map.entry(Derivatives.class, () -> "only static methods"),
            Map.entry(Program.class, () -> Program.of(X.square())),
            Map.entry(Feeds.class, Feeds::none),
            Map.entry(Provenance.class, () -> "only static methods"),
            Map.entry(Provenance.Question.class, () -> new Provenance.Question(List.of(X), List.of(X), List.of(X))),
            Map.entry(Rewriter.class, Rewriter::new),
            Map.entry(Assumptions.class, Assumptions::none),
            Map.entry(GradientCheck.class, () -> GradientCheck.of(X.square()).at(Feeds.of(X, 1))),
            Map.entry(Window.class, () -> new Window(Dim.of(1), Dim.of(1), 1, 1, 1, 1, false)),
            Map.entry(Derivation.class, () -> Derivation.of(X.square())),
            Map.entry(GradientReach.class, () -> GradientReach.of(X.square())),
            Map.entry(
                    Run.class,
                    () -> Program.of(X)
                            .withGradients()
                            .newRun()
                            .set(X, 1)
                            .forward()
                            .backward()));

    /** A value for the other operands, by their type. */
    private static final Map<Class<?>, Object> SAMPLES = Map.ofEntries(
            Map.entry(Node.class, X),
            Map.entry(Node.Kind.class, Node.Kind.INPUT),
            Map.entry(Node[].class, new Node[] {X}),
            Map.entry(List.class, List.of(X)),
            Map.entry(Collection.class, List.of(X)),
            Map.entry(Map.class, Map.of("m", 1)),
            Map.entry(Op.class, Arithmetic.NEGATE),
            Map.entry(String.class, "m"),
            Map.entry(Shape.class, Shape.SCALAR),
            Map.entry(Dim.class, Dim.named("m")),
            Map.entry(Sizes.class, Sizes.of(Map.of("m", 1))),
            Map.entry(Formula.class, Formula.argument(0)),
            Map.entry(Formula[].class, new Formula[] {Formula.argument(0)}),
            Map.entry(Primitive.class, Primitive.EXP),
            Map.entry(Function.class, UnaryOperator.identity()),
            Map.entry(DMatrixRMaj.class, new DMatrixRMaj(new double[][] {{1}})),
            Map.entry(double[].class, new double[] {1}),
            Map.entry(double[][].class, new double[][] {{1}}),
            Map.entry(Feeds.class, Feeds.none()),
            Map.entry(Program.class, Program.of(X)),
            Map.entry(Provenance.Question.class, new Provenance.Question(List.of(X), List.of(X), List.of(X))),
            Map.entry(Run.Update.class, (Run.Update) (parameter, value, gradient) -> {}),
            Map.entry(Rewriting.class, Rewriting.OFF),
            Map.entry(RuleSet.class, RuleSet.exact()),
            Map.entry(Fact.class, Fact.POSITIVE),
            Map.entry(Assumptions.class, Assumptions.none()),
            Map.entry(UnaryOperator.class, UnaryOperator.identity()),
            Map.entry(BinaryOperator.class, (BinaryOperator<Object>) (first, second) -> second),
            Map.entry(Execution.class, Execution.standard()),
            Map.entry(Executor.class, (Executor) Runnable::run),
            Map.entry(Feeds[].class, new Feeds[] {Feeds.none()}),
            Map.entry(GradientCheck.ProgressListener.class, (GradientCheck.ProgressListener) (what, done, total) -> {}),
            Map.entry(int.class, 1),
            Map.entry(Optional.class, Optional.of("name")),
            Map.entry(SourceLine.class, SourceLine.UNKNOWN),
            Map.entry(long.class, 1L),
            Map.entry(int[].class, new int[] {0}),
            Map.entry(Geometry.class, new Geometry(1, 1, 1)),
            Map.entry(Window.class, new Window(Dim.of(1), Dim.of(1), 1, 1, 1, 1, false)),
            Map.entry(Over.class, Over.ALL),
            Map.entry(Convolutions.Padding.class, Convolutions.Padding.SAME),
            Map.entry(double.class, 1.0),
            Map.entry(boolean.class, false));

    @TestFactory
    Stream<DynamicTest> every_public_method_refuses_null() {
        return TYPES.keySet().stream().flatMap(NullArgumentsTest::executables).flatMap(NullArgumentsTest::tests);
    }

    @TestFactory
    Stream<DynamicTest> every_public_operation_refuses_null() {
        return new ClassFileImporter(List.of(new DoNotIncludeTests()))
                .importPackages("org.gradgraph.graph").stream()
                        .filter(type -> type.isAssignableTo(Op.class) && type.isRecord())
                        .map(JavaClass::reflect)
                        .flatMap(type -> Arrays.stream(type.getConstructors()))
                        .filter(constructor -> Modifier.isPublic(
                                constructor.getDeclaringClass().getModifiers()))
                        .sorted(Comparator.comparing(Executable::toGenericString))
                        .flatMap(NullArgumentsTest::tests);
    }

    private static Stream<Executable> executables(Class<?> type) {
        return Stream.concat(Arrays.stream(type.getDeclaredMethods()), Arrays.stream(type.getConstructors()))
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .filter(method -> !method.isSynthetic() && !method.getName().equals("equals"))
                .sorted(Comparator.comparing(Executable::toGenericString));
    }

    private static Stream<DynamicTest> tests(Executable method) {
        List<DynamicTest> tests = new ArrayList<>();
        Class<?>[] types = method.getParameterTypes();
        for (int i = 0; i < types.length; i++) {
            int place = i;
            if (!types[i].isPrimitive()) {
                tests.add(test(method, i, arguments -> arguments[place] = null, "null"));
            }
            if (types[i] == Node[].class) {
                tests.add(test(method, i, arguments -> arguments[place] = new Node[] {null}, "an array of null"));
            }
            if (types[i] == List.class || types[i] == Collection.class) {
                tests.add(test(
                        method, i, arguments -> arguments[place] = Arrays.asList((Object) null), "a list of null"));
            }
        }
        return tests.stream();
    }

    private interface Change {
        void to(Object[] arguments);
    }

    private static DynamicTest test(Executable method, int place, Change change, String what) {
        String name = method.getDeclaringClass().getSimpleName() + "." + method.getName()
                + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .toList()
                + " with " + what + " as argument " + (place + 1);
        return DynamicTest.dynamicTest(name, () -> {
            Object[] arguments = Arrays.stream(method.getParameterTypes())
                    .map(NullArgumentsTest::sample)
                    .toArray();
            change.to(arguments);
            Throwable thrown = catchThrowable(() -> call(method, arguments));
            assertThat(thrown)
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class)
                    .message()
                    .isNotBlank();
        });
    }

    private static Object sample(Class<?> type) {
        Object sample = SAMPLES.get(type);
        assertThat(sample).as("a sample of " + type + ", to be added above").isNotNull();
        return sample;
    }

    private static Object call(Executable method, Object[] arguments) throws Throwable {
        try {
            if (method instanceof Constructor<?> constructor) {
                return constructor.newInstance(arguments);
            }
            return ((Method) method)
                    .invoke(TYPES.get(method.getDeclaringClass()).get(), arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
