package org.gradgraph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.batch.TreeSum;
import org.gradgraph.check.GradientCheck;
import org.gradgraph.check.GradientReach;
import org.gradgraph.exec.BlockedProgram;
import org.gradgraph.exec.BlockedRun;
import org.gradgraph.exec.ExampleFile;
import org.gradgraph.exec.ExampleSource;
import org.gradgraph.exec.Execution;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.explain.Derivation;
import org.gradgraph.graph.Arithmetic;
import org.gradgraph.graph.Composite;
import org.gradgraph.graph.Constant;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Elementwise;
import org.gradgraph.graph.ExponentialSum;
import org.gradgraph.graph.Formula;
import org.gradgraph.graph.Geometry;
import org.gradgraph.graph.Geometry.Window;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Kernel;
import org.gradgraph.graph.LoopBody;
import org.gradgraph.graph.MatMul;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.Provenance;
import org.gradgraph.graph.Reduction;
import org.gradgraph.graph.Shape;
import org.gradgraph.graph.Sizes;
import org.gradgraph.graph.SourceLine;
import org.gradgraph.graph.View;
import org.gradgraph.optim.GradientOptimizer;
import org.gradgraph.optim.Objective;
import org.gradgraph.optim.Optimizer;
import org.gradgraph.optim.Optimizers;
import org.gradgraph.optim.Schedule;
import org.gradgraph.rewrite.Assumptions;
import org.gradgraph.rewrite.Rewriter;
import org.gradgraph.rewrite.RuleSet;
import org.gradgraph.scan.Scan;
import org.gradgraph.scan.ScanBuilder;
import org.gradgraph.scan.ScanStep;
import org.gradgraph.train.Checkpoint;
import org.gradgraph.train.EarlyStopping;
import org.gradgraph.train.Trainer;
import org.gradgraph.train.Training;
import org.gradgraph.train.TrainingStep;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Null for any one operand of any public method is refused with a sentence, never with a raw NullPointerException.
 *
 * <p>Types and methods are found in the class files, so a new one is tested without being listed; a type of which no sample
 * is known fails by name.
 */
class NullArgumentsTest {
    private static final Node X = Node.parameter("x");
    private static final Node Y = X.times(2);
    private static final Trainer TRAINER =
            Trainer.of(X.square()).initialValues(Feeds.of(X, 1)).steps(1);

