package io.github.tiktokauth.examples;

import static io.github.tiktokauth.examples.Client.API;

import io.github.tiktokauth.examples.Client.Reply;
import java.net.URI;

/** A seller who allows access on the simulated consent page, over HTTP only: for an app in another process. */
final class Visitor {

    private Visitor() {}

    static Reply connect(Client client, String sellerId) {
        URI consent = URI.create(
                client.post(API + "/auth/initiate", "{}").json().path("authUrl").textValue());
        Client atTikTok = new Client(consent.getScheme() + "://" + consent.getAuthority());
        Reply allowed =
                atTikTok.form(consent.getRawPath(), consent.getRawQuery() + "&decision=allow&seller=" + sellerId);
        URI back = URI.create(allowed.header("Location"));
        return client.get(back.getRawPath() + "?" + back.getRawQuery());
    }
}
