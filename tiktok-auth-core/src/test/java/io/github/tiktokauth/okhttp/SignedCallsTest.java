package io.github.tiktokauth.okhttp;

import static io.github.tiktokauth.okhttp.ShopWorld.CIPHER;
import static io.github.tiktokauth.okhttp.ShopWorld.PRODUCTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tiktokauth.client.GatewayCall;
import io.github.tiktokauth.client.ShopCipher;
import java.io.IOException;
import java.time.Duration;
import mockwebserver3.MockWebServer;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is on the wire, judged by a computation of the test's own from the raw request line and body. */
class SignedCallsTest {

    private final ShopWorld world = ShopWorld.start();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aCallCarriesTokenKeyCipherTimestampAndSignature() throws IOException {
        assertThat(world.send(world.get("/order/202309/orders?ids=1")).body()).isEqualTo(ShopWorld.SUCCESS);
        Wire wire = world.onlyOne();
        wire.assertSigned();
        assertThat(wire.token()).isEqualTo("access-1");
        assertThat(wire.query())
                .containsEntry("ids", "1")
                .containsEntry("shop_cipher", CIPHER)
                .containsEntry("timestamp", Long.toString(world.now().getEpochSecond()))
                .hasSize(5);
        assertThat(wire.header("Content-Type")).isEqualTo("application/json");
    }

    @Test
    void theBodyIsSignedAsItIsSent() throws IOException {
        world.send(world.post(PRODUCTS + "?page_size=10", "{\"title\":\"Größe – ✓ 😀\"}"));
        Wire wire = world.onlyOne();
        wire.assertSigned();
        assertThat(wire.text()).isEqualTo("{\"title\":\"Größe – ✓ 😀\"}");
        assertThat(wire.header("Content-Type")).startsWith("application/json");
    }

    @Test
    void aBodyOfUnknownLengthAndWithoutATypeIsSentWithBoth() throws IOException {
        RequestBody body = new RequestBody() {
            @Override
            public MediaType contentType() {
                return null;
            }

            @Override
            public void writeTo(BufferedSink sink) throws IOException {
                sink.writeUtf8("{\"a\":").flush();
                sink.writeUtf8("1}");
            }
        };
        world.send(world.get(PRODUCTS).put(body));
        Wire wire = world.onlyOne();
        wire.assertSigned();
        assertThat(wire.text()).isEqualTo("{\"a\":1}");
        assertThat(wire.header("Content-Length")).isEqualTo("7");
        assertThat(wire.header("Transfer-Encoding")).isNull();
        assertThat(wire.header("Content-Type")).isEqualTo("application/json");
    }