    /**
     * Types with an instance: methods are called on it, and it is given for the arguments that are not null. Enums, arrays
     * and types with static methods only need no line here.
     */
    private static final Map<Class<?>, Supplier<Object>> SAMPLES = Map.ofEntries(
            Map.entry(Node.class, () -> Y),
            Map.entry(Graph.class, () -> Graph.of(X)),
            Map.entry(Dim.class, () -> Dim.named("m")),
            Map.entry(Shape.class, () -> Shape.of(Dim.named("m"), Dim.of(1))),
            Map.entry(Sizes.class, () -> Sizes.of(Map.of("m", 1))),
            Map.entry(Formula.class, () -> Formula.argument(0)),
            Map.entry(Formula.Code.class, () -> Formula.Code.of(Formula.constant(0))),
            Map.entry(Execution.class, Execution::standard),
            Map.entry(Program.class, () -> Program.of(X.square())),
            Map.entry(Feeds.class, () -> Feeds.of(X, 1)),
            Map.entry(Provenance.Question.class, () -> new Provenance.Question(List.of(X), List.of(X), List.of(X))),
            Map.entry(Class.class, () -> Constant.class),
            Map.entry(Rewriter.class, Rewriter::new),
            Map.entry(RuleSet.class, RuleSet::exact),
            Map.entry(Assumptions.class, Assumptions::none),
            Map.entry(GradientCheck.class, () -> GradientCheck.of(X.square()).at(Feeds.of(X, 1))),
            Map.entry(Window.class, () -> new Window(Dim.of(1), Dim.of(1), 1, 1, 1, 1, false)),
            Map.entry(Geometry.class, () -> new Geometry(1, 1, 1)),
            Map.entry(Derivation.class, () -> Derivation.of(X.square())),
            Map.entry(GradientReach.class, () -> GradientReach.of(X.square())),
            Map.entry(
                    Run.class,
                    () -> Program.of(Y)
                            .withGradients(Y)
                            .newRun()
                            .set(X, 1)
                            .forward()
                            .backward()),
            Map.entry(
                    ExponentialSum.class, () -> new ExponentialSum(1, List.of(new ExponentialSum.Term(1, List.of(1))))),
            Map.entry(LoopBody.class, NullArgumentsTest::loopBody),
            Map.entry(ScanBuilder.class, () -> Scan.over(X).state("state", X)),
            Map.entry(
                    Scan.class, () -> Scan.over(X).step(s -> s.output(s.input().square()))),
            Map.entry(ScanStep.class, NullArgumentsTest::scanStep),
            Map.entry(BlockedProgram.class, () -> Program.of(blocked()).inBlocks(Dim.named("m"))),
            Map.entry(
                    BlockedRun.class,
                    () -> Program.of(blocked()).inBlocks(Dim.named("m")).newRun()),
            Map.entry(BlockedRun.Progress.class, () -> (BlockedRun.Progress) (done, of) -> {}),
            Map.entry(ExampleFile.class, NullArgumentsTest::exampleFile),
            Map.entry(ExampleSource.class, NullArgumentsTest::exampleFile),
            Map.entry(TreeSum.class, () -> new TreeSum(1)),
            Map.entry(TreeSum.Partial.class, () -> new TreeSum.Partial(0, 1, new double[1])),
            Map.entry(List.class, () -> List.of(X)),
            Map.entry(Collection.class, () -> List.of(X)),
            Map.entry(Map.class, () -> Map.of("m", 1)),
            Map.entry(Op.class, () -> Arithmetic.NEGATE),
            Map.entry(String.class, () -> "m"),
            Map.entry(Function.class, UnaryOperator::identity),
            Map.entry(UnaryOperator.class, UnaryOperator::identity),
            Map.entry(BinaryOperator.class, () -> (BinaryOperator<Object>) (first, second) -> second),
            Map.entry(DMatrixRMaj.class, () -> new DMatrixRMaj(new double[][] {{1}})),
            Map.entry(Run.Update.class, () -> (Run.Update) (parameter, value, gradient) -> {}),
            Map.entry(Executor.class, () -> (Executor) Runnable::run),
            Map.entry(GradientCheck.ProgressListener.class, () ->
                    (GradientCheck.ProgressListener) (what, done, total) -> {}),
            Map.entry(Optional.class, () -> Optional.of("name")),
            Map.entry(SourceLine.class, () -> SourceLine.UNKNOWN),
            Map.entry(Constant.class, () -> Node.constant(1).op().orElseThrow()),
            Map.entry(Checkpoint.class, () -> TRAINER.train().checkpoint()),
            Map.entry(EarlyStopping.class, () -> EarlyStopping.on(Feeds.none())),
            Map.entry(GradientOptimizer.class, () -> Optimizers.adam(0.1)),
            Map.entry(Objective.class, () -> Objective.of(X.square(), Feeds.none(), Feeds.of(X, 1))),
            Map.entry(Optimizer.class, () -> Optimizers.adam(0.1)),
            Map.entry(Optimizer.Problem.class, NullArgumentsTest::problem),
            Map.entry(Optimizer.Session.class, () -> (Optimizer.Session) step -> 0),
            Map.entry(Schedule.class, () -> Schedule.constant(0.1)),
            Map.entry(Trainer.class, () -> TRAINER),
            Map.entry(Training.class, TRAINER::train),
            Map.entry(TrainingStep.class, NullArgumentsTest::trainingStep),
            Map.entry(Path.class, () -> Path.of("missing.npz")),
            Map.entry(Duration.class, () -> Duration.ZERO),
            Map.entry(Consumer.class, () -> (Consumer<Object>) something -> {}),
            Map.entry(Predicate.class, () -> (Predicate<Object>) something -> true),
            Map.entry(Object.class, Object::new),
            Map.entry(byte.class, () -> (byte) 1),
            Map.entry(int.class, () -> 1),
            Map.entry(long.class, () -> 1L),
            Map.entry(double.class, () -> 0.5),
            Map.entry(boolean.class, () -> false));

