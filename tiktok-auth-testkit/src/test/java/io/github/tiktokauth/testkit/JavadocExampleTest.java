package io.github.tiktokauth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the javadoc of a contract shows compiles in the package of whoever copies it. */
class JavadocExampleTest {

    private static final Path SOURCES = Path.of("src/main/java/io/github/tiktokauth/testkit");
    private static final Pattern EXAMPLE = Pattern.compile("(?s)<pre>\\{@code\n(.*?)\n \\* }</pre>");

    @ParameterizedTest
    @ValueSource(strings = {"TokenStore", "StateStore"})
    void compilesWithTheStoreInMemoryInPlaceOfTheReaders(String store, @TempDir Path classes) throws IOException {
        Matcher example = EXAMPLE.matcher(Files.readString(SOURCES.resolve(store + "Contract.java")));
        assertThat(example.find()).isTrue();
        String code = example.group(1)
                .replaceAll("(?m)^ \\*", "")
                .replace("(database(), clock)", "(clock)")
                .replaceAll("\\bMy" + store + "\\b", "InMemory" + store);
        assertThat(code).contains("class My" + store + "Test").doesNotContain("database");
        assertThat(errors("My" + store + "Test", code, classes)).isEmpty();
    }

    private static List<String> errors(String className, String code, Path classes) {
        String text = """
                package com.example;
                import io.github.tiktokauth.memory.*;
                import io.github.tiktokauth.spi.*;
                import io.github.tiktokauth.testkit.*;
                import java.time.*;
                """ + code;
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        JavaFileObject source =
                new SimpleJavaFileObject(URI.create("string:///" + className + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return text;
                    }
                };
        List<String> options =
                List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none");
        ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, found, options, null, List.of(source))
                .call();
        return found.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == javax.tools.Diagnostic.Kind.ERROR)
                .map(Object::toString)
                .toList();
    }
}
