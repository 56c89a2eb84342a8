package org.gradgraph.graphviz;

import java.awt.Desktop;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gradgraph.io.AtomicFile;

/** Shows a file. */
interface Browser {
    Browser SYSTEM = page -> {
        boolean any = !GraphicsEnvironment.isHeadless()
                && Desktop.isDesktopSupported()
                && Desktop.getDesktop().isSupported(Desktop.Action.BROWSE);
        if (any) {
            Desktop.getDesktop().browse(page);
        }
    };

    void show(URI page) throws IOException;

    /** Writes a page to a temporary file and shows it; without a browser, the file is all there is. */
    default Path open(String html) {
        try {
            Path file = Files.createTempFile("gradgraph", ".html");
            AtomicFile.write(file, html.getBytes(StandardCharsets.UTF_8));
            try {
                show(file.toUri());
            } catch (IOException | UnsupportedOperationException noBrowser) {
                return file;
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary file could be made: " + e, e);
        }
    }
}
