package io.github.tiktokauth.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuickStartTest {

    @Test
    void itRunsTheWholePathAndPrintsEachStep() {
        try (Captured captured = new Captured()) {
            QuickStart.main(new String[0]);
            assertThat(captured.text())
                    .contains(
                            "1. Alice's browser is sent to http://127.0.0.1:",
                            "2. She comes back and is connected with Teapot & Co London",
                            "3. A token that works until 20",
                            "4. Used in a signed call: 12 products",
                            "5. Refreshed; another token: true",
                            "6. Disconnected: true",
                            "7. Still connected? false");
        }
    }
}
