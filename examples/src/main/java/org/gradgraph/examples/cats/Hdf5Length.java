package org.gradgraph.examples.cats;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gradgraph.examples.console.UserError;

/**
 * Compares the length of an HDF5 file with the one that its first bytes tell: a file that was cut off may still seem
 * readable.
 *
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html">the format</a>
 */
final class Hdf5Length {
    private static final int LONGEST_START = 64;
    private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

    private Hdf5Length() {}

    /** The file itself, if it is no HDF5 file of known kind or not shorter than it says. */
    static Path requireWhole(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(LONGEST_START);
            long length = Files.size(file);
            if (start.length == LONGEST_START && startsWithSignature(start) && length < end(start)) {
                throw new UserError(file + ": this is no HDF5 file of pictures, or it is damaged (" + length
                        + " bytes instead of " + end(start) + ")");
            }
            return file;
        } catch (IOException unreadable) {
            throw new UserError(file + ": the file cannot be read (" + unreadable.getMessage() + ")", unreadable);
        }
    }

    private static boolean startsWithSignature(byte[] start) {
        for (int i = 0; i < SIGNATURE.length; i++) {
            if (start[i] != SIGNATURE[i]) {
                return false;
            }
        }
        return true;
    }

    /** The address of the end, where each version of the format keeps it. */
    private static long end(byte[] start) {
        int place = switch (start[SIGNATURE.length]) {
            case 0 -> 40;
            case 1 -> 44;
            default -> 28;
        };
        return ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong(place);
    }
}
