package org.gradgraph.onnx;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Node;

/** The numbers of a tensor in a file; its size is compared with the bytes that are there before anything is allocated. */
final class TensorData {
    private final List<Long> dims;
    private final double[] values;
    private final boolean isWhole;

    private TensorData(List<Long> dims, double[] values, boolean isWhole) {
        this.dims = dims;
        this.values = values;
        this.isWhole = isWhole;
    }

    /**
     * Reads a tensor.
     *
     * @param folder of the model, in which external data must be; empty if it has none
     */
    static TensorData of(TensorProto tensor, String folder) {
        String name = "tensor \"" + tensor.getName() + "\"";
        DataType type = DataType.forNumber(tensor.getDataType());
        if (type == null || bytes(type) == 0) {
            throw new OnnxException(name + " has elements of type " + (type == null ? tensor.getDataType() : type)
                    + "; float, double, integers and conditions are imported");
        }
        long count = 1;
        for (long side : tensor.getDimsList()) {
            if (side < 0) {
                throw new OnnxException(name + " has a side of " + side);
            }
            count = Limits.product(count, side);
        }
        if (count > Integer.MAX_VALUE - 8) {
            throw new OnnxException(name + " has " + count + " elements, more than a matrix can hold");
        }
        boolean isWhole = type != DataType.FLOAT && type != DataType.DOUBLE;
        return new TensorData(tensor.getDimsList(), values(tensor, name, type, (int) count, folder), isWhole);
    }

    private static int bytes(DataType type) {
        return switch (type) {
            case DOUBLE, INT64 -> 8;
            case FLOAT, INT32 -> 4;
            case INT16, UINT16 -> 2;
            case INT8, UINT8, BOOL -> 1;
            default -> 0;
        };
    }

    private static double[] values(TensorProto tensor, String name, DataType type, int count, String folder) {
        if (tensor.getDataLocation() == DataLocation.EXTERNAL) {
            return decoded(External.bytes(tensor, name, (long) count * bytes(type), folder), type, count);
        }
        if (tensor.hasRawData()) {
            requireSize(name, tensor.getRawData().size(), (long) count * bytes(type), "bytes");
            return decoded(tensor.getRawData().asReadOnlyByteBuffer(), type, count);
        }
        switch (type) {
            case FLOAT -> {
                requireSize(name, tensor.getFloatDataCount(), count, "numbers");
                return tensor.getFloatDataList().stream()
                        .mapToDouble(Float::doubleValue)
                        .toArray();
            }
            case DOUBLE -> {
                requireSize(name, tensor.getDoubleDataCount(), count, "numbers");
                return tensor.getDoubleDataList().stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray();
            }
            case INT64 -> {
                requireSize(name, tensor.getInt64DataCount(), count, "numbers");
                return tensor.getInt64DataList().stream()
                        .mapToDouble(Long::doubleValue)
                        .toArray();
            }
            default -> {
                requireSize(name, tensor.getInt32DataCount(), count, "numbers");
                return tensor.getInt32DataList().stream()
                        .mapToDouble(Integer::doubleValue)
                        .toArray();
            }
        }
    }

    static void requireSize(String name, long found, long needed, String what) {
        if (found != needed) {
            throw new OnnxException(name + " needs " + needed + " " + what + ", but " + found + " are there");
        }
    }

    private static double[] decoded(ByteBuffer bytes, DataType type, int count) {
        ByteBuffer data = bytes.order(ByteOrder.LITTLE_ENDIAN);
        return DoubleStream.generate(() -> switch (type) {
                    case DOUBLE -> data.getDouble();
                    case FLOAT -> data.getFloat();
                    case INT64 -> data.getLong();
                    case INT32 -> data.getInt();
                    case INT16 -> data.getShort();
                    case UINT16 -> data.getShort() & 0xffff;
                    case UINT8 -> data.get() & 0xff;
                    default -> data.get();
                })
                .limit(count)
                .toArray();
    }

    List<Long> dims() {
        return dims;
    }

    /** The elements in row-major order; not copied. */
    double[] values() {
        return values;
    }

    /** Whether they are whole numbers or conditions. */
    boolean isWhole() {
        return isWhole;
    }

    List<Dim> sides() {
        return dims.stream().map(Whole::dim).toList();
    }

    /** As a constant, or whole numbers that a shape may be made of. */
    Item constant() {
        if (values.length == 0) {
            return new Whole(List.of(), false);
        }
        if (isWhole && dims.size() <= 1) {
            Limits.numbers(values.length);
            long[] numbers =
                    DoubleStream.of(values).mapToLong(value -> (long) value).toArray();
            return new Whole(
                    Arrays.stream(numbers).mapToObj(TensorData::clamped).toList(), dims.isEmpty());
        }
        int split = Tensor.usualSplit(dims.size());
        int rows = Tensor.shape(sides(), split).rows().size();
        return new Tensor(Node.constant(rows, values.length / rows, values), sides(), split, false);
    }

    /** The largest and smallest whole numbers stand for the ends of an axis. */
    private static Dim clamped(long number) {
        return Whole.dim(Math.max(-Integer.MAX_VALUE + 1, Math.min(Integer.MAX_VALUE - 1, number)));
    }

    /** Data in another file of the folder of the model. */
    private static final class External {
        private External() {}

        static ByteBuffer bytes(TensorProto tensor, String name, long size, String folder) {
            Map<String, String> where = new HashMap<>();
            for (StringStringEntryProto entry : tensor.getExternalDataList()) {
                where.put(entry.getKey(), entry.getValue());
            }
            String location = where.getOrDefault("location", "");
            long offset = number(name, where.getOrDefault("offset", "0"));
            requireSize(name, number(name, where.getOrDefault("length", String.valueOf(size))), size, "bytes");
            if (folder.isEmpty() || location.isEmpty()) {
                throw new OnnxException(
                        name + " has its data in another file, but the model was not read from a folder");
            }
            try {
                Path home = Path.of(folder).toRealPath();
                Path file = home.resolve(location).toRealPath();
                if (!file.startsWith(home)) {
                    throw new OnnxException(
                            name + " has its data in \"" + location + "\", outside the folder of the model");
                }
                long there = Files.size(file);
                if (offset < 0 || offset > there - size) {
                    throw new OnnxException(name + " needs " + size + " bytes from " + offset + " of \"" + location
                            + "\", which has " + there);
                }
                ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(size));
                try (FileChannel channel = FileChannel.open(file)) {
                    channel.position(offset);
                    int read = 0;
                    while (bytes.hasRemaining() && read >= 0) {
                        read = channel.read(bytes);
                    }
                }
                return bytes.flip();
            } catch (IOException | InvalidPathException | ArithmeticException unreadable) {
                throw new OnnxException(
                        name + " has its data in \"" + location + "\", which cannot be read", unreadable);
            }
        }

        private static long number(String name, String text) {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException wrong) {
                throw new OnnxException(name + " has external data at \"" + text + "\", which is no number", wrong);
            }
        }
    }
}
