package org.gradgraph.examples.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gradgraph.examples.console.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables of numbers: what is read, what is refused, and in which words. */
class TableReaderTest {
    @TempDir
    Path folder;

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("t.csv"), content);
    }

    @Test
    void the_shipped_table_has_569_examples_of_30_features() {
        Table table = TableReader.shipped("breast_cancer.csv");

        assertThat(table.features()).isEqualTo(30);
        assertThat(table.examples()).isEqualTo(569);
        assertThat(table.count(0)).isEqualTo(212);
        assertThat(table.count(1)).isEqualTo(357);
        assertThat(table.x().get(0, 0)).isEqualTo(17.99);
        assertThat(table.x().get(29, 0)).isEqualTo(0.1189);
    }

    @ParameterizedTest
    @CsvSource({
        "'1,2,0\n3,4,1\n'", // no header
        "'1,2,0\r\n3,4,1'", // Windows, no line break at the end
        "'x1,x2,y\n1,2,0\n3,4,1\n'",
        "'2,2,bad,good\n1,2,0\n3,4,1\n'", // as scikit-learn writes
        "'\n1,2,0\n\n3,4,1\n\n'", // empty lines
        "'\"x, 1\",\"x2\",\"y\"\n\"1\",2.0,0\n 3 , +4e0 ,1.0\n'"
    })
    void a_header_is_known_by_the_text_in_its_last_cell(String content) throws IOException {
        Table table = TableReader.read(file(content));

        assertThat(table.x().data).containsExactly(1, 3, 2, 4);
        assertThat(table.y().data).containsExactly(0, 1);
    }

    @Test
    void a_byte_order_mark_is_no_part_of_the_first_number() throws IOException {
        Table table = TableReader.read(file("\uFEFF1,0\n2,1\n"));

        assertThat(table.x().data).containsExactly(1, 2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                      | : the file is empty",
                "'\n\n'                  | : the file is empty",
                "'x,y\n'                 | , line 2, column 1: there is only a header, no row of numbers",
                "'1,2,0\n3,1\n'          | , line 2, column 3: the row has 2 columns, line 1 has 3",
                "'1,2,0\n\n3,4,1,5\n'    | , line 3, column 4: the row has 4 columns, line 1 has 3",
                "'x,y\n1,2,0\n3\n'       | , line 3, column 2: the row has 1 column, line 2 has 3",
                "'1,2,0\n3,4,2\n'        | , line 2, column 3: the label \"2\" is neither 0 nor 1",
                "'1,2,0.5\n'             | , line 1, column 3: the label \"0.5\" is neither 0 nor 1",
                "'1,2,0\n3,4,yes\n'      | , line 2, column 3: \"yes\" is not a number",
                "'1,abc,0\n'             | , line 1, column 2: \"abc\" is not a number",
                "'1d,2,0\n'              | , line 1, column 1: \"1d\" is not a number",
                "'0x1p3,2,0\n'           | , line 1, column 1: \"0x1p3\" is not a number",
                "'1,,0\n'                | , line 1, column 2: the cell is empty; every cell needs a number",
                "'1,2,\n'                | , line 1, column 3: the cell is empty; every cell needs a number",
                "'1,NaN,0\n'             | , line 1, column 2: \"NaN\" is not a finite number",
                "'1,-Infinity,0\n'       | , line 1, column 2: \"-Infinity\" is not a finite number",
                "'1,2,nan\n'             | , line 1, column 3: \"nan\" is not a finite number",
                "'1,1e999,0\n'           | , line 1, column 2: \"1e999\" is too large for a double",
                "'0\n1\n'                | , line 1, column 1: a row needs a feature and a label, separated by a comma",
                "'1;2;0\n'               | , line 2, column 1: there is only a header, no row of numbers",
            })
    void what_is_wrong_is_told_with_its_place(String content, String message) throws IOException {
        Path file = file(content);

        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> TableReader.read(file))
                .withMessage(file + message);
    }

    @Test
    void a_file_of_bytes_is_no_table() throws IOException {
        byte[] bytes = new byte[5000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31);
        }
        Path file = Files.write(folder.resolve("t.bin"), bytes);

        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> TableReader.read(file))
                .withMessageStartingWith(file + ", line ");
    }

    @Test
    void a_quote_that_never_ends_is_told_in_one_short_line() throws IOException {
        Path file = file("1,0\n\"2,1\n" + "3,0\n".repeat(10_000_000));

        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> TableReader.read(file))
                .satisfies(error ->
                        assertThat(error.getMessage()).hasSizeLessThan(300).startsWith(file.toString()));
    }

    @Test
    void missing_files_and_folders_are_told_apart() {
        Path missing = folder.resolve("missing.csv");

        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> TableReader.read(missing))
                .withMessage(missing + ": there is no such file");
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> TableReader.read(folder))
                .withMessage(folder + ": this is a folder; name a CSV file");
    }

    @Test
    void other_encodings_than_utf8_are_no_reason_to_fail_where_numbers_are_meant() throws IOException {
        Path file = Files.write(folder.resolve("t.csv"), "größe,art\n1,0\n2,1\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(TableReader.read(file).examples()).isEqualTo(2);
    }
}
