package io.github.tiktokauth.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Stands still until it is moved. It starts with nanoseconds, which no store keeps. */
final class HandMovedClock implements InstantSource {

    private Instant now = Instant.parse("2026-11-23T10:15:30.123456789Z");

    @Override
    public synchronized Instant instant() {
        return now;
    }

    synchronized void advance(Duration by) {
        now = now.plus(by);
    }
}