    @Test
    void aBodyThatChangesBetweenReadingsIsReadOnce() throws IOException {
        int[] readings = {0};
        RequestBody body = new RequestBody() {
            @Override
            public MediaType contentType() {
                return ShopWorld.JSON;
            }

            @Override
            public void writeTo(BufferedSink sink) throws IOException {
                sink.writeUtf8("{\"reading\":" + ++readings[0] + "}");
            }
        };
        world.send(world.get(PRODUCTS).post(body));
        world.onlyOne().assertSigned();
        assertThat(readings[0]).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"multipart/form-data", "Multipart/Form-Data"})
    void aFormWithFilesIsSentWhateverItsSizeAndNotSigned(String type) throws IOException {
        byte[] image = new byte[(int) GatewayCall.LARGEST_SIGNED_BODY + 1];
        RequestBody form = new MultipartBody.Builder("boundary-1")
                .setType(MultipartBody.FORM)
                .addFormDataPart("data", "image.png", RequestBody.create(image, MediaType.get("image/png")))
                .build();
        RequestBody named = new RequestBody() {
            @Override
            public MediaType contentType() {
                return MediaType.get(type + "; boundary=boundary-1");
            }

            @Override
            public void writeTo(BufferedSink sink) throws IOException {
                form.writeTo(sink);
            }
        };
        world.gateway.setBodyLimit(Long.MAX_VALUE);
        world.send(world.get("/product/202309/images/upload").post(named));
        Wire wire = world.onlyOne();
        wire.assertSigned();
        assertThat(wire.body()).hasSizeGreaterThan(image.length);
        assertThat(wire.query()).doesNotContainKey("shop_cipher");
    }

    @Test
    void otherMultipartTypesAreSigned() throws IOException {
        RequestBody mixed = new MultipartBody.Builder("b")
                .setType(MultipartBody.MIXED)
                .addPart(RequestBody.create("x", null))
                .build();
        world.send(world.get(PRODUCTS).post(mixed));
        world.onlyOne().assertSigned();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a//b///c?q=1",
                "/a/b%20c/%C3%BC/d+e?q=1",
                "/a?q=1+2&r=1%202&s=1%2B2",
                "/a?empty=&bare&&also=",
                "/a?q=%2B%20%2F%3D%26%25%3F%23",
                "/a?%F0%9F%98%80=2&%EF%BD%9E=1&Z=3&_=4&a=5",
                "/a?q=ü%20😀&=value",
                "/a?shop_cipher=mine",
                "/a?q=%zz&r=100%"
            })
    void pathsAndParametersAreSignedAsTheyAreSent(String target) throws IOException {
        world.send(world.get(target));
        world.onlyOne().assertSigned();
        assertThat(world.onlyOne().path()).isEqualTo(world.url(target).encodedPath());
    }

    @Test
    void theMeaningOfParametersSurvivesTheNewEncoding() throws IOException {
        world.send(world.get("/a?plus=1%2B2&blank=1+2&blank2=1%202&all=%2B%20%2F%3D%26%25&flag"));
        assertThat(world.onlyOne().query())
                .containsEntry("plus", "1+2")
                .containsEntry("blank", "1 2")
                .containsEntry("blank2", "1 2")
                .containsEntry("all", "+ /=&%")
                .containsEntry("flag", "");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /authorization/202309/shops, false",
        "GET, /authorization/202405/category_assets, false",
        "GET, /seller/202309/permissions, false",
        "POST, /product/202312/global_products/search, false",
        "GET, /product/202309/categories/600001/global_attributes, false",
        "POST, /product/202309/brands, false",
        "GET, /product/202309/brands, true",
        "POST, /product/202309/products/123/global_replicate, true",
        "POST, /product/202409/compliance/manufacturers/1/partial_edit, false",
        "POST, /product/202309/files/upload, false",
        "POST, /fulfillment/202309/files/upload, true",
        "POST, /customer_service/202309/images/upload, true",
        "GET, /logistics/202309/global_warehouses, false",
        "GET, /logistics/202309/warehouses, true",
        "POST, /affiliate_creator/202405/showcases/products/add, false",
        "POST, /affiliate_seller/202412/open_collaborations, true",
        "GET, /order/202507/orders, true",
    })
    void theCipherIsSentWhereThePathWantsIt(String method, String path, boolean wanted) throws IOException {
        RequestBody body = method.equals("GET") ? null : RequestBody.create("{}", ShopWorld.JSON);
        world.send(world.get(path).method(method, body));
        world.onlyOne().assertSigned();
        assertThat(world.onlyOne().query().containsKey("shop_cipher")).isEqualTo(wanted);
    }

    @Test
    void theHostHasTheLastWordOnTheCipher() throws IOException {
        world.send(world.get("/order/202507/orders").tag(ShopCipher.class, ShopCipher.OMIT));
        world.send(world.get("/seller/202309/shops").tag(ShopCipher.class, ShopCipher.ADD));
        world.send(world.get("/order/202507/orders?shop_cipher=another"));
        assertThat(world.sent())
                .extracting(wire -> wire.query().get("shop_cipher"))
                .containsExactly(null, CIPHER, "another");
        world.sent().forEach(Wire::assertSigned);
    }

    @Test
    void eachCallHasATimestampOfItsOwn() throws IOException {
        Request request = world.get("/a").build();
        ShopWorld.send(world.client, request);
        world.advance(Duration.ofSeconds(61));
        ShopWorld.send(world.client, request);
        assertThat(world.sent().get(1).stampedAt())
                .isEqualTo(world.sent().get(0).stampedAt().plusSeconds(61));
        world.sent().forEach(Wire::assertSigned);
    }

    @Test
    void theBasePathIsPartOfTheSignatureAndBoundsOurCalls() throws IOException {
        try (ShopWorld below = new ShopWorld(new ShopWorld.Setting("/proxy/tts", false, true))) {
            below.send(below.get("/authorization/202309/shops"));
            below.onlyOne().assertSigned();
            assertThat(below.onlyOne().path()).isEqualTo("/proxy/tts/authorization/202309/shops");
            assertThat(below.onlyOne().query()).doesNotContainKey("shop_cipher");
            for (String other :
                    new String[] {"/proxy/ttsx/a", "/proxy/tts", "/proxy/tts/../other", "/a", "/Proxy/tts/a"}) {
                below.received.clear();
                HttpUrl url = below.url("").resolve(other);
                ShopWorld.send(below.client, new Request.Builder().url(url).build());
                below.onlyOne().assertBare();
            }
        }
    }

    @Test
    void callsToOtherHostsPassUntouched() throws IOException {
        try (MockWebServer other = new MockWebServer()) {
            ShopWorld.serve(other, request -> ShopWorld.json(200, "{}"));
            OkHttpClient plain = world.base;
            for (OkHttpClient client : new OkHttpClient[] {world.client, plain}) {
                Request request = new Request.Builder()
                        .url("http://localhost:" + other.getPort() + PRODUCTS + "?sign=1&a=b+c&a=d")
                        .header("x-tts-access-token", "the host's")
                        .build();
                assertThat(ShopWorld.send(client, request).response().request()).isSameAs(request);
            }
            mockwebserver3.RecordedRequest ours = take(other);
            mockwebserver3.RecordedRequest theirs = take(other);
            assertThat(ours.getRequestLine()).isEqualTo(theirs.getRequestLine());
            assertThat(ours.getHeaders()).isEqualTo(theirs.getHeaders());
        }
        assertThat(world.received).isEmpty();
    }

    @Test
    void theSameHostUnderAnotherNameIsAnotherHost() throws IOException {
        HttpUrl url = world.url(PRODUCTS).newBuilder().host("127.0.0.1").build();
        ShopWorld.send(world.client, new Request.Builder().url(url).build());
        world.onlyOne().assertBare();
    }

    private static mockwebserver3.RecordedRequest take(MockWebServer server) {
        try {
            return server.takeRequest();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aClientMadeFromAnothersSpeaksForTheNewUserOnly() throws IOException {
        world.auth.disconnect(ShopWorld.USER);
        world.connect("user-2", 22);
        OkHttpClient second = TikTokShopClient.forUser(world.auth, "user-2", world.client);
        ShopWorld.send(second, world.get("/a").build());
        world.onlyOne().assertSigned();
        assertThat(world.onlyOne().token()).isEqualTo("access-22");
        assertThat(second.connectionPool()).isSameAs(world.base.connectionPool());
        assertThat(second.dispatcher()).isSameAs(world.base.dispatcher());
    }
}
