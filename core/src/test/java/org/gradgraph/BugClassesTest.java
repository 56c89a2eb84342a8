package org.gradgraph;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.OnlyIncludeTests;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * The ways in which other derivative systems broke, and that each has a test here that says so in its name.
 *
 * <p>A test that guards against one is called {@code bug class 3: …} by its display name, and stands beside what it tests.
 */
class BugClassesTest {
    private static final Pattern NAME = Pattern.compile("bug class (\\d+): .+");

    /** Found once: the class files of all tests are read for it. */
    private static final Map<Integer, Integer> GUARDED = guarded();

    private static Map<Integer, Integer> guarded() {
        Map<Integer, Integer> tests = new TreeMap<>();
        new ClassFileImporter(List.of(new OnlyIncludeTests()))
                .importPackages("org.gradgraph").stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.isAnnotatedWith(DisplayName.class))
                        .map(method -> method.reflect())
                        .filter(method -> AnnotationSupport.isAnnotated(method, Testable.class))
                        .map(method -> NAME.matcher(
                                method.getAnnotation(DisplayName.class).value()))
                        .filter(Matcher::matches)
                        .forEach(name -> tests.merge(Integer.valueOf(name.group(1)), 1, Integer::sum));
        return tests;
    }

    @ParameterizedTest(name = "bug class {0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    1 | the gradient of a broadcast operand is not summed back
                    2 | the same node twice in one operation
                    3 | arms of a diamond are counted twice or in the wrong order
                    4 | recursion on the depth of the graph
                    5 | a value that backward needs is overwritten
                    6 | a matrix that goes in or out shares memory
                    7 | stale values after a new feed
                    8 | gradients accumulate over backward passes
                    9 | powers, roots and norms at 0
                    10 | ties give a gradient outside the subdifferential
                    11 | a stable formula is wrong at its own switch
                    12 | saturated losses
                    13 | softmax and logSumExp overflow
                    14 | 0·NaN through a choice or a mask
                    15 | NaN is swallowed
                    16 | nested differentiation confuses its variables
                    17 | rows·columns overflow int
                    19 | a gradient is missing, and that is found only when it is run
                    22 | the order depends on hashing
                    25 | huge graphs
                    """)
    void has_a_test_that_is_named_after_it(int bug, String what) {
        assertThat(GUARDED).as("tests against bug class " + bug + ": " + what).containsKey(bug);
    }
}
