package io.github.tiktokauth;

import static io.github.tiktokauth.TestHost.USER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tiktokauth.AuthorizationRequiredException.Reason;
import io.github.tiktokauth.spi.CipherContext;
import io.github.tiktokauth.spi.CipherException;
import io.github.tiktokauth.spi.StoreException;
import io.github.tiktokauth.spi.TokenCipher;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Within the safety margin callers wait for a refresh; if it fails, however it fails, they get what still works. */
class ServeWhileValidTest {

    private final BreakableCipher cipher = new BreakableCipher();
    private final TestHost host = new TestHost(builder -> builder.cipher(cipher));

    /** A way to fail, and what is thrown once no token is left. */
    enum Failure {
        TIKTOK_DOWN(TikTokUnavailableException.class) {
            @Override
            void strike(ServeWhileValidTest test) {
                answer(test, ScriptedTikTok.unavailable());
            }
        },
        ANSWER_LOST(TikTokUnavailableException.class) {
            @Override
            void strike(ServeWhileValidTest test) {
                answer(test, ScriptedTikTok.lost());
            }
        },
        NOT_SENT(TikTokUnavailableException.class) {
            @Override
            void strike(ServeWhileValidTest test) {
                answer(test, CallFailure.notSent("no answer from TikTok: ConnectException"));
            }
        },
        UNKNOWN_CODE(TikTokUnavailableException.class) {
            @Override
            void strike(ServeWhileValidTest test) {
                answer(test, ScriptedTikTok.refused(424242));
            }
        },
        REVOKED(AuthorizationRequiredException.class) {
            @Override
            void strike(ServeWhileValidTest test) {
                answer(test, ScriptedTikTok.refused(36004005));
            }
        },
        EXPIRED(AuthorizationRequiredException.class) {
            @Override
            void strike(ServeWhileValidTest test) {
                answer(test, ScriptedTikTok.refused(36004001));
            }
        },
        SETTINGS_WRONG(ConfigurationException.class) {
            @Override
            void strike(ServeWhileValidTest test) {
                answer(test, ScriptedTikTok.refused(98001004));
            }
        },
        IP_NOT_ALLOWED(ConfigurationException.class) {
            @Override
            void strike(ServeWhileValidTest test) {
                answer(test, ScriptedTikTok.refused(36009033));
            }
        },
        STORE_READ_ONLY(StorageException.class) {
            @Override
            void strike(ServeWhileValidTest test) {
                test.host.store.fail(
                        "acquireLease", new StoreException(StoreException.Kind.READ_ONLY, "read only", "25006"));
            }
        },
        MARK_NOT_WRITTEN(StorageException.class) {
            @Override
            void strike(ServeWhileValidTest test) {
                answer(test, ScriptedTikTok.refused(36004005));
                test.host.store.fail("requireReauthorization");
            }
        },
        REFRESH_TOKEN_UNREADABLE(StorageException.class) {
            @Override
            void strike(ServeWhileValidTest test) {
                test.cipher.unreadable = "refresh_token";
            }
        };

        private final Class<? extends TikTokAuthException> afterwards;

        Failure(Class<? extends TikTokAuthException> afterwards) {
            this.afterwards = afterwards;
        }

        abstract void strike(ServeWhileValidTest test);

        static void answer(ServeWhileValidTest test, CallFailure failure) {
            test.host.tikTok.onRefresh(token -> {
                throw failure;
            });
        }
    }

    private static final class BreakableCipher implements TokenCipher {

        private final TokenCipher real = TikTokConfig.fromMap(TestHost.SETTINGS).cipher();
        private volatile String unreadable = "";

        @Override
        public String encrypt(String plaintext, CipherContext context) {
            return real.encrypt(plaintext, context);
        }

        @Override
        public String decrypt(String ciphertext, CipherContext context) {
            if (context.column().equals(unreadable)) {
                throw new CipherException(CipherException.Problem.UNKNOWN_KEY, "key old is not in the ring");
            }
            return real.decrypt(ciphertext, context);
        }

