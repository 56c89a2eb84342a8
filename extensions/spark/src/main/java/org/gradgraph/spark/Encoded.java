package org.gradgraph.spark;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Base64;

/** Serialisable objects as text, which Spark ML saves with the parameters of a stage. */
final class Encoded {
    private Encoded() {}

    static String of(Serializable object) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot serialise " + object.getClass().getName(), e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    static <T> T read(String text, Class<T> type) {
        try (ObjectInputStream in = new ByLoader(Base64.getDecoder().decode(text))) {
            return type.cast(in.readObject());
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalArgumentException(
                    "cannot read a saved " + type.getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    /** Finds classes that were sent to the driver after it started. */
    private static final class ByLoader extends ObjectInputStream {
        ByLoader(byte[] bytes) throws IOException {
            super(new ByteArrayInputStream(bytes));
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass type) throws IOException, ClassNotFoundException {
            return Class.forName(type.getName(), false, Thread.currentThread().getContextClassLoader());
        }
    }
}
