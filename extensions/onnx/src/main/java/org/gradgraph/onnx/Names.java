package org.gradgraph.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The names of values: numbers first, which the user's names replace at the end. */
final class Names {
    /** No user writes this. */
    private static final String MARK = "\u0000";

    private final Set<String> taken = new HashSet<>();
    private final Set<String> operators = new HashSet<>();
    private final Map<String, String> chosen = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private int last;

    String temporary() {
        return MARK + ++last;
    }

    /** The wanted name of a value, or with a number where it is taken. */
    private String unique(String wanted) {
        return unique(taken, wanted);
    }

    /** The same for an operator; those have names apart. */
    String operator(String wanted) {
        return unique(operators, wanted);
    }

    private String unique(Set<String> names, String wanted) {
        String name = wanted;
        while (!names.add(name)) {
            name = wanted + "_" + counts.merge(wanted, 1, (a, b) -> a + b);
        }
        return name;
    }

    /** Gives a value its name, once; whether this is the first one. */
    boolean name(String value, String wanted) {
        if (!value.startsWith(MARK) || chosen.containsKey(value)) {
            return false;
        }
        chosen.put(value, unique(wanted));
        return true;
    }

    /** A value without a name of the user is a number, as exporters write it; import gives such a value no name. */
    private String of(String value) {
        return value.startsWith(MARK)
                ? chosen.computeIfAbsent(value, number -> unique(number.substring(MARK.length())))
                : value;
    }

    /** Bodies are at most as deep as loops are written in loops. */
    GraphProto in(GraphProto graph) {
        GraphProto.Builder named = graph.toBuilder();
        for (int k = 0; k < named.getInitializerCount(); k++) {
            TensorProto.Builder tensor = named.getInitializerBuilder(k);
            tensor.setName(of(tensor.getName()));
        }
        named.getInputBuilderList().forEach(input -> input.setName(of(input.getName())));
        named.getOutputBuilderList().forEach(output -> output.setName(of(output.getName())));
        for (NodeProto.Builder node : named.getNodeBuilderList()) {
            for (int k = 0; k < node.getInputCount(); k++) {
                node.setInput(k, of(node.getInput(k)));
            }
            for (int k = 0; k < node.getOutputCount(); k++) {
                node.setOutput(k, of(node.getOutput(k)));
            }
            for (AttributeProto.Builder attribute : node.getAttributeBuilderList()) {
                if (attribute.hasG()) {
                    attribute.setG(in(attribute.getG()));
                }
            }
        }
        return named.build();
    }
}
