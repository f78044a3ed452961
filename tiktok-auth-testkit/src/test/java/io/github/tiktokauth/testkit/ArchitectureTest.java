package io.github.tiktokauth.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
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

/** What the testkit may know, and what it may show to those who test with it. */
class ArchitectureTest {

    private static final String ROOT = "io.github.tiktokauth";
    private static final String TESTKIT = ROOT + ".testkit";

    private static final JavaClasses WITH_THE_CORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    private static final JavaClasses ALL = WITH_THE_CORE.that(
            DescribedPredicate.describe("testkit", type -> type.getPackageName().startsWith(TESTKIT)));

    private static final ArchRule ONLY_THE_JDK_AND_THE_LIBRARY_ARE_SHOWN =
            classes().should(new ShownTypes());

    @Test
    void thereIsSomethingToJudge() {
        assertThat(ALL.size()).isGreaterThan(30);
        assertThat(ALL.contain(TokenStoreContract.class)).isTrue();
        assertThat(ALL.contain(ArchitectureTest.class)).isFalse();
        assertThat(WITH_THE_CORE.size()).isGreaterThan(ALL.size() + 60);
    }

    /** A store can be tested without the library's machinery. */
    @Test
    void itKnowsTheJdkTheStorageInterfacesAndTheTestFrameworkOnly() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        TESTKIT,
                        ROOT + ".spi",
                        "java..",
                        "org.junit.jupiter.api..",
                        "org.apiguardian.api",
                        "org.jspecify.annotations")
                .check(ALL);
    }

    @Test
    void packagesHaveNoCycle() {
        slices().assignedFrom(new Packages()).should().beFreeOfCycles().check(WITH_THE_CORE);
    }

    @Test
    void noTypeOfAnotherLibraryIsShown() {
        ONLY_THE_JDK_AND_THE_LIBRARY_ARE_SHOWN.check(ALL);
    }

    @Test
    void mistakesAreFound() {
        JavaClasses mistakes = new ClassFileImporter()
                .importClasses(
                        TestkitMistakes.class,
                        TestkitMistakes.InReturn.class,
                        TestkitMistakes.InGenericParameter.class,
                        TestkitMistakes.InSupertype.class,
                        TestkitMistakes.InField.class,
                        TestkitMistakes.Base.class,
                        TestkitMistakes.InWhatIsInherited.class,
                        TestkitMistakes.Hides.class);
        String found = String.join(
                "\n",
                ONLY_THE_JDK_AND_THE_LIBRARY_ARE_SHOWN
                        .evaluate(mistakes)
                        .getFailureReport()
                        .getDetails());
        assertThat(found)
                .contains("InReturn", "InGenericParameter", "InSupertype", "InField", "InWhatIsInherited")
                .doesNotContain("Hides", "Base");
    }

    /** Judges every type in a public or protected signature of a type that others can see, type arguments included. */
    private static final class ShownTypes extends ArchCondition<JavaClass> {

        ShownTypes() {
            super("show types of the JDK and of the library only");
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
                    .filter(name -> !name.startsWith("java.") && !name.startsWith(ROOT + "."))
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
