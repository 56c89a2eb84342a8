package org.gradgraph.graphviz;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes maps, lists, texts, numbers and truth values as JSON that may stand inside an HTML script element. */
final class Json {
    private Json() {}

    /** Recurses as deep as the caller nests, which is a few levels. */
    static void append(StringBuilder json, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            char before = '{';
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.append(before);
                append(json, String.valueOf(entry.getKey()));
                json.append(':');
                append(json, entry.getValue());
                before = ',';
            }
            json.append(map.isEmpty() ? "{}" : "}");
        } else if (value instanceof Collection<?> list) {
            char before = '[';
            for (Object element : list) {
                json.append(before);
                append(json, element);
                before = ',';
            }
            json.append(list.isEmpty() ? "[]" : "]");
        } else if (value instanceof String text) {
            appendText(json, text);
        } else {
            json.append(value);
        }
    }

    private static void appendText(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean harmless = c >= ' ' && c < 0x7F && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&';
            if (harmless || Character.isLetterOrDigit(c)) {
                json.append(c);
            } else {
                json.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    json.append(Character.forDigit(c >> shift & 0xF, 16));
                }
            }
        }
        json.append('"');
    }
}
