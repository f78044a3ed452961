package io.github.tiktokauth.benchmarks.costs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a host inherits when it takes a contestant. */
enum Bundle {
    OURS("tiktok-auth core + jdbc", "io.github.tiktokauth:tiktok-auth-jdbc"),
    SPRING(
            "Spring Security OAuth 2 client + Spring JDBC + Gson",
            "org.springframework.security:spring-security-oauth2-client",
            "org.springframework:spring-jdbc",
            // Its manager does not even load without a JSON library; this is the smallest that it takes.
            "com.google.code.gson:gson"),
    SPRING_JACKSON(
            "Spring Security OAuth 2 client + Spring JDBC + Jackson",
            "org.springframework.security:spring-security-oauth2-client",
            "org.springframework:spring-jdbc",
            "com.fasterxml.jackson.core:jackson-databind"),
    GOOGLE_AUTH("google-auth-library-oauth2-http", "com.google.auth:google-auth-library-oauth2-http"),
    MSAL4J("MSAL4J", "com.microsoft.azure:msal4j"),
    JDBI("Jdbi", "org.jdbi:jdbi3-core"),
    NOTHING("nothing");

    private final String label;
    private final String[] names;

    Bundle(String label, String... names) {
        this.label = label;
        this.names = names;
    }

    String label() {
        return label;
    }

    List<Path> jars() throws IOException {
        return Build.dependencies().closure(names).stream().map(Build::jar).toList();
    }

    static long bytes(List<Path> jars) throws IOException {
        long sum = 0;
        for (Path jar : jars) {
            sum += Files.size(jar);
        }
        return sum;
    }
}
