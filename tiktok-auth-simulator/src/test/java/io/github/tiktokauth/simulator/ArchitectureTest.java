package io.github.tiktokauth.simulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.properties.HasModifiers;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the simulator may know, and what it may show to those who test with it. */
class ArchitectureTest {

    private static final String SIMULATOR = "io.github.tiktokauth.simulator";

    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(SIMULATOR);

    /** It shares no code with the library that it judges, and any test framework may be used beside it. */
    private static final ArchRule ONLY_THE_JDK_AND_JACKSON_ARE_KNOWN = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    SIMULATOR,
                    "java..",
                    "javax.crypto..",
                    "com.sun.net.httpserver",
                    "com.fasterxml.jackson..",
                    "org.jspecify.annotations");

    private static final ArchRule ONLY_THE_JDK_IS_SHOWN = classes().should(new ShownTypes());

    @Test
    void thereIsSomethingToJudge() {
        assertThat(ALL.size()).isGreaterThan(30);
        assertThat(ALL.contain(TikTokSimulator.class)).isTrue();
        assertThat(ALL.contain(ArchitectureTest.class)).isFalse();
    }

    @Test
    void itKnowsTheJdkAndJacksonOnly() {
        ONLY_THE_JDK_AND_JACKSON_ARE_KNOWN.check(ALL);
    }

    @Test
    void packagesHaveNoCycle() {
        slices().assignedFrom(new Packages()).should().beFreeOfCycles().check(ALL);
    }

    @Test
    void noTypeOfAnotherLibraryIsShown() {
        ONLY_THE_JDK_IS_SHOWN.check(ALL);
    }

    @Test
    void mistakesAreFound() {
        JavaClasses mistakes = new ClassFileImporter()
                .importClasses(
                        SimulatorMistakes.class,
                        SimulatorMistakes.InReturn.class,
                        SimulatorMistakes.InGenericParameter.class,
                        SimulatorMistakes.InSupertype.class,
                        SimulatorMistakes.InField.class,
                        SimulatorMistakes.Base.class,
                        SimulatorMistakes.InWhatIsInherited.class,
                        SimulatorMistakes.Hides.class,
                        SimulatorMistakes.KnowsATestFramework.class);
        assertThat(found(ONLY_THE_JDK_IS_SHOWN, mistakes))
                .contains("InReturn", "InGenericParameter", "InSupertype", "InField", "InWhatIsInherited")
                .doesNotContain("Hides", "Base");
        assertThat(found(ONLY_THE_JDK_AND_JACKSON_ARE_KNOWN, mistakes))
                .contains("KnowsATestFramework")
                .doesNotContain("InReturn", "Hides");
    }

    private static String found(ArchRule rule, JavaClasses classes) {
        return String.join("\n", rule.evaluate(classes).getFailureReport().getDetails());
    }

    /** Judges every type in a public or protected signature of a type that others can see, type arguments included. */
    private static final class ShownTypes extends ArchCondition<JavaClass> {

        ShownTypes() {
            super("show types of the JDK and of the simulator only");
        }

        @Override
        public void check(JavaClass owner, ConditionEvents events) {
            if (!isSeen(owner)) {
                return;
            }
            Stream<JavaType> parents = Stream.concat(owner.getInterfaces().stream(), owner.getSuperclass().stream());
            Stream<JavaType> members =
                    owner.getAllMembers().stream().filter(ShownTypes::isShown).flatMap(ShownTypes::typesOf);
            Stream.concat(parents, members)
                    .flatMap(type -> type.getAllInvolvedRawTypes().stream())
                    .map(JavaClass::getBaseComponentType)
                    .filter(type -> !type.isPrimitive())
                    .map(JavaClass::getFullName)
                    .filter(name -> !name.startsWith("java.") && !name.startsWith(SIMULATOR + "."))
                    .forEach(name ->
                            events.add(SimpleConditionEvent.violated(owner, owner.getFullName() + " shows " + name)));
        }

        private static boolean isSeen(JavaClass owner) {
            return isShown(owner)
                    && owner.getEnclosingClass().map(ShownTypes::isSeen).orElse(true);
        }

        private static boolean isShown(HasModifiers element) {
            return element.getModifiers().contains(JavaModifier.PUBLIC)
                    || element.getModifiers().contains(JavaModifier.PROTECTED);
        }

        private static Stream<JavaType> typesOf(JavaMember member) {
            if (member instanceof JavaField field) {
                return Stream.of(field.getType());
            }
            JavaCodeUnit unit = (JavaCodeUnit) member;
            return Stream.of(unit.getParameterTypes(), List.of(unit.getReturnType()), unit.getExceptionTypes())
                    .flatMap(List::stream);
        }
    }

    /** Each package is a slice of its own. */
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
