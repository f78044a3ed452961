package io.github.tiktokauth;

/** The other half of a circle that {@link ArchitectureTest} must find. */
final class BackToTheCircle {

    void back(CircleOfMistakes[] circles) {}
}
