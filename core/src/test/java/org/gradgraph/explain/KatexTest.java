package org.gradgraph.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.gradgraph.graph.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * KaTeX renders the LaTeX of derivations without a warning.
 *
 * <p>It needs Node.js and katex; {@code mvn -Pkatex verify -pl core} fetches the latter and fails instead of skipping.
 */
class KatexTest {
    private static final Path SCRIPTS = Path.of("src/test/katex");

    @Test
    void the_latex_of_each_model_is_rendered(@TempDir Path folder) throws Exception {
        if (!Files.isDirectory(SCRIPTS.resolve("node_modules/katex"))) {
            without("katex is not there, npm ci --prefix core/" + SCRIPTS);
        }
        List<String> command =
                new ArrayList<>(List.of("node", SCRIPTS.resolve("render.cjs").toString()));
        for (BookModel model : BookModel.all()) {
            command.add(written(folder, model.name(), model.derivation()));
        }
        for (String name : List.of("50 % {x}_y\n", "a\\b^c~d", "λ1", "\u202E$&#")) {
            Node odd = Node.parameter(name);
            command.add(written(folder, "odd" + command.size(), Derivation.of(odd.square(), odd)));
        }
        Path out = folder.resolve("out");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        boolean ended = process.waitFor(180, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended && process.waitFor() == 0).as(Files.readString(out)).isTrue();
        assertThat(Files.readString(out)).isEqualTo(command.size() - 2 + " files\n");
    }

    private static String written(Path folder, String name, Derivation derivation) throws Exception {
        return Files.writeString(folder.resolve(name), derivation.latex()).toString();
    }

    private static void without(String what) {
        if ("required".equals(System.getProperty("katex"))) {
            fail(what);
        }
        abort("skipped: " + what);
    }
}
