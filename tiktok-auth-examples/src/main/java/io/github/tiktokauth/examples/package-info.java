/** A servlet app that shows the library at work, and a quick start. Not published; copy what is useful. */
@NullMarked
package io.github.tiktokauth.examples;

import org.jspecify.annotations.NullMarked;
