package org.gradgraph.examples.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
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
        "'\n1,2,0\n\n3,4,1\n\n'", // empty lines
        "'\"x, 1\",\"x2\",\"y\"\n\"1\",2.0,0\n 3 , +4e0 ,1.0\n'"
    })
    void a_first_line_without_numbers_is_a_header(String content) throws IOException {
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
                "'x,y\n1,2,0\n3\n'       | , line 2, column 3: the row has 3 columns, the header in line 1 has 2",
                "'2,2,bad,good\n1,2,0\n' | , line 1, column 3: \"bad\" is not a number; line 1 is data, not a header, because column 1 is a number",
                "'x1,2020,y\n1,2,0\n'    | , line 1, column 1: \"x1\" is not a number; line 1 is data, not a header, because column 2 is a number",
                "'1,2,0\n3,4,2\n'        | , line 2, column 3: the label \"2\" is neither 0 nor 1",
                "'1,2,0.5\n'             | , line 1, column 3: the label \"0.5\" is neither 0 nor 1",
                "'1,2,0\n3,4,yes\n'      | , line 2, column 3: the label \"yes\" is not a number, but the label \"0\" is; use 0 and 1, or two words",
                "'1,2,no\n3,4,1\n'       | , line 2, column 3: the label \"1\" does not go with \"no\"; use 0 and 1, or two words",
                "'1,2,no\n3,4,no\n'      | , line 1, column 3: every label is \"no\"; two are needed",
                "'1,a\n2,b\n3,a\n4,c\n'  | , line 4, column 2: the label \"c\" is the third one, after \"a\" and \"b\"; two are allowed",
                "'1,abc,0\n'             | , line 1, column 2: \"abc\" is not a number; line 1 is data, not a header, because column 1 is a number",
                "'1,2,0\n1d,2,0\n'       | , line 2, column 1: \"1d\" is not a number",
                "'1,2,0\n0x1p3,2,0\n'    | , line 2, column 1: \"0x1p3\" is not a number",
                "'1,,0\n'                | , line 1, column 2: the cell is empty; every cell needs a number",
                "'1,2,\n'                | , line 1, column 3: the cell is empty; every cell needs a number",
                "'1,NaN,0\n'             | , line 1, column 2: \"NaN\" is not a finite number",
                "'1,-Infinity,0\n'       | , line 1, column 2: \"-Infinity\" is not a finite number",
                "'1,2,nan\n'             | , line 1, column 3: \"nan\" is not a finite number",
                "'1,1e999,0\n'           | , line 1, column 2: \"1e999\" is too large for a double",
                "'0\n1\n'                | , line 1, column 1: a row needs a feature and a label, separated by a comma",
                "'1;2;0\n'               | , line 2, column 1: there is only a header, no row of numbers; this file seems to use \";\", see --separator",
                "'1;2;0\n3;4;1\n'        | , line 2, column 1: a row needs a feature and a label, separated by a comma; this file seems to use \";\", see --separator",
                "'x,y\n,0\nNA,1\n3,?\n'  | : 3 cells have no value (line 2, column 1 (\"x\"); line 3, column 1 (\"x\"); line 4, column 2 (\"y\")); fill them, or remove their rows",
                "',,,\n,,,\n'            | : 8 cells have no value (line 1, column 1; line 1, column 2; line 1, column 3; line 1, column 4; line 2, column 1; and 3 more); fill them, or remove their rows",
                "'1,0\n\"2,1\n3,0\n'      | , line 2: a quotation mark is not closed",
                "'1,2,0\n3,\"4,1\n'      | , line 2: a quotation mark is not closed",
                "'1,0\n\"2\n3\",1\n'      | , line 2, column 1: a quotation mark is not closed in this line",
            })
    void what_is_wrong_is_told_with_its_place(String content, String message) throws IOException {
        Path file = file(content);

        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> TableReader.read(file))
                .withMessage(file + message);
    }

    @Test
    void characters_that_are_not_seen_are_named() throws IOException {
        assertReason("1,0\n2\u00a0000,1\n", "a no-break space (U+00A0), which must be removed");
        assertReason(
                "1,0\n2\u0000,1\n",
                "a NUL character (U+0000), so the file is binary or in an encoding other than UTF-8");
        assertReason("1,0\n2\u200b,1\n", "the invisible character (U+200B), which must be removed");
        assertReason("1,0\n1,\u00a01\n", "a no-break space (U+00A0), which must be removed");
    }

    private void assertReason(String content, String reason) throws IOException {
        Path file = file(content);
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> TableReader.read(file))
                .satisfies(error -> assertThat(error.getMessage())
                        .startsWith(file + ", line 2, column ")
                        .contains(reason));
    }

    @Test
    void the_header_that_was_skipped_is_said() throws IOException {
        assertThat(TableReader.read(file("age, weight,y\n1,2,0\n3,4,1\n")).notes())
                .containsExactly("line 1 is a header and was skipped: \"age, weight, y\"");
        assertThat(TableReader.read(file("1,2,0\n3,4,1\n")).notes()).isEmpty();
        assertThat(TableReader.shipped("breast_cancer.csv").notes()).isEmpty();
        assertThat(TableReader.shipped("iris.csv", 3).examples()).isEqualTo(150);
    }

    @ParameterizedTest
    @CsvSource({
        "first, ',', '0,1,2\n1,3,4\n'",
        "y, ',', 'x1,y,x2\n1,0,2\n3,1,4\n'",
        "last, ;, '1;2;0\n3;4;1\n'",
        "y, '\t', 'y\tx1\tx2\n0\t1\t2\n1\t3\t4\n'",
        "last, ',', '1,2,no\n3,4,yes\n'",
        "last, ',', '1,2,benign\n3,4, malignant \n'"
    })
    void label_and_separator_are_chosen(String label, char separator, String content) throws IOException {
        Table table = TableReader.read(file(content), new CsvFormat(label, separator));

        assertThat(table.x().data).containsExactly(1, 3, 2, 4);
        assertThat(table.y().data).containsExactly(0, 1);
    }

    @Test
    void texts_become_0_and_1_in_alphabetical_order_whatever_comes_first() throws IOException {
        Table table = TableReader.read(file("1,yes\n2,no\n3,yes\n"));

        assertThat(table.y().data).containsExactly(1, 0, 1);
        assertThat(table.notes()).containsExactly("label 0 is \"no\", label 1 is \"yes\"");
    }

    @Test
    void a_label_that_is_not_there_is_named() throws IOException {
        Path file = file("x,x,y\n1,2,0\n");
        Path bare = Files.writeString(folder.resolve("bare.csv"), "1,2,0\n");

        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> TableReader.read(file, new CsvFormat("z", ',')))
                .withMessage(file + ", line 1: no column is named \"z\"; the header is \"x, x, y\"");
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> TableReader.read(file, new CsvFormat("x", ',')))
                .withMessage(file + ", line 1: 2 columns are named \"x\"; the header is \"x, x, y\"");
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> TableReader.read(bare, new CsvFormat("y", ',')))
                .withMessage(bare + ", line 1: there is no header that names the label \"y\"; choose the column by"
                        + " --label first or --label last");
    }

    @Test
    void a_constant_column_has_its_number_in_the_file_wherever_the_label_is() throws IOException {
        Table table = TableReader.read(file("0,1,2\n1,3,2\n"), new CsvFormat("first", ','));

        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> Standardizer.of(table))
                .withMessageContaining(", column 3: every value is 2");
    }

    @Test
    void a_compressed_file_is_unpacked_whatever_its_name() throws IOException {
        byte[] packed = packed("1,2,0\n3,4,1\n".repeat(1000));
        Path whole = Files.write(folder.resolve("t.csv"), packed);
        Path half = Files.write(folder.resolve("half.csv.gz"), Arrays.copyOf(packed, packed.length / 2));
        Path spreadsheet = Files.write(folder.resolve("t.xlsx"), new byte[] {'P', 'K', 3, 4});

        assertThat(TableReader.read(whole).examples()).isEqualTo(2000);
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> TableReader.read(half))
                .withMessageStartingWith(half + ": the compressed file is damaged");
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> TableReader.read(spreadsheet))
                .withMessage(spreadsheet + ": this is a ZIP file, such as a spreadsheet; save the table as CSV");
    }

    private static byte[] packed(String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
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
                .satisfies(error -> assertThat(error.getMessage())
                        .hasSizeLessThan(300)
                        .startsWith(file + ", line 2: a quotation mark is not closed"));
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
