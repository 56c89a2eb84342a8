package org.gradgraph.graphviz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** One HTML file with everything in it: Graphviz for the browser, its licences, the program of the page, and the data. */
final class Page {
    private Page() {}

    static String of(PageModel model, String title, String noteTitle) {
        StringBuilder json = new StringBuilder();
        Json.append(json, model.asMap());
        String page = resource("page.html");
        StringBuilder html = new StringBuilder();
        int done = 0;
        for (int at = page.indexOf("{{"); at >= 0; at = page.indexOf("{{", done)) {
            int end = page.indexOf("}}", at);
            html.append(page, done, at);
            String part = page.substring(at + 2, end);
            switch (part) {
                case "title" -> html.append(escaped(title));
                case "note" -> html.append(escaped(noteTitle));
                case "data" -> html.append(json);
                case "licences.txt" -> html.append(escaped(resource(part)));
                default -> html.append(resource(part));
            }
            done = end + 2;
        }
        return html.append(page, done, page.length()).toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String resource(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(
                        "the file " + name + " is missing beside the class " + Page.class.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the file " + name + " could not be read: " + e, e);
        }
    }
}
