package io.github.tiktokauth.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthorizationsFileTest {

    @TempDir
    private Path directory;

    private Path file;
    private TikTokSimulator simulator;
    private TestClient client;

    @BeforeEach
    void start() {
        file = directory.resolve("authorizations.json");
        simulator = TikTokSimulator.builder()
                .rotation(RefreshTokenRotation.OLD_IS_REFUSED)
                .authorizationsFile(file)
                .start();
        client = new TestClient(simulator);
    }

    private void restart() {
        simulator.close();
        start();
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    private static String text(JsonNode data, String name) {
        return data.get(name).asText();
    }

    @Test
    void aRestartedSimulatorKnowsItsTokens() {
        JsonNode granted = client.connect(SimulatedSeller.ONE_SHOP);
        restart();
        assertThat(client.shops(text(granted, "access_token")).statusCode()).isEqualTo(200);
        JsonNode refreshed = client.refresh(text(granted, "refresh_token"));
        assertThat(refreshed.get("code").asInt()).isZero();
        assertThat(text(refreshed.get("data"), "open_id")).isEqualTo(text(granted, "open_id"));
        assertThat(refreshed.get("data").get("refresh_token_expire_in"))
                .isEqualTo(granted.get("refresh_token_expire_in"));
    }

    @Test
    void whatWasSpentOrRevokedStaysSo() {
        JsonNode granted = client.connect(SimulatedSeller.ONE_SHOP);
        JsonNode refreshed = client.refresh(text(granted, "refresh_token")).get("data");
        restart();
        assertThat(client.refresh(text(granted, "refresh_token")).get("code").asInt())
                .isEqualTo(Refusal.REFRESH_TOKEN_UNKNOWN);
        simulator.revoke(SimulatedSeller.ONE_SHOP);
        restart();
        assertThat(client.refresh(text(refreshed, "refresh_token")).get("code").asInt())
                .isEqualTo(Refusal.REFRESH_TOKEN_UNKNOWN);
        assertThat(client.shops(text(refreshed, "access_token")).statusCode()).isEqualTo(401);
    }

    @Test
    void theFileIsForItsOwnerOnlyAndNothingElseIsLeft() throws IOException {
        client.connect(SimulatedSeller.ONE_SHOP);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aBrokenFileIsRefusedWithoutQuotingIt() throws IOException {
        simulator.close();
        Files.writeString(file, "[{\"refreshToken\":\"secret-token\"");
        assertThatThrownBy(this::start)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("remove the file")
                .hasMessageNotContaining("secret-token");
    }
}
