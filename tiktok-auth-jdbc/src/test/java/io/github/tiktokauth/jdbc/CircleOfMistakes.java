package io.github.tiktokauth.jdbc;

/** Needs, by way of the class in it, a class that needs it. */
final class CircleOfMistakes {

    static final class Nested {
        BackToTheCircle back;
    }
}
