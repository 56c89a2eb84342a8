package org.gradgraph;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.PROTECTED;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC;
import static com.tngtech.archunit.lang.conditions.ArchConditions.have;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMembers;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.Serializable;
import java.util.Map;
import java.util.Set;

/** The shape of the library that no single class can show: who may know whom, and what nobody does. */
@AnalyzeClasses(packages = "org.gradgraph", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    /** What each package may depend on; {@code numeric} depends on none of them. */
    private static final Map<String, Set<String>> ARROWS = Map.of(
            "graph", Set.of("numeric"),
            "diff", Set.of("graph"),
            "rewrite", Set.of("graph"),
            "exec", Set.of("numeric", "graph", "diff", "rewrite"),
            "explain", Set.of("graph", "diff", "rewrite", "exec"),
            "check", Set.of("graph", "diff", "exec"),
            "scan", Set.of("graph", "diff"),
            "io", Set.of("graph", "exec"),
            "optim", Set.of("graph", "diff", "exec"),
            "train", Set.of("graph", "exec", "io", "optim"));

    /** What a module descriptor would not export; the rest is API, see docs/adr/0012. */
    private static final String[] INTERNAL = {
        "org.gradgraph.numeric..",
        "org.gradgraph.exec.kernel..",
        "org.gradgraph.exec.plan..",
        "org.gradgraph.exec.thread..",
        "org.gradgraph.optim.problem..",
        "org.gradgraph.optim.solve.."
    };

    private static final DescribedPredicate<JavaClass> AN_INTERNAL_TYPE =
            resideInAnyPackage(INTERNAL).as("an internal type");

    private static final DescribedPredicate<JavaMember> VISIBLE_TO_USERS = describe(
            "visible to users",
            member -> (member.getModifiers().contains(PUBLIC)
                            || member.getModifiers().contains(PROTECTED))
                    && !member.getModifiers().contains(SYNTHETIC)
                    && isVisible(member.getOwner()));

    private static boolean isVisible(JavaClass type) {
        return type.getModifiers().contains(PUBLIC)
                && type.getEnclosingClass().map(ArchitectureTest::isVisible).orElse(true);
    }

    private static final Set<String> INTRINSICS = Set.of(
            "exp", "expm1", "log", "log1p", "log10", "pow", "cbrt", "hypot", "sin", "cos", "tan", "asin", "acos",
            "atan", "atan2", "sinh", "cosh", "tanh");

    private static final DescribedPredicate<JavaField> A_NODE_IN_ITS_TYPE = describe(
            "a node in its type",
            field -> field.getAllInvolvedRawTypes().stream()
                    .anyMatch(type -> type.getBaseComponentType().getName().equals("org.gradgraph.graph.Node")));

    @ArchTest
    static void packages_follow_the_arrows(JavaClasses classes) {
        var architecture = layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("numeric")
                .definedBy("org.gradgraph.numeric..")
                .whereLayer("numeric")
                .mayNotAccessAnyLayer();
        for (String name : ARROWS.keySet()) {
            architecture = architecture.layer(name).definedBy("org.gradgraph." + name + "..");
        }
        for (var arrow : ARROWS.entrySet()) {
            architecture = architecture
                    .whereLayer(arrow.getKey())
                    .mayOnlyAccessLayers(arrow.getValue().toArray(String[]::new));
        }
        architecture.ensureAllClassesAreContainedInArchitecture().check(classes);
    }

    @ArchTest
    static final ArchRule packages_have_no_cycles =
            slices().matching("org.gradgraph.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule phases_of_execution_have_no_cycles =
            slices().matching("org.gradgraph.exec.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule plans_do_not_know_programs = noClasses()
            .that()
            .resideInAnyPackage("org.gradgraph.exec.plan", "org.gradgraph.exec.thread", "org.gradgraph.exec.kernel")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.gradgraph.exec");

    @ArchTest
    static final ArchRule only_ejml_and_annotations_are_needed = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..", "org.ejml..", "org.jspecify..", "com.google.errorprone.annotations..", "org.gradgraph..");

    @ArchTest
    static final ArchRule signatures_of_the_api_name_no_internal_type = noMembers()
            .that()
            .areDeclaredInClassesThat(not(resideInAnyPackage(INTERNAL)))
            .and(VISIBLE_TO_USERS)
            .should(have(describe(
                    "an internal type in the signature",
                    member -> member.getAllInvolvedRawTypes().stream().anyMatch(AN_INTERNAL_TYPE))));

    @ArchTest
    static final ArchRule types_of_the_api_extend_no_internal_type = noClasses()
            .that(not(resideInAnyPackage(INTERNAL)).and(describe("visible to users", ArchitectureTest::isVisible)))
            .should()
            .beAssignableTo(AN_INTERNAL_TYPE);

    @ArchTest
    static final ArchRule differentiation_never_sees_a_matrix = noClasses()
            .that()
            .resideInAPackage("org.gradgraph.diff..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.ejml..")
            .allowEmptyShould(true);

    /** Their bits belong to the virtual machine; those of StrictMath and of our own functions are the same everywhere. */
    @ArchTest
    static final ArchRule no_bit_depends_on_an_intrinsic = noClasses()
            .should()
            .callMethodWhere(describe(
                    "a transcendental function of Math",
                    call -> call.getTargetOwner().isEquivalentTo(Math.class) && INTRINSICS.contains(call.getName())));

    @ArchTest
    static final ArchRule nothing_is_serializable = noClasses()
            .that()
            .areNotAssignableTo(Throwable.class)
            .and()
            .areNotEnums()
            .should()
            .implement(Serializable.class);

    @ArchTest
    static final ArchRule nothing_prints = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule nothing_logs =
            noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging..");

    @ArchTest
    static final ArchRule static_fields_are_final = fields().that()
            .areStatic()
            .and()
            .doNotHaveModifier(SYNTHETIC)
            .should()
            .beFinal()
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule records_hold_no_nodes = noFields()
            .that()
            .areDeclaredInClassesThat()
            .areRecords()
            .should(have(A_NODE_IN_ITS_TYPE))
            .because("a record's equality and text would visit the graph")
            .allowEmptyShould(true);
}
