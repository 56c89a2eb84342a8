package org.gradgraph.graph;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.ImportOption.OnlyIncludeTests;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The contract table, found and not listed: every class {@code …Rows} of this package with a static method {@code rows}.
 */
final class OperationRows {
    private static final String PACKAGE = "org.gradgraph.graph";

    /** Found once: a test of one row would otherwise read every class file again. */
    private static final List<Class<?>> FAMILIES = families();

    private OperationRows() {}

    static List<OperationRow> all() {
        List<OperationRow> rows = new ArrayList<>();
        FAMILIES.forEach(family -> rows.addAll(rowsOf(family)));
        return rows;
    }

    private static List<Class<?>> families() {
        return new ClassFileImporter(List.of(new OnlyIncludeTests()))
                .importPackages(PACKAGE).stream()
                        .filter(type -> type.getSimpleName().endsWith("Rows")
                                && !type.getSimpleName().equals("OperationRows"))
                        .sorted(Comparator.comparing(JavaClass::getName))
                        .map(JavaClass::reflect)
                        .collect(Collectors.toList());
    }

    private static List<OperationRow> rowsOf(Class<?> family) {
        try {
            List<OperationRow> rows = new ArrayList<>();
            for (Object row : (List<?>) family.getDeclaredMethod("rows").invoke(null)) {
                rows.add((OperationRow) row);
            }
            return rows;
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException wrong) {
            throw new IllegalStateException(family + " needs a static method List<OperationRow> rows()", wrong);
        }
    }

    /** Every operation of the library, from its class files. */
    static List<Class<?>> operations() {
        return new ClassFileImporter(List.of(new DoNotIncludeTests()))
                .importPackages("org.gradgraph").stream()
                        .filter(type -> type.isAssignableTo(Op.class) && !type.isEquivalentTo(Inline.class))
                        .filter(type ->
                                !type.isInterface() && !type.getModifiers().contains(JavaModifier.ABSTRACT))
                        .map(JavaClass::reflect)
                        .sorted(Comparator.comparing(Class::getName))
                        .collect(Collectors.toList());
    }

    /** Every operation of the library that is a constant, from the static fields of its package. */
    static List<Op> constants() {
        return new ClassFileImporter(List.of(new DoNotIncludeTests()))
                .importPackages(PACKAGE).stream()
                        .flatMap(type -> type.getFields().stream())
                        .filter(field -> field.getModifiers().contains(JavaModifier.STATIC)
                                && field.getRawType().isAssignableTo(Op.class))
                        .map(JavaField::reflect)
                        .map(OperationRows::valueOf)
                        .toList();
    }

    private static Op valueOf(Field constant) {
        try {
            constant.setAccessible(true);
            return (Op) constant.get(null);
        } catch (IllegalAccessException wrong) {
            throw new IllegalStateException(wrong);
        }
    }

    /** The classes of the vocabulary, from the class files: they cannot be made, and each public method gives a node. */
    static List<Class<?>> vocabulary() {
        return new ClassFileImporter(List.of(new DoNotIncludeTests()))
                .importPackages(PACKAGE).stream()
                        .map(JavaClass::reflect)
                        .filter(type -> Modifier.isPublic(type.getModifiers())
                                && !type.isInterface()
                                && type.getConstructors().length == 0
                                && !methods(type).isEmpty()
                                && methods(type).stream().allMatch(method -> method.getReturnType() == Node.class))
                        .sorted(Comparator.comparing(Class::getName))
                        .collect(Collectors.toList());
    }

    /** The name of every public method of the vocabulary. */
    static Set<String> methods() {
        return vocabulary().stream()
                .flatMap(family -> methods(family).stream())
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Method> methods(Class<?> family) {
        return Arrays.stream(family.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .toList();
    }
}
