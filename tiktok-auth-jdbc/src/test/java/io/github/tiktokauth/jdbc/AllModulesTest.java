package io.github.tiktokauth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.tiktokauth.TikTokAuth;
import io.github.tiktokauth.simulator.TikTokSimulator;
import io.github.tiktokauth.testkit.TokenStoreContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for the code of all modules. */
class AllModulesTest {

    private static final int MOST_LINES = 300;

    /** A type leads to its builder, and the simulator serves the API that controls it. */
    private static final Set<Set<String>> NATURAL_CIRCLES = Set.of(
            Set.of("TikTokAuth", "TikTokAuthBuilder"),
            Set.of("JdbcStores", "JdbcStoresBuilder"),
            Set.of("TikTokSimulator", "SimulatorBuilder", "ControlApi"));

    private static final JavaClasses PUBLISHED = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.github.tiktokauth");

    @Test
    void allPublishedModulesAreJudged() {
        for (Class<?> type :
                List.of(TikTokAuth.class, JdbcStores.class, TikTokSimulator.class, TokenStoreContract.class)) {
            assertThat(PUBLISHED.contain(type)).isTrue();
        }
        assertThat(PUBLISHED.contain(AllModulesTest.class)).isFalse();
    }

    @Test
    void classesFormNoCirclesButNaturalOnes() {
        Set<Set<String>> circles = ClassCircles.of(PUBLISHED);
        circles.removeIf(AllModulesTest::isContractWithItsRules);
        assertThat(circles).isEqualTo(NATURAL_CIRCLES);
    }

    private static boolean isContractWithItsRules(Set<String> circle) {
        return circle.stream().filter(name -> name.endsWith("StoreContract")).count() == 1
                && circle.stream().allMatch(name -> name.endsWith("StoreContract") || name.endsWith("Rules"));
    }

    @Test
    void noTwoTypesOfAPackageShareASimpleName() {
        assertThat(sharedNames(PUBLISHED)).isEmpty();
    }

    @Test
    void noSourceFileIsLongerThanOneReadsInASitting() throws IOException {
        Path project = Path.of("").toAbsolutePath().getParent();
        try (Stream<Path> files = Files.walk(project)) {
            List<Path> sources = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> project.relativize(file).toString().matches("tiktok-auth-[a-z-]+/src/main/java/.*"))
                    .toList();
            assertThat(sources).hasSizeGreaterThan(300);
            assertThat(sources)
                    .allSatisfy(file -> assertThat(lines(file))
                            .as(file.getFileName().toString())
                            .isLessThanOrEqualTo(MOST_LINES));
        }
    }

    @Test
    void mistakesAreFound() {
        assertThat(ClassCircles.of(new ClassFileImporter()
                        .importClasses(CircleOfMistakes.class, CircleOfMistakes.Nested.class, BackToTheCircle.class)))
                .containsExactly(Set.of("CircleOfMistakes", "BackToTheCircle"));
        assertThat(sharedNames(new ClassFileImporter()
                        .importClasses(
                                CircleOfMistakes.Nested.class, BackToTheCircle.Nested.class, CircleOfMistakes.class)))
                .singleElement()
                .asString()
                .contains("CircleOfMistakes$Nested", "BackToTheCircle$Nested");
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> sharedNames(JavaClasses classes) {
        Map<String, Set<String>> byName = new TreeMap<>();
        for (JavaClass type : classes) {
            boolean builder = type.getSimpleName().equals("Builder") && type.isNestedClass();
            if (!type.isAnonymousClass() && !type.getSimpleName().isEmpty() && !builder) {
                byName.computeIfAbsent(type.getPackageName() + "." + type.getSimpleName(), name -> new TreeSet<>())
                        .add(type.getName());
            }
        }
        return byName.values().stream()
                .filter(types -> types.size() > 1)
                .map(Set::toString)
                .toList();
    }
}
