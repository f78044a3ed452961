package io.github.tiktokauth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TablesTest {

    @Test
    void theOtherNamesBeginWithTheFirst() {
        Tables tables = new Tables("us_auth");
        assertThat(tables.state()).isEqualTo("us_auth_state");
        assertThat(tables.schema()).isEqualTo("us_auth_schema");
        assertThat(tables.inScript("CREATE TABLE tiktok_shop_auth_state")).isEqualTo("CREATE TABLE us_auth_state");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1a", "_a", "a b", "a;drop table x", "A", "a\"", "a.b", "ä"})
    void whatIsNotAPlainNameIsRefused(String name) {
        assertThatThrownBy(() -> new Tables(name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Tables("a".repeat(41))).isInstanceOf(IllegalArgumentException.class);
    }
}
