package io.github.tiktokauth.benchmarks.costs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/** Counts how often a virtual thread could not leave its carrier, by the flight recorder. */
final class Pinning implements AutoCloseable {

    private static final String EVENT = "jdk.VirtualThreadPinned";
    private static final String JDBI_EVENT = "jdbi.statement";
    private static final int FRAMES = 12;

    private final Recording recording = new Recording();
    private final Map<String, Integer> places = new TreeMap<>();

    private Pinning() {}

    static Pinning watch() {
        Pinning pinning = new Pinning();
        pinning.recording.enable(EVENT).withoutThreshold().withStackTrace();
        // The recorder itself pins while it writes down an event of Jdbi's; without a recorder nobody writes it.
        pinning.recording.disable(JDBI_EVENT);
        pinning.recording.start();
        return pinning;
    }

    void stop() throws IOException {
        recording.stop();
        Path file = Files.createTempFile("pinning", ".jfr");
        try {
            recording.dump(file);
            for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
                places.merge(place(event.getStackTrace()), 1, Integer::sum);
            }
        } finally {
            Files.delete(file);
        }
    }

    int count() {
        return places.values().stream().mapToInt(Integer::intValue).sum();
    }

    String where() {
        return places.isEmpty() ? "" : places.toString();
    }

    private static String place(RecordedStackTrace trace) {
        if (trace == null) {
            return "somewhere";
        }
        StringBuilder text = new StringBuilder();
        for (RecordedFrame frame : trace.getFrames().stream().limit(FRAMES).toList()) {
            text.append(text.isEmpty() ? "" : " < ")
                    .append(frame.getMethod().getType().getName().replaceAll("^.*\\.", ""))
                    .append('.')
                    .append(frame.getMethod().getName());
        }
        return text.toString();
    }

    @Override
    public void close() {
        recording.close();
    }
}
