package io.github.tiktokauth.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents show is compiled here. */
class DocumentedCodeTest {

    private static final Pattern BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
    private static final String IMPORTS = """
            import io.github.tiktokauth.*;
            import io.github.tiktokauth.crypto.*;
            import io.github.tiktokauth.jdbc.*;
            import io.github.tiktokauth.memory.*;
            import io.github.tiktokauth.simulator.*;
            import io.github.tiktokauth.spi.*;
            import java.time.*;
            import java.util.*;
            import javax.sql.DataSource;
            """;

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/storage-and-cluster.md"})
    void compiles(String page, @TempDir Path classes) throws IOException {
        Matcher blocks = BLOCK.matcher(Files.readString(Path.of("..", page)));
        List<JavaFileObject> sources = new ArrayList<>();
        while (blocks.find()) {
            sources.add(source(sources.size(), blocks.group(1)));
        }
        assertThat(sources).isNotEmpty();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        var compiler = ToolProvider.getSystemJavaCompiler();
        List<String> options =
                List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none");
        compiler.getTask(null, null, found, options, null, sources).call();
        assertThat(found.getDiagnostics().stream()
                        .filter(diagnostic -> diagnostic.getKind() == javax.tools.Diagnostic.Kind.ERROR)
                        .map(diagnostic -> diagnostic.getMessage(Locale.ROOT))
                        .collect(Collectors.toList()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = "README.md")
    void showsCodeBeforeLine30AndEndsBeforeLine200(String page) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("..", page));
        assertThat(lines.indexOf("```java")).isBetween(0, 29);
        assertThat(lines).hasSizeLessThan(200);
    }

    /** Each block stands alone, among what a host has at hand. */
    private static JavaFileObject source(int number, String block) {
        String name = "Block" + number;
        String locals = block.contains("TikTokAuth auth =")
                ? "DataSource dataSource, String userId, String code, String state"
                : "TikTokAuth auth, JdbcStores stores, DataSource dataSource, String userId";
        String text = IMPORTS + "class " + name + " { void run(" + locals + ") throws Exception {\n" + block + "} }\n";
        return new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }
}
