package org.gradgraph.examples.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The Java of the pages compiles as it is written there, and prints what is shown below it; see {@link Page}. */
class PageTest {
    static final char MARK = '\u0001';

    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> every_program_of_the_pages_prints_what_is_shown() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String name : List.of(
                "README.md", "docs/guide.md", "docs/training.md", "docs/gradient-checking.md", "docs/precision.md")) {
            Page page = new Page(name);
            assertThat(page.programs()).as(name).isNotEmpty();
            for (Page.Program program : page.programs()) {
                Path place = Files.createDirectories(folder.resolve("p" + tests.size()));
                tests.add(DynamicTest.dynamicTest(name + ": " + program.title, () -> check(program, place)));
            }
        }
        return tests.stream();
    }

    private static void check(Page.Program program, Path place) throws Exception {
        compile(program, place);
        String[] printed = run(place).split(String.valueOf(MARK), -1);
        List<String> texts = new ArrayList<>();
        for (String text : printed) {
            texts.add(withoutPlaces(text));
        }
        if (texts.get(texts.size() - 1).isEmpty()) {
            texts.remove(texts.size() - 1);
        }
        assertThat(texts)
                .as("what the blocks of \"%s\" print", program.title)
                .isEqualTo(program.printed.stream().map(PageTest::withoutPlaces).toList());
    }

    private static void compile(Page.Program program, Path place) throws IOException {
        Path source = place.resolve("App.java");
        Files.writeString(
                source,
                program.imports
                        + "public class App {\n    public static void main(String[] args) throws Exception {\n        try {\n"
                        + program.code
                        + "        } catch (IllegalArgumentException | IllegalStateException | ArithmeticException"
                        + " | AssertionError shown) {\n            System.out.println(shown.getMessage());\n        }\n"
                        + "    }\n}\n");
        StringWriter errors = new StringWriter();
        try (StandardJavaFileManager files = COMPILER.getStandardFileManager(null, Locale.ROOT, null)) {
            List<String> options =
                    List.of("-proc:none", "-d", place.toString(), "-classpath", System.getProperty("java.class.path"));
            boolean isRight = COMPILER.getTask(errors, files, null, options, null, files.getJavaFileObjects(source))
                    .call();
            assertThat(isRight).as("%s%n%s", errors, program.code).isTrue();
        }
    }

    private static String run(Path place) throws Exception {
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        URL[] classes = {place.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(classes, PageTest.class.getClassLoader())) {
            loader.loadClass("App").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(console);
        }
        return printed.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    /** Lines of the program, durations and the number of processors differ; everything else is compared. */
    private static String withoutPlaces(String text) {
        return text.replaceAll("App\\.java:\\d+", "App.java:N")
                .replaceAll("\\d+ ms", "N ms")
                .replaceAll("at most \\d+ threads?", "N threads");
    }
}
