package org.gradgraph.examples;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Commands use the shared pieces, never the other way round. */
@AnalyzeClasses(packages = "org.gradgraph.examples", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packages_have_no_cycles =
            slices().matching("org.gradgraph.examples.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule shared_pieces_know_no_command = noClasses()
            .that()
            .resideInAPackage("org.gradgraph.examples.*")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.gradgraph.examples");

    @ArchTest
    static final ArchRule no_internals_of_core_are_used = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.gradgraph.numeric..",
                    "org.gradgraph.exec.kernel..",
                    "org.gradgraph.exec.plan..",
                    "org.gradgraph.exec.thread..",
                    "org.gradgraph.optim.problem..",
                    "org.gradgraph.optim.solve..")
            .because("a module descriptor would not export them, see docs/adr/0012");
}
