package io.github.tiktokauth.jdbc;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.stream.Stream;

@AnalyzeClasses(packages = "io.github.tiktokauth.jdbc", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule knowsOnlyTheSpi = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "javax.sql..",
                    "org.jdbi..",
                    "org.slf4j..",
                    "org.jspecify..",
                    "com.zaxxer.hikari..",
                    "io.github.tiktokauth.spi",
                    "io.github.tiktokauth.jdbc");

    @ArchTest
    static final ArchRule onlyOneClassKnowsHikari = noClasses()
            .that()
            .haveNameNotMatching(".*\\.HikariPool(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.zaxxer.hikari..");

    @ArchTest
    static final ArchRule noForeignTypeInAPublicSignature = methods()
            .that()
            .areDeclaredInClassesThat(describe(
                    "are public",
                    type -> type.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.PUBLIC)))
            .and()
            .arePublic()
            .should(new ArchCondition<JavaMethod>("use types of the JDK and of the library only") {
                @Override
                public void check(JavaMethod method, ConditionEvents events) {
                    Stream.concat(Stream.of(method.getRawReturnType()), method.getRawParameterTypes().stream())
                            .map(JavaClass::getPackageName)
                            .filter(name -> !name.startsWith("java") && !name.startsWith("io.github.tiktokauth"))
                            .filter(name -> !name.isEmpty())
                            .forEach(name -> events.add(
                                    SimpleConditionEvent.violated(method, method.getFullName() + " shows " + name)));
                }
            });

    @ArchTest
    static void littleIsPublic(com.tngtech.archunit.core.domain.JavaClasses all) {
        assertThat(all.stream()
                        .filter(type ->
                                type.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.PUBLIC))
                        .map(JavaClass::getName)
                        .map(name -> name.substring("io.github.tiktokauth.jdbc.".length())))
                .containsExactlyInAnyOrder(
                        "JdbcStores",
                        "JdbcStoresBuilder",
                        "AdoptionReport",
                        "AdoptionReport$Reason",
                        "AdoptionReport$Skipped");
    }
}
