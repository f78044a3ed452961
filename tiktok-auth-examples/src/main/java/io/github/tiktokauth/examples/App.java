package io.github.tiktokauth.examples;

/** Placeholder while the parts come. */
final class App {
    private App() {}
}
