package io.github.tiktokauth.simulator;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The consent page in HTML: a form with the sellers, {@code button#allow} and {@code button#deny}. */
final class ConsentPage {

    private static final String STYLE = """
            body{font:16px/1.5 system-ui,sans-serif;background:#f4f4f5;color:#18181b;margin:0}
            main{max-width:30rem;margin:4rem auto;background:#fff;padding:2rem;border-radius:12px;box-shadow:0 1px 4px #0002}
            h1{font-size:1.3rem;margin:0 0 .5rem}
            .note{background:#fef3c7;border-radius:8px;padding:.5rem .8rem;font-size:.9rem}
            fieldset{border:1px solid #d4d4d8;border-radius:8px;margin:1rem 0;padding:.5rem 1rem}
            label{display:block;padding:.3rem 0}
            small{color:#52525b}
            button{font:inherit;padding:.5rem 1.4rem;border-radius:8px;border:1px solid #18181b;background:#fff;cursor:pointer}
            #allow{background:#18181b;color:#fff}
            """;

    private final Consent consent;
    private final Sellers sellers;

    ConsentPage(Consent consent, Sellers sellers) {
        this.consent = consent;
        this.sellers = sellers;
    }

    Response show(Request request) {
        String problem = consent.problem(request.path(), request.isMalformed() ? null : request.parameters());
        if (problem != null) {
            return page(400, "<h1>" + problem + "</h1><p>Check the authorization link of your app.</p>");
        }
        return page(200, form(request.path(), request.parameters()));
    }

    Response decide(Request request) {
        Map<String, String> form = Request.parse(request.text());
        String problem = consent.problem(request.path(), form);
        if (form == null || problem != null) {
            return page(400, "<h1>" + problem + "</h1>");
        }
        return switch (form.getOrDefault("decision", "")) {
            case "deny" -> redirect(consent.deny());
            case "allow" -> allow(sellers.find(form.getOrDefault("seller", "")), form.get("state"));
            default -> page(400, "<h1>Allow or deny.</h1>");
        };
    }

    private Response allow(@Nullable SimulatedSeller seller, @Nullable String state) {
        return seller == null ? page(400, "<h1>Choose a seller.</h1>") : redirect(consent.allow(seller, state));
    }

    private String form(String path, Map<String, String> parameters) {
        StringBuilder html = new StringBuilder(1024)
                .append("<h1>Connect your shop</h1>")
                .append(
                        "<p class=\"note\">This is a <b>simulation</b> of TikTok Shop. Nothing leaves this machine.</p>")
                .append("<form method=\"post\" action=\"")
                .append(path)
                .append("\">");
        hidden(html, "service_id", parameters.get("service_id"));
        hidden(html, "app_key", parameters.get("app_key"));
        hidden(html, "state", parameters.get("state"));
        html.append("<fieldset><legend>Sign in as</legend>");
        String checked = " checked";
        for (SimulatedSeller seller : sellers.all()) {
            html.append("<label><input type=\"radio\" name=\"seller\" value=\"")
                    .append(escape(seller.id()))
                    .append('"')
                    .append(checked)
                    .append("> ")
                    .append(escape(seller.sellerName() == null ? "(no name)" : seller.sellerName()))
                    .append(" <small>")
                    .append(escape(describe(seller)))
                    .append("</small></label>");
            checked = "";
        }
        return html.append("</fieldset><p>The app asks to read your shops and to manage your products and orders.</p>")
                .append("<button type=\"submit\" id=\"allow\" name=\"decision\" value=\"allow\">Allow</button> ")
                .append("<button type=\"submit\" id=\"deny\" name=\"decision\" value=\"deny\">Deny</button></form>")
                .toString();
    }

    private static String describe(SimulatedSeller seller) {
        if (!seller.canHoldShops()) {
            return "not a seller account";
        }
        StringBuilder text = new StringBuilder();
        for (SimulatedShop shop : seller.shops()) {
            text.append(text.isEmpty() ? "" : ", ")
                    .append(shop.name())
                    .append(" (")
                    .append(shop.region())
                    .append(')');
        }
        return text.isEmpty() ? "no shop" : text.toString();
    }

    private static void hidden(StringBuilder html, String name, @Nullable String value) {
        if (value != null) {
            html.append("<input type=\"hidden\" name=\"")
                    .append(name)
                    .append("\" value=\"")
                    .append(escape(value))
                    .append("\">");
        }
    }

    private static Response redirect(SimulatedCallback callback) {
        return Response.of(303, "text/html; charset=utf-8", "")
                .withHeader("Location", callback.uri().toString())
                .withHeader("Referrer-Policy", "no-referrer");
    }

    private static Response page(int status, String content) {
        String html = "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width\"><title>TikTok Shop (simulation)</title><style>"
                + STYLE + "</style></head><body><main>" + content + "</main></body></html>";
        // No form-action here: browsers apply it to the redirect that follows the form, too.
        return Response.of(status, "text/html; charset=utf-8", html)
                .withHeader("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
                .withHeader("Referrer-Policy", "no-referrer")
                .withHeader("Cache-Control", "no-store");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
