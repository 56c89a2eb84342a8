package org.gradgraph.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is bad is told in one line, with exit code 2, and leaves nothing behind. */
class BadInputTest {
    @TempDir
    Path folder;

    private Path out() {
        return folder.resolve("out");
    }

    private Session trainOn(Path data, String... more) {
        List<String> args = Stream.concat(
                        Stream.of("--data", data.toString(), "--out", out().toString()), Stream.of(more))
                .toList();
        return Session.run(args.toArray(String[]::new));
    }

    private void assertRefused(Session session, String message) {
        assertThat(session.err()).isEqualTo("error: " + message + "\n");
        assertThat(session.exitCode()).isEqualTo(2);
        assertThat(out()).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''               | : the file is empty",
                "'x,y\n'          | , line 2, column 1: there is only a header, no row of numbers",
                "'1,2,0\n3,1\n'   | , line 2, column 3: the row has 2 columns, line 1 has 3",
                "'1,2,0\n3,4,2\n' | , line 2, column 3: the label \"2\" is neither 0 nor 1",
                "'1,2,0\n3,x,1\n' | , line 2, column 2: \"x\" is not a number",
                "'1,2,0\n3,NaN,1\n' | , line 2, column 2: \"NaN\" is not a finite number",
                "'1,2,0\n1,4,1\n' | , column 1: every value is 1, so it cannot be standardized; remove the column",
            })
    void bad_data(String content, String message) throws IOException {
        Path data = Files.writeString(folder.resolve("t.csv"), content);

        Session session = trainOn(data);

        assertRefused(session, data + message);
        assertThat(session.out()).isEmpty();
    }

    @Test
    void columns_and_separators() throws IOException {
        Path data = Files.writeString(folder.resolve("t.csv"), "kind;age\nold;60\nyoung;7\nold;70\nyoung;12\n");

        Session session = trainOn(data, "--label", "kind", "--separator", ";", "--iterations", "1");
        assertThat(session.out())
                .contains("line 1 is a header and was skipped: \"kind, age\"")
                .contains("label 0 is \"old\", label 1 is \"young\"");
        assertThat(session.exitCode()).isZero();
        for (String bad : new String[] {"x", "1", "::", "\"", ".", ""}) {
            assertThat(trainOn(data, "--separator", bad).err())
                    .contains("cannot separate cells; give one character such as ; or the word tab")
                    .hasLineCount(1);
        }
        assertThat(Session.run("--label", "first").err())
                .isEqualTo("error: --label and --separator describe the file of --data; name that file\n");
    }

    @Test
    void a_missing_file_and_a_folder() {
        Path missing = folder.resolve("missing.csv");

        assertRefused(trainOn(missing), missing + ": there is no such file");
        assertRefused(trainOn(folder), folder + ": this is a folder; name a CSV file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--rate       | x    | '\"x\" is not a positive number'",
                "--rate       | -1   | '\"-1\" is not a positive number'",
                "--rate       | 0    | '\"0\" is not a positive number'",
                "--rate       | NaN  | '\"NaN\" is not a positive number'",
                "--rate       | Infinity | '\"Infinity\" is not a positive number'",
                "--iterations | 0    | '\"0\" is not a whole number from 1 to 10000000'",
                "--iterations | -5   | '\"-5\" is not a whole number from 1 to 10000000'",
                "--iterations | 1.5  | '\"1.5\" is not a whole number from 1 to 10000000'",
                "--iterations | 1e99 | '\"1e99\" is not a whole number from 1 to 10000000'",
            })
    void bad_values_of_options(String option, String value, String problem) {
        Session session = Session.run(option, value, "--out", out().toString());

        assertRefused(session, "Invalid value for option '" + option + "': " + problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--rat 0.1                  | there is no option --rat; did you mean --rate?",
                "logistic-regression --foo  | there is no option --foo",
                "computation-graph --rate 1 | there is no option --rate",
                "teapot                     | there is no command or argument \"teapot\"; --help lists all",
                "--rate                     | Missing required parameter for option '--rate' (NUMBER)",
                "--rate 1 --rate 2          | option '--rate' (NUMBER) should be specified only once",
                "0.2                        | there is no command or argument \"0.2\"",
            })
    void options_and_commands_that_do_not_exist(String line, String beginning) {
        Session session = Session.run(line.split(" ", -1));

        assertThat(session.err()).startsWith("error: " + beginning).hasLineCount(1);
        assertThat(session.exitCode()).isEqualTo(2);
        assertThat(session.out()).isEmpty();
    }

    @Test
    void a_file_in_place_of_the_output_folder() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "mine");

        for (Path place : List.of(file, file.resolve("sub"))) {
            for (String command : List.of("logistic-regression", "computation-graph")) {
                Session session = Session.run(command, "--out", place.toString());

                assertRefused(session, file + ": this is a file; results need a folder");
                assertThat(session.out()).isEmpty();
            }
        }
        assertThat(file).hasContent("mine");
    }

    @Test
    void an_output_folder_without_permission() throws IOException {
        Path locked = Files.createDirectory(folder.resolve("locked"));
        locked.toFile().deleteOnExit();
        assumeFalse(
                "root".equals(System.getProperty("user.name"))
                        || !Files.getFileStore(folder).supportsFileAttributeView("posix"),
                "root may write everywhere, and only POSIX file systems can lock a folder");
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));

        Session session = Session.run("--out", locked.toString());

        assertThat(session.err())
                .isEqualTo(
                        "error: " + locked + ": nothing may be written here; choose another folder for the results\n");
        assertThat(session.exitCode()).isEqualTo(2);
    }

    @Test
    void a_cost_that_overflows_stops_the_training() throws IOException {
        String features = ",".repeat(100);
        StringBuilder table = new StringBuilder();
        for (String row : new String[] {"1 0", "2 1", "3 1", "4 1", "9 0"}) {
            table.append(features.replace(",", row.charAt(0) + ","))
                    .append(row.charAt(2))
                    .append('\n');
        }
        Path data = Files.writeString(folder.resolve("t.csv"), table);

        Session session = trainOn(data, "--rate", "1e308");

        assertThat(session.err())
                .startsWith("error: the cost is ")
                .contains(" after step ")
                .contains("try a smaller --rate")
                .hasLineCount(1);
        assertThat(session.exitCode()).isEqualTo(2);
        assertThat(out()).doesNotExist();
    }
}
