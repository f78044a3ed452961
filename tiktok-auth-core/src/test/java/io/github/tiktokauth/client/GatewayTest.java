package io.github.tiktokauth.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which URLs are the gateway's. */
class GatewayTest {

    private static boolean covers(String baseUrl, String url) {
        URI uri = URI.create(url);
        return new Gateway(URI.create(baseUrl)).covers(uri.getScheme(), uri.getHost(), uri.getPort(), uri.getRawPath());
    }

    @ParameterizedTest
    @CsvSource({
        "https://open-api.example, https://open-api.example/product/202309/products",
        "https://open-api.example, https://open-api.example:443/product",
        "https://open-api.example:443, https://open-api.example/product",
        "https://OPEN-API.example, https://open-API.example/product",
        "https://proxy.example/tiktok, https://proxy.example/tiktok/product",
        "https://proxy.example/tiktok/, https://proxy.example/tiktok/product",
        "https://proxy.example/a/../tiktok, https://proxy.example/tiktok/product",
        "http://127.0.0.1:8001, http://127.0.0.1:8001/product",
        "http://[::1]:8001, http://[0:0:0:0:0:0:0:1]:8001/product",
    })
    void aUrlBelowTheBaseUrlIsTheGateways(String baseUrl, String url) {
        assertThat(covers(baseUrl, url)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "https://open-api.example, http://open-api.example/product",
        "https://open-api.example, https://open-api.example:8443/product",
        "https://open-api.example, https://open-api.example.evil.example/product",
        "https://open-api.example, https://evil.example/open-api.example/product",
        "https://proxy.example/tiktok, https://proxy.example/tiktokshop/product",
        "https://proxy.example/tiktok, https://proxy.example/product",
        "https://proxy.example/tiktok, https://proxy.example/TIKTOK/product",
        "http://[::1]:8001, http://[::2]:8001/product",
        "http://127.0.0.1:8001, http://localhost:8001/product",
    })
    void anyOtherUrlIsNot(String baseUrl, String url) {
        assertThat(covers(baseUrl, url)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /product/202309/products/17, true",
        "POST, /product/202309/products/search, true",
        "GET, /authorization/202309/shops, false",
        "GET, /seller/202309/permissions, false",
        "POST, /product/202309/images/upload, false",
        "POST, /product/202309/brands, false",
        "GET, /product/202309/brands, true",
        "GET, /unknown/202612/things, true",
    })
    void theCipherRuleHoldsBelowAnyBasePath(String method, String path, boolean takesCipher) {
        assertThat(new Gateway(URI.create("https://open-api.example")).takesShopCipher(method, path))
                .isEqualTo(takesCipher);
        assertThat(new Gateway(URI.create("https://proxy.example/tiktok")).takesShopCipher(method, "/tiktok" + path))
                .isEqualTo(takesCipher);
    }
}
