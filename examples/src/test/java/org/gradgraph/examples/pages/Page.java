package org.gradgraph.examples.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Java programs of a Markdown page.
 *
 * <p>The java blocks of one section ({@code ##}) are one program. A text block that follows Java is what that Java prints;
 * a program that ends with an exception prints its message. HTML comments, which readers do not see, can add to this:
 *
 * <pre>
 * &lt;!-- java
 * code that belongs to the program
 * --&gt;
 * &lt;!-- new program --&gt;
 * &lt;!-- not compiled: the reason --&gt;       for the next block
 * </pre>
 *
 * <p>A page whose first block consists of imports has these in every program. Otherwise a program that imports nothing has
 * the imports of {@code docs/gradgraph.jsh}.
 */
final class Page {
    static final Path TOP = Path.of("").toAbsolutePath().getParent();

    private static final Pattern PART = Pattern.compile("(?m)^## (?<title>.+)$"
            + "|^ *<!-- (?<directive>new program|not compiled).*-->$"
            + "|^ *<!-- java\n(?<hidden>(?s:.*?))^ *-->$"
            + "|^(?<indent> *)```(?<language>\\w*)\n(?<code>(?s:.*?))^ *```$");
    private static final Pattern IMPORT = Pattern.compile("(?m)^import .*;\n");

    private final String name;
    private final List<Program> programs = new ArrayList<>();
    private String imports;
    private Program current = new Program("first lines");
    private boolean skipsNext;

    /** Code with marks where printed text is compared, and these texts. */
    static final class Program {
        final String title;
        final StringBuilder imports = new StringBuilder();
        final StringBuilder code = new StringBuilder();
        final List<String> printed = new ArrayList<>();
        int blocks;
        private boolean endsWithCode;

        Program(String title) {
            this.title = title;
        }

        private void add(String lines) {
            IMPORT.matcher(lines).results().forEach(found -> imports.append(found.group()));
            code.append(IMPORT.matcher(lines).replaceAll(""));
            endsWithCode = true;
        }

        private void addPrinted(String text) {
            if (endsWithCode) {
                printed.add(text);
                code.append("System.out.print('").append(PageTest.MARK).append("');\n");
            }
            endsWithCode = false;
        }
    }

    Page(String name) throws IOException {
        this.name = name;
        this.imports = "import java.util.*;\n" + Files.readString(TOP.resolve("docs/gradgraph.jsh"));
        Matcher part = PART.matcher(Files.readString(TOP.resolve(name)).replace("\r\n", "\n"));
        while (part.find()) {
            take(part);
        }
        finish("");
    }

    private void take(Matcher part) {
        if (part.group("title") != null) {
            finish(part.group("title"));
        } else if ("new program".equals(part.group("directive"))) {
            finish(current.title + ", continued");
        } else if (part.group("directive") != null) {
            skipsNext = true;
        } else if (part.group("hidden") != null) {
            current.add(part.group("hidden"));
        } else {
            String code = part.group("code").replaceAll("(?m)^" + part.group("indent"), "");
            if (part.group("language").equals("java")) {
                takeJava(code);
            } else if (part.group("language").equals("text")) {
                current.addPrinted(code);
            } else {
                current.endsWithCode = false;
            }
        }
    }

    private void takeJava(String code) {
        if (skipsNext) {
            skipsNext = false;
            current.endsWithCode = false;
        } else if (programs.isEmpty()
                && current.blocks == 0
                && IMPORT.matcher(code).replaceAll("").isBlank()) {
            imports = code;
        } else {
            current.add(code);
            current.blocks++;
        }
    }

    private void finish(String nextTitle) {
        if (current.code.length() > 0) {
            if (current.imports.length() == 0) {
                current.imports.append(imports);
            }
            programs.add(current);
        }
        current = new Program(nextTitle);
    }

    String name() {
        return name;
    }

    List<Program> programs() {
        return programs;
    }
}
