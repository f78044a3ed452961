package io.github.tiktokauth.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What a simulated shop sells: the same products in every process, searched by status, page by page. */
final class Products {

    private static final List<String> TITLES =
            List.of("Teapot", "Kettle – 1.7 l", "Mug „Größe L“", "Oolong 乌龙茶", "Strainer", "Cosy & Co", "Tray <oak>");

    /** The last one is a draft, so that a search by status has something to leave out. */
    private static final List<String> STATUSES = List.of("ACTIVATE", "ACTIVATE", "SELLER_DEACTIVATED", "DRAFT");

    private static final Map<String, String> CURRENCIES = Map.of("GB", "GBP", "US", "USD", "DE", "EUR", "TH", "THB");

    private static final long CREATED = 1_735_689_600L;

    private Products() {}

    static Response search(SimulatedShop shop, Request request) throws Refusal {
        int size = size(request.parameter("page_size"));
        int from = offset(request.parameter("page_token"));
        String status = status(request);
        int[] found = IntStream.range(0, shop.products())
                .filter(number -> status.equals("ALL") || statusOf(number).equals(status))
                .toArray();
        int end = Math.min(found.length, from + size);
        ObjectNode data = Json.object();
        data.put("next_page_token", end < found.length ? token(end) : "");
        ArrayNode products = data.putArray("products");
        for (int i = from; i < end; i++) {
            products.add(product(shop, found[i]));
        }
        data.put("total_count", found.length);
        return Response.success(data);
    }

    private static ObjectNode product(SimulatedShop shop, int number) {
        String seed = shop.id() + "#" + number;
        ObjectNode product = Json.object();
        product.put("create_time", CREATED + number * 3600L);
        product.put("id", DerivedIds.longId("product", seed));
        product.putArray("sales_regions").add(shop.region());
        ObjectNode sku = product.putArray("skus").addObject();
        sku.put("id", DerivedIds.longId("sku", seed));
        sku.putArray("inventory")
                .addObject()
                .put("quantity", 5 + number)
                .put("warehouse_id", DerivedIds.longId("warehouse", shop.id()));
        sku.putObject("price")
                .put("currency", CURRENCIES.getOrDefault(shop.region(), "USD"))
                .put("tax_exclusive_price", (9 + number) + ".99");
        sku.put("seller_sku", "SKU-" + (1000 + number));
        product.put("status", statusOf(number));
        product.put("title", TITLES.get(number % TITLES.size()) + " " + (number + 1));
        product.put("update_time", CREATED + number * 7200L);
        return product;
    }

    private static String statusOf(int number) {
        return STATUSES.get(number % STATUSES.size());
    }

    private static String status(Request request) {
        if (request.body().length == 0) {
            return "ALL";
        }
        JsonNode status = Json.read(request.text()).path("status");
        return status.isTextual() ? status.asText() : "ALL";
    }

    private static int size(String text) throws Refusal {
        if (!text.matches("[1-9]\\d?|100")) {
            throw Refusal.invalid("Invalid parameter. The `page_size` query parameter must be from 1 to 100.");
        }
        return Integer.parseInt(text);
    }

    private static String token(int offset) {
        return Base64.getEncoder().encodeToString(("offset=" + offset).getBytes(StandardCharsets.UTF_8));
    }

    private static int offset(String token) throws Refusal {
        if (token.isEmpty()) {
            return 0;
        }
        try {
            String text = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
            if (text.matches("offset=\\d{1,6}")) {
                return Integer.parseInt(text.substring("offset=".length()));
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw Refusal.invalid("Invalid parameter. The `page_token` query parameter is not one of ours.");
    }
}
