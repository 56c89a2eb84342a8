package org.gradgraph.examples.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * A text, letter by letter: each is a column with a single 1, in the row of that letter.
 *
 * <pre>{@code
 * Poem poem = Poem.read("sonnet18.txt");
 * DMatrixRMaj letters = poem.letters();          // one row for each letter of the alphabet, one column for each of the text
 * }</pre>
 */
public final class Poem {
    private final String text;
    private final List<Character> alphabet;

    private Poem(String text) {
        this.text = text;
        this.alphabet = text.chars()
                .distinct()
                .sorted()
                .mapToObj(letter -> (char) letter)
                .toList();
    }

    /**
     * Reads a text that is shipped with the examples.
     *
     * @param name its file
     */
    public static Poem read(String name) {
        try (InputStream in = Objects.requireNonNull(Poem.class.getResourceAsStream(name), name)) {
            return new Poem(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The letters that occur, sorted; spaces, commas and ends of lines are letters, too. */
    public List<Character> alphabet() {
        return alphabet;
    }

    /** The number of letters that have a next one. */
    public int length() {
        return text.length() - 1;
    }

    /** All letters but the last, one column each. */
    public DMatrixRMaj letters() {
        return columns(text.substring(0, length()));
    }

    /** All letters but the first, one column each. */
    public DMatrixRMaj nextLetters() {
        return columns(withoutFirstLetter());
    }

    /** The first letter as a column. */
    public DMatrixRMaj firstLetter() {
        return columns(text.substring(0, 1));
    }

    /** All letters. */
    public String text() {
        return text;
    }

    private String withoutFirstLetter() {
        return text.substring(1);
    }

    /** What columns say. */
    public String text(DMatrixRMaj columns) {
        StringBuilder said = new StringBuilder();
        for (int column = 0; column < columns.numCols; column++) {
            int row = 0;
            while (columns.get(row, column) == 0) {
                row++;
            }
            said.append(alphabet.get(row).charValue());
        }
        return said.toString();
    }

    /** How unexpected a letter is on average, if only its frequency is known, in nats. */
    public double entropyOfLetters() {
        return entropy(withoutFirstLetter()
                .chars()
                .mapToObj(letter -> "" + (char) letter)
                .toList());
    }

    /** How unexpected a letter is on average, if the one before it is known, in nats. */
    public double entropyOfPairs() {
        List<String> pairs = IntStream.range(0, length())
                .mapToObj(i -> text.substring(i, i + 2))
                .toList();
        return entropy(pairs)
                - entropy(pairs.stream().map(pair -> pair.substring(0, 1)).toList());
    }

    private static double entropy(List<String> items) {
        Map<String, Long> counts =
                items.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        double n = items.size();
        return counts.values().stream()
                .mapToDouble(count -> -count / n * Math.log(count / n))
                .sum();
    }

    private DMatrixRMaj columns(String letters) {
        DMatrixRMaj columns = new DMatrixRMaj(alphabet.size(), letters.length());
        for (int i = 0; i < letters.length(); i++) {
            columns.set(alphabet.indexOf(letters.charAt(i)), i, 1);
        }
        return columns;
    }
}
