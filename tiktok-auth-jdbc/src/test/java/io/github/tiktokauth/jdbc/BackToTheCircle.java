package io.github.tiktokauth.jdbc;

/** The other half of a circle that {@link AllModulesTest} must find. */
final class BackToTheCircle {

    static final class Nested {}

    void back(CircleOfMistakes[] circles) {}
}
