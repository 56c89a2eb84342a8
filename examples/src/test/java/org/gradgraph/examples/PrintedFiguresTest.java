package org.gradgraph.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What the commands print is what the notes of the course print. */
class PrintedFiguresTest {
    /** Numbers that do not belong to a name such as w1. */
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.])-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");

    /** The notes print all 16 digits of some numbers; the last one is rounding. */
    private static final double ROUNDING = 1e-15;

    private static final Path CATS =
            Path.of("").toAbsolutePath().getParent().resolveSibling("shared").resolve("data/cats");

    private record Figures(String what, String numbers) {}

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> every_figure_of_the_notes_is_printed() throws IOException {
        Map<String, List<Figures>> byCommand = new LinkedHashMap<>();
        for (String line : resource().lines().toList()) {
            String[] cells = line.split("\\|", -1);
            if (cells.length == 3 && !line.startsWith("#")) {
                byCommand
                        .computeIfAbsent(cells[0].strip(), key -> new ArrayList<>())
                        .add(new Figures(cells[1].strip(), cells[2].strip()));
            }
        }
        assertThat(byCommand).hasSize(9);
        return byCommand.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> check(entry.getKey(), entry.getValue())));
    }

    private static String resource() throws IOException {
        try (var in = PrintedFiguresTest.class.getResourceAsStream("course-figures.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void check(String command, List<Figures> figures) {
        assumeTrue(!command.equals("cats") || Files.isDirectory(CATS), "the pictures are not part of the project");
        double[] printed = NUMBER.matcher(run(command).replace('−', '-').replace('×', ' '))
                .results()
                .mapToDouble(found -> Double.parseDouble(found.group()))
                .toArray();
        for (Figures expected : figures) {
            BigDecimal[] numbers = Arrays.stream(expected.numbers().split(" +", -1))
                    .map(BigDecimal::new)
                    .toArray(BigDecimal[]::new);
            assertThat(IntStream.rangeClosed(0, printed.length - numbers.length)
                            .anyMatch(start -> IntStream.range(0, numbers.length)
                                    .allMatch(i -> rounds(printed[start + i], numbers[i]))))
                    .as("%s: %s in %s", expected.what(), expected.numbers(), Arrays.toString(printed))
                    .isTrue();
        }
    }

    private static boolean rounds(double printed, BigDecimal figure) {
        double half = Math.scalb(figure.ulp().doubleValue(), -1);
        double value = figure.doubleValue();
        return Math.abs(printed - value) <= Math.max(half, ROUNDING * Math.abs(value));
    }

    private String run(String command) {
        List<String> args = new ArrayList<>(List.of(command));
        switch (command) {
            case "cats" -> args.addAll(List.of("--data", CATS.toString(), "--out", folder.toString()));
            case "shallow-network" -> args.addAll(List.of("--sizes", "1", "--out", folder.toString()));
            case "computation-graph", "slopes", "edges" -> args.addAll(List.of("--out", folder.toString()));
            default -> {}
        }
        Session session = Session.run(args.toArray(String[]::new));
        assertThat(session.err()).isEmpty();
        assertThat(session.exitCode()).isZero();
        return session.out();
    }
}
