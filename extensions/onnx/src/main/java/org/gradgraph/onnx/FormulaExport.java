package org.gradgraph.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.gradgraph.graph.Formula;
import org.gradgraph.graph.Formula.Code;
import org.gradgraph.graph.Primitive;
import org.gradgraph.graph.Shape;

/** Formulas as operators: one for each primitive, or several where ONNX Runtime has none for the element type. */
final class FormulaExport {
    private static final Map<Primitive, String> OPERATORS = new EnumMap<>(Map.ofEntries(
            Map.entry(Primitive.NEGATE, "Neg"),
            Map.entry(Primitive.ABS, "Abs"),
            Map.entry(Primitive.SIGN, "Sign"),
            Map.entry(Primitive.FLOOR, "Floor"),
            Map.entry(Primitive.ROUND, "Round"),
            Map.entry(Primitive.SQRT, "Sqrt"),
            Map.entry(Primitive.EXP, "Exp"),
            Map.entry(Primitive.LOG, "Log"),
            Map.entry(Primitive.SIN, "Sin"),
            Map.entry(Primitive.COS, "Cos"),
            Map.entry(Primitive.TANH, "Tanh"),
            Map.entry(Primitive.ADD, "Add"),
            Map.entry(Primitive.SUBTRACT, "Sub"),
            Map.entry(Primitive.MULTIPLY, "Mul"),
            Map.entry(Primitive.DIVIDE, "Div"),
            Map.entry(Primitive.POW, "Pow"),
            Map.entry(Primitive.MIN, "Min"),
            Map.entry(Primitive.MAX, "Max")));

    /** ONNX Runtime computes these in float only. */
    private static final Map<Primitive, String> IN_FLOAT = new EnumMap<>(Map.of(
            Primitive.TAN, "Tan",
            Primitive.ASIN, "Asin",
            Primitive.ACOS, "Acos",
            Primitive.ATAN, "Atan",
            Primitive.SINH, "Sinh",
            Primitive.COSH, "Cosh",
            Primitive.ERF, "Erf"));

    private static final Map<Primitive, String> CONDITIONS = new EnumMap<>(
            Map.of(Primitive.LESS, "Less", Primitive.LESS_OR_EQUAL, "LessOrEqual", Primitive.EQUAL, "Equal"));

    private final Emitter out;

    FormulaExport(Emitter out) {
        this.out = out;
    }

    /** Decompositions contain decompositions, at most four deep. */
    Value value(Formula formula, List<Value> arguments) {
        Code code = Code.of(formula);
        List<Value> values = new ArrayList<>(arguments.subList(0, code.arity()));
        code.constants().forEach(number -> values.add(new Value(out.matrix(number), Shape.SCALAR)));
        for (Code.Instruction step : code.instructions()) {
            List<Value> operands = List.of(values.get(step.a()), values.get(step.b()), values.get(step.c()))
                    .subList(0, step.primitive().arity());
            values.add(value(step.primitive(), operands));
        }
        return values.get(code.result());
    }

    private Value value(Primitive primitive, List<Value> operands) {
        Shape shape = operands.stream().map(Value::shape).reduce(Value::joined).orElseThrow();
        List<String> names = operands.stream().map(Value::name).toList();
        String operator = OPERATORS.getOrDefault(primitive, out.inFloat() ? IN_FLOAT.getOrDefault(primitive, "") : "");
        if (!operator.isEmpty()) {
            return new Value(out.emit(operator, names), shape);
        }
        if (CONDITIONS.containsKey(primitive)) {
            return new Value(out.number(out.emit(CONDITIONS.getOrDefault(primitive, ""), names)), shape);
        }
        if (primitive == Primitive.COPY) {
            return operands.get(0);
        }
        if (primitive == Primitive.SELECT) {
            return new Value(choice(names.get(0), names.get(1), names.get(2)), shape);
        }
        Optional<Formula> parts = Decomposition.of(primitive, out.inFloat());
        return value(
                parts.orElseThrow(() -> new OnnxException(
                        "no operators compute " + primitive.name().toLowerCase(Locale.ROOT))),
                operands);
    }

    private String choice(String number, String ifTrue, String ifFalse) {
        String known = out.condition(number);
        String condition = known != null
                ? known
                : out.emit("Cast", List.of(number), Attributes.integer("to", DataType.BOOL.getNumber()));
        return out.emit("Where", List.of(condition, ifTrue, ifFalse));
    }
}