        @Override
        public boolean isCurrent(String ciphertext) {
            return real.isCurrent(ciphertext);
        }

        @Override
        public String keyId(String ciphertext) {
            return real.keyId(ciphertext);
        }
    }

    @BeforeEach
    void connect() {
        host.connect();
    }

    @AfterEach
    void close() {
        host.close();
    }

    @ParameterizedTest
    @EnumSource
    void aTokenThatStillWorksIsHandedOut(Failure failure) {
        host.untilLeft(Duration.ofSeconds(60));
        failure.strike(this);
        assertThat(host.token()).isEqualTo("access-1");
        assertThat(host.rows.find(USER)).as("the row is never deleted").isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void oneThatHasEndedIsNotButATypedErrorComes(Failure failure) {
        host.untilEnded();
        failure.strike(this);
        TikTokAuthException e = TestFailures.thrown(failure.afterwards, host::token);
        assertThat(e.getMessage()).isNotBlank().doesNotContain("access-1", "refresh-1");
        assertThat(host.rows.find(USER)).as("the row is never deleted").isPresent();
        assertThat(host.stored().refreshToken()).as("its tokens stay").isEqualTo("refresh-1");
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"REVOKED", "EXPIRED"})
    void whatPassesIsFollowedByANewToken(Failure failure) {
        host.untilEnded();
        failure.strike(this);
        TestFailures.thrown(failure.afterwards, host::token);
        host.store.heal();
        cipher.unreadable = "";
        host.time.advance(Duration.ofSeconds(62));
        assertThat(host.token()).isEqualTo("access-2");
    }

    @Test
    void tiktoksAnswerStandsInTheError() {
        host.untilEnded();
        Failure.TIKTOK_DOWN.strike(this);
        TikTokUnavailableException e = TestFailures.thrown(TikTokUnavailableException.class, host::token);
        assertThat(e.tikTokError()).contains(new TikTokError(503, 36009003, "internal error", "r503"));
        assertThat(e.retryAfter()).isBetween(Duration.ofSeconds(24), Duration.ofSeconds(36));
    }

    @Test
    void aFailureThatCannotBeNotedIsStillToldAsWhatItWas() {
        host.untilEnded();
        Failure.TIKTOK_DOWN.strike(this);
        host.store.fail("recordFailure");
        TikTokUnavailableException e = TestFailures.thrown(TikTokUnavailableException.class, host::token);
        assertThat(e.tikTokError()).isPresent();
    }

    @Test
    void aStoreThatCannotBeReadIsToldAsThat() {
        host.store.failAll();
        for (Runnable call : new Runnable[] {
            host::token,
            () -> host.auth.refresh(USER),
            () -> host.auth.shopInfo(USER),
            () -> host.auth.status(USER),
            () -> host.auth.maintenance().diagnose(USER),
            () -> host.auth.disconnect(USER)
        }) {
            StorageException e = TestFailures.thrown(StorageException.class, call);
            assertThat(e.getCause()).isInstanceOf(StoreException.class);
        }
    }

    @Test
    void aRowOfAnUnknownKeyIsToldAsThatAndStays() {
        cipher.unreadable = "access_token";
        StorageException e = TestFailures.thrown(StorageException.class, host::token);
        assertThat(e.getCause()).isInstanceOf(CipherException.class);
        assertThat(host.auth.status(USER).connected()).isTrue();
        assertThat(host.auth.maintenance().diagnose(USER).decryptable()).isFalse();
        cipher.unreadable = "";
        assertThat(host.token()).isEqualTo("access-1");
    }

    @Test
    void aDisconnectedUserGetsNoTokenHoweverLongItWouldHaveLived() {
        host.untilLeft(Duration.ofSeconds(60));
        host.tikTok.onRefresh(token -> {
            host.rows.disconnect(USER);
            throw ScriptedTikTok.unavailable();
        });
        assertThat(host.token()).as("not yet seen").isEqualTo("access-1");
        assertThat(TestFailures.reason(host::token)).isEqualTo(Reason.NOT_CONNECTED);
    }
}
