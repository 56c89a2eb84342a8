package org.gradgraph.io;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file cannot be read or written, in words; the message of many exceptions about files is a path alone. */
final class FileErrors {
    private FileErrors() {}

    /** The end of a sentence. */
    static String reason(IOException failed) {
        if (failed instanceof NoSuchFileException missing) {
            return "there is no " + missing.getFile();
        }
        if (failed instanceof AccessDeniedException denied) {
            return "permission denied for " + denied.getFile();
        }
        if (failed instanceof FileAlreadyExistsException inTheWay) {
            return inTheWay.getFile() + " is a file, where a folder is needed";
        }
        if (failed instanceof FileSystemException other && other.getReason() != null) {
            return other.getReason();
        }
        return failed instanceof FileSystemException || failed.getMessage() == null
                ? failed.toString()
                : failed.getMessage();
    }
}