    private static Node blocked() {
        return X.times(Node.input("examples", 1, Dim.named("m"))).sum();
    }

    private static ExampleFile exampleFile() {
        try {
            Path file = Files.createTempFile("examples", "");
            file.toFile().deleteOnExit();
            Files.write(file, new byte[Double.BYTES]);
            return ExampleFile.ofRows(file, Dim.named("m"), Node.input("x", 1, Dim.named("m")));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Optimizer.Problem problem() {
        List<Optimizer.Problem> seen = new ArrayList<>();
        Optimizer optimizer = problem -> {
            seen.add(problem);
            return step -> 0;
        };
        TRAINER.optimizer(optimizer).train();
        return seen.get(0);
    }

    private static TrainingStep trainingStep() {
        List<TrainingStep> seen = new ArrayList<>();
        TRAINER.listen(seen::add).train();
        return seen.get(0);
    }

    /** Interfaces whose methods only the library calls; it passes nodes and buffers, never null. */
    private static final List<Class<?>> CALLED_BY_THE_LIBRARY = List.of(
            ExampleSource.class,
            Op.class,
            Elementwise.class,
            Reduction.class,
            MatMul.class,
            View.class,
            Composite.class,
            Kernel.class);

    /** Packages that are not API, see docs/adr/0012. */
    private static final List<String> INTERNAL = List.of(
            "org.gradgraph.numeric",
            "org.gradgraph.exec.kernel",
            "org.gradgraph.exec.plan",
            "org.gradgraph.exec.thread",
            "org.gradgraph.optim.problem",
            "org.gradgraph.optim.solve");

    @TestFactory
    Stream<DynamicTest> every_public_method_and_constructor_refuses_null() {
        return executables().flatMap(NullArgumentsTest::tests);
    }

    @Test
    void every_type_has_a_sample() {
        Set<String> missing = new TreeSet<>();
        executables().forEach(method -> {
            Stream<Class<?>> types = Arrays.stream(method.getParameterTypes());
            boolean onInstance = method instanceof Method && !Modifier.isStatic(method.getModifiers());
            Stream.concat(types, onInstance ? Stream.of(method.getDeclaringClass()) : Stream.empty())
                    .filter(type -> sample(type).isEmpty())
                    .forEach(type -> missing.add(type.getName()));
        });
        assertThat(missing).as("types to be added to SAMPLES").isEmpty();
    }

    private static LoopBody loopBody() {
        Node slice = Node.input("x");
        return new LoopBody(
                List.of(slice), List.of(), List.of(), List.of(slice), List.of(), List.of(), Dim.of(2), false);
    }

    private static ScanStep scanStep() {
        List<ScanStep> seen = new ArrayList<>();
        var unused = Scan.over(X).state("state", X).step(s -> {
            seen.add(s);
            return s.next("state", s.input());
        });
        return seen.get(0);
    }

    /** All that users can call with an argument that can be null. */
    private static Stream<Executable> executables() {
        List<Class<?>> types = new ArrayList<>();
        new ClassFileImporter(List.of(new DoNotIncludeTests()))
                .importPackages("org.gradgraph").stream()
                        .filter(type -> INTERNAL.stream().noneMatch(type.getPackageName()::startsWith))
                        .map(JavaClass::reflect)
                        .filter(NullArgumentsTest::isVisible)
                        .sorted(Comparator.comparing(Class::getName))
                        .forEach(types::add);
        assertThat(types).as("found in the class files").hasSizeGreaterThan(50);
        return types.stream().flatMap(NullArgumentsTest::executables);
    }

    private static boolean isVisible(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && (type.getEnclosingClass() == null || isVisible(type.getEnclosingClass()));
    }

    private static Stream<Executable> executables(Class<?> type) {
        return Stream.concat(Arrays.stream(type.getDeclaredMethods()), Arrays.stream(type.getConstructors()))
                .filter(method ->
                        Modifier.isPublic(method.getModifiers()) && !Modifier.isAbstract(method.getModifiers()))
                .filter(method -> !method.isSynthetic() && !method.getName().equals("equals"))
                .filter(method -> !(type.isEnum() && method.getName().equals("valueOf")))
                .filter(method -> CALLED_BY_THE_LIBRARY.stream().noneMatch(caller -> declares(caller, method)))
                .filter(method ->
                        IntStream.range(0, method.getParameterCount()).anyMatch(place -> mustBeGiven(method, place)))
                .sorted(Comparator.comparing(Executable::toGenericString));
    }

    private static boolean declares(Class<?> type, Executable method) {
        return method instanceof Method
                && type.isAssignableFrom(method.getDeclaringClass())
                && Arrays.stream(type.getDeclaredMethods())
                        .anyMatch(each -> each.getName().equals(method.getName())
                                && Arrays.equals(each.getParameterTypes(), method.getParameterTypes()));
    }

    private static boolean mustBeGiven(Executable method, int place) {
        return !method.getParameterTypes()[place].isPrimitive()
                && !method.getAnnotatedParameterTypes()[place].isAnnotationPresent(Nullable.class);
    }

    private static Stream<DynamicTest> tests(Executable method) {
        List<DynamicTest> tests = new ArrayList<>();
        Class<?>[] types = method.getParameterTypes();
        for (int i = 0; i < types.length; i++) {
            int place = i;
            if (mustBeGiven(method, i)) {
                tests.add(test(method, i, arguments -> arguments[place] = null, "null"));
            }
            if (types[i].isArray() && !types[i].getComponentType().isPrimitive()) {
                Object ofNull = Array.newInstance(types[i].getComponentType(), 1);
                tests.add(test(method, i, arguments -> arguments[place] = ofNull, "an array of null"));
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
                    .map(type -> sample(type).orElseThrow())
                    .toArray();
            change.to(arguments);
            Throwable thrown = catchThrowable(() -> call(method, arguments));
            assertThat(thrown)
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class)
                    .message()
                    .containsPattern("\\S.* null; give ")
                    .containsPattern(named(method) ? "\\b" + called(method) + "\\b" : "");
        });
    }

    /** Packages whose messages begin with the method; in the others many begin with the role of the argument. */
    private static boolean named(Executable method) {
        return Set.of("org.gradgraph.io", "org.gradgraph.optim", "org.gradgraph.train")
                .contains(method.getDeclaringClass().getPackageName());
    }

    /** What a user has written: the name of the method, or that of the type for a constructor. */
    private static String called(Executable method) {
        return method instanceof Method
                ? method.getName()
                : method.getDeclaringClass().getSimpleName();
    }

    private static Optional<Object> sample(Class<?> type) {
        if (SAMPLES.containsKey(type)) {
            return Optional.of(SAMPLES.get(type).get());
        }
        if (type.isEnum()) {
            return Optional.of(type.getEnumConstants()[0]);
        }
        if (type.isArray()) {
            return sample(type.getComponentType()).map(element -> {
                Object array = Array.newInstance(type.getComponentType(), 1);
                Array.set(array, 0, element);
                return array;
            });
        }
        return Optional.empty();
    }

    private static Object call(Executable method, Object[] arguments) throws Throwable {
        try {
            if (method instanceof Constructor<?> constructor) {
                return constructor.newInstance(arguments);
            }
            boolean isStatic = Modifier.isStatic(method.getModifiers());
            Object target = isStatic ? null : sample(method.getDeclaringClass()).orElseThrow();
            return ((Method) method).invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
