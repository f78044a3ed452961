package io.github.tiktokauth;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.github.tiktokauth.spi.TokenStore;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the packages of the core may know, and what they may show. */
class ArchitectureTest {

    private static final String ROOT = "io.github.tiktokauth";
    private static final String SPI = ROOT + ".spi";
    private static final String SIGNING = ROOT + ".signing";
    private static final String CLIENT = ROOT + ".client";
    private static final String OKHTTP = ROOT + ".okhttp";
    private static final String MICROMETER = ROOT + ".micrometer";
    private static final String MEMORY = ROOT + ".memory";
    private static final String CRYPTO = ROOT + ".crypto";

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> location.contains("/tiktok-auth-core/"))
            .importPackages(ROOT);

    private static final ArchRule NO_HIDDEN_LIBRARY_IS_SHOWN = classes()
            .should(new ShownTypes(
                    "show no type of a library that hosts need not know",
                    (member, type) -> PublicTypes.isOf(
                            type, "com.fasterxml", "tools.jackson", "org.jdbi", "com.zaxxer", "com.github.benmanes")));

    private static final ArchRule OKHTTP_IS_SHOWN_IN_ITS_PLACES_ONLY = classes()
            .should(new ShownTypes(
                    "show OkHttp, Okio and Kotlin in the package okhttp and in one method of the builder only",
                    (member, type) -> PublicTypes.isOf(type, "okhttp3", "okio", "kotlin")
                            && !member.startsWith(OKHTTP + ".")
                            && !member.equals(ROOT + ".TikTokAuthBuilder.httpClient")));

    private static final ArchRule TYPES_OF_THE_ROOT_ARE_CLOSED = classes()
            .that()
            .resideInAPackage(ROOT)
            .and()
            .arePublic()
            .should(new PublicTypes("be final, sealed, records, enums or interfaces", PublicTypes::isClosed));

    @Test
    void thereIsSomethingToJudge() {
        assertThat(CORE.size()).isGreaterThan(60);
        assertThat(CORE.contain(TikTokAuth.class)).isTrue();
        assertThat(CORE.contain(ArchitectureTest.class)).isFalse();
    }

    @Test
    void packagesHaveNoCycle() {
        slices().assignedFrom(new Packages()).should().beFreeOfCycles().check(CORE);
    }

    @Test
    void thereAreNoPackagesBesidesTheKnownOnes() {
        classes()
                .should()
                .resideInAnyPackage(ROOT, SPI, SIGNING, CLIENT, OKHTTP, MICROMETER, MEMORY, CRYPTO)
                .check(CORE);
    }

    @Test
    void whatAHostImplementsKnowsTheJdkOnly() {
        classes()
                .that()
                .resideInAPackage(SPI)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(SPI, "java.lang..", "java.time..", "java.util..", "org.jspecify.annotations")
                .check(CORE);
    }

    @Test
    void signaturesKnowTheJdkOnly() {
        classes()
                .that()
                .resideInAPackage(SIGNING)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(SIGNING, "java..", "javax.crypto..", "org.jspecify.annotations")
                .check(CORE);
    }

    /** The JDK's client and Spring's use it, too. */
    @Test
    void whatHttpClientsShareKnowsNoHttpClient() {
        classes()
                .that()
                .resideInAPackage(CLIENT)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(CLIENT, ROOT, SIGNING, "java..", "org.slf4j", "org.jspecify.annotations")
                .check(CORE);
        noClasses()
                .that()
                .resideInAPackage(CLIENT)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.net.http")
                .check(CORE);
    }

    @Test
    void storesInMemoryKnowWhatAnyStoreMayKnow() {
        classes()
                .that()
                .resideInAPackage(MEMORY)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        MEMORY, SPI, "java.lang..", "java.time..", "java.util..", "org.jspecify.annotations")
                .check(CORE);
    }

    @Test
    void theCipherKnowsWhatAnyCipherMayKnow() {
        classes()
                .that()
                .resideInAPackage(CRYPTO)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(CRYPTO, SPI, "java..", "javax.crypto..", "org.jspecify.annotations")
                .check(CORE);
    }

    /** Everything else takes the cipher that it is given. */
    @Test
    void onlyTheSettingsMakeACipherOfKeys() {
        noClasses()
                .that()
                .resideOutsideOfPackage(CRYPTO)
                .and()
                .doNotBelongToAnyOf(TikTokConfig.class, ConfigReader.class)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(CRYPTO)
                .check(CORE);
    }

    /** A host brings its stores: nothing falls back to memory by itself. */
    @Test
    void nothingUsesTheStoresInMemoryByItself() {
        noClasses()
                .that()
                .resideOutsideOfPackage(MEMORY)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(MEMORY)
                .check(CORE);
    }

    /** The dependency is optional: whoever has no Micrometer must not meet it. */
    @Test
    void onlyItsOwnPackageKnowsMicrometer() {
        noClasses()
                .that()
                .resideOutsideOfPackage(MICROMETER)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.micrometer..", MICROMETER)
                .check(CORE);
    }

    @Test
    void theCoreKnowsNoFrameworkServletOrJdbc() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.sql..",
                        "javax.sql..",
                        "javax.servlet..",
                        "jakarta..",
                        "org.springframework..",
                        "io.micronaut..",
                        "io.quarkus..",
                        "org.jdbi..",
                        "com.zaxxer..")
                .check(CORE);
    }

    /** Or a store that compares inexactly would give one user another's row. */
    @Test
    void rowsAreReadByIdInOnePlaceOnly() {
        noClasses()
                .that()
                .doNotHaveSimpleName("Lookup")
                .should()
                .callMethod(TokenStore.class, "find", String.class)
                .orShould()
                .callMethod(TokenStore.class, "findByShop", String.class)
                .check(CORE);
    }

    @Test
    void noHiddenLibraryIsShown() {
        NO_HIDDEN_LIBRARY_IS_SHOWN.check(CORE);
    }

    @Test
    void okHttpIsShownInItsPlacesOnly() {
        OKHTTP_IS_SHOWN_IN_ITS_PLACES_ONLY.check(CORE);
    }

    @Test
    void publicTypesOfTheRootPackageAreClosed() {
        TYPES_OF_THE_ROOT_ARE_CLOSED.check(CORE);
    }

    @Test
    void optionalIsAReturnValueOnly() {
        assertThat(optionalsThatAreNoReturnValue(CORE)).isEmpty();
    }

    private static List<String> optionalsThatAreNoReturnValue(JavaClasses classes) {
        return classes.stream()
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .flatMap(type -> type.getCodeUnits().stream())
                .filter(member -> !member.getModifiers().contains(JavaModifier.PRIVATE))
                .filter(member -> member.getRawParameterTypes().stream()
                        .anyMatch(parameter -> parameter.isEquivalentTo(Optional.class)))
                .map(JavaCodeUnit::getFullName)
                .toList();
    }

    @Test
    void nothingWritesToTheConsoleOrToAnotherLog() {
        GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CORE);
        GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(CORE);
    }

    @Test
    void mistakesAreFound() {
        JavaClasses mistakes = new ClassFileImporter()
                .importClasses(
                        Mistakes.class,
                        Mistakes.ShowsInReturn.class,
                        Mistakes.ShowsInGenericParameter.class,
                        Mistakes.ShowsInSupertype.class,
                        Mistakes.ShowsInField.class,
                        Mistakes.Hides.class,
                        Mistakes.Prints.class,
                        Mistakes.TakesOptional.class);
        assertThat(found(NO_HIDDEN_LIBRARY_IS_SHOWN, mistakes))
                .contains("ShowsInReturn", "ShowsInGenericParameter", "ShowsInSupertype")
                .doesNotContain("ShowsInField", "Hides");
        assertThat(found(OKHTTP_IS_SHOWN_IN_ITS_PLACES_ONLY, mistakes))
                .contains("ShowsInField")
                .doesNotContain("ShowsInReturn", "Hides");
        assertThat(found(GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS, mistakes))
                .contains("Prints");
        assertThat(optionalsThatAreNoReturnValue(mistakes))
                .singleElement()
                .asString()
                .contains("TakesOptional");
        assertThat(found(TYPES_OF_THE_ROOT_ARE_CLOSED, mistakes))
                .contains("ShowsInReturn", "ShowsInSupertype")
                .doesNotContain("Hides");
    }

    private static String found(ArchRule rule, JavaClasses classes) {
        return String.join("\n", rule.evaluate(classes).getFailureReport().getDetails());
    }

    /** Each package is a slice of its own; the root knows the others, and they must not know it back. */
    private static final class Packages implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            return SliceIdentifier.of(javaClass.getPackageName());
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    }
}
