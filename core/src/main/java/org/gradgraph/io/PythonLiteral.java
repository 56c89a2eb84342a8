package org.gradgraph.io;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The Python dictionary in the header of a NumPy array: texts, truth values, whole numbers, tuples and lists.
 *
 * <p>Python reads the header as source text, so both kinds of quotes, any order of the keys, any white space and the
 * {@code L} of Python 2 are allowed.
 */
final class PythonLiteral {
    /** The fields of a structured type are a list of tuples, which may be nested once more. */
    private static final int DEEPEST = 8;

    private final String text;
    private int at;
    private int depth;

    private PythonLiteral(String text) {
        this.text = text;
    }

    /**
     * The values by key: {@code String}, {@code Boolean}, {@code Long}, or a {@code List} of them.
     *
     * @throws IOException if the text is something else; the message is the end of a sentence
     */
    static Map<String, Object> dictionary(String text) throws IOException {
        PythonLiteral literal = new PythonLiteral(text);
        Map<String, Object> values = literal.readDictionary();
        if (literal.next() != 0) {
            throw literal.unexpected();
        }
        return values;
    }

    private Map<String, Object> readDictionary() throws IOException {
        Map<String, Object> values = new LinkedHashMap<>();
        expect('{');
        while (next() != '}') {
            if (!(readValue() instanceof String key)) {
                throw unexpected();
            }
            expect(':');
            values.put(key, readValue());
            if (next() != '}') {
                expect(',');
            }
        }
        expect('}');
        return values;
    }

    private Object readValue() throws IOException {
        char first = next();
        if (first == '(' || first == '[') {
            return readSequence(first == '(' ? ')' : ']');
        }
        if (first == '\'' || first == '"') {
            return readText(first);
        }
        if (first >= '0' && first <= '9') {
            return readNumber();
        }
        String word = readWord();
        if (word.equals("True") || word.equals("False")) {
            return word.equals("True");
        }
        boolean isPrefix = word.equals("u") || word.equals("b");
        if (isPrefix && at < text.length() && (text.charAt(at) == '\'' || text.charAt(at) == '"')) {
            return readText(text.charAt(at));
        }
        throw unexpected();
    }

    /** A tuple needs a comma: {@code (3)} is the number 3, {@code (3,)} is a tuple. */
    private Object readSequence(char end) throws IOException {
        if (++depth > DEEPEST) {
            throw unexpected();
        }
        at++;
        List<Object> items = new ArrayList<>();
        boolean hasComma = false;
        while (next() != end) {
            items.add(readValue());
            if (next() != end) {
                expect(',');
                hasComma = true;
            }
        }
        expect(end);
        depth--;
        return end == ')' && items.size() == 1 && !hasComma ? items.get(0) : items;
    }

    private String readText(char quote) throws IOException {
        StringBuilder content = new StringBuilder();
        for (at++; at < text.length() && text.charAt(at) != quote; at++) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            content.append(text.charAt(at));
        }
        if (at == text.length()) {
            throw unexpected();
        }
        at++;
        return content.toString();
    }

    private long readNumber() throws IOException {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        String digits = text.substring(start, at);
        if (at < text.length() && text.charAt(at) == 'L') {
            at++;
        }
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException tooLarge) {
            throw new IOException("the number " + digits + " is too large", tooLarge);
        }
    }

    private String readWord() {
        int start = at;
        while (at < text.length() && Character.isLetter(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    /** The next character that is no white space; 0 at the end, which occurs nowhere else in a header. */
    private char next() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : 0;
    }

    private void expect(char wanted) throws IOException {
        if (next() != wanted) {
            throw unexpected();
        }
        at++;
    }

    private IOException unexpected() {
        return new IOException("character " + (at + 1) + " of its header is no part of a Python dictionary");
    }
}
