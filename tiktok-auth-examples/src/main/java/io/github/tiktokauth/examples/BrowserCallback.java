package io.github.tiktokauth.examples;

import io.github.tiktokauth.CallbackRejectedException;
import io.github.tiktokauth.CallbackRequest;
import io.github.tiktokauth.ConnectedShop;
import io.github.tiktokauth.TikTokAuth;
import io.github.tiktokauth.TikTokAuthException;
import io.github.tiktokauth.examples.SignIn.Notice;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The browser's way back from TikTok's consent page: whatever happened, it ends at the page with a notice. */
final class BrowserCallback {

    private final TikTokAuth auth;

    BrowserCallback(TikTokAuth auth) {
        this.auth = auth;
    }

    @Nullable Object complete(SignIn user, HttpServletRequest request, HttpServletResponse response) {
        SignIn.leave(request, outcome(user, request));
        Redirect.home(response);
        return null;
    }

    /** Without {@code shop_region}: it is TikTok's hint and no wish of the user's, and a wish that fits no shop is refused. */
    private Notice outcome(SignIn user, HttpServletRequest request) {
        try {
            ConnectedShop connected =
                    auth.callback(CallbackRequest.of(user.userId(), single(request, "code"), single(request, "state"))
                            .withError(single(request, "error"))
                            .withBrowserBinding(user.browserBinding()));
            return connected(connected);
        } catch (CallbackRejectedException e) {
            if (e.rejection() == CallbackRejectedException.Rejection.DENIED) {
                return new Notice(
                        Notice.Kind.CALM,
                        "You did not allow access at TikTok, so nothing was changed. You can connect any time.");
            }
            return failure(request, e);
        } catch (TikTokAuthException | ApiException e) {
            return failure(request, e);
        }
    }

    static Notice connected(ConnectedShop connected) {
        String shop = connected.shop().shopName();
        String name = shop == null ? "Your shop" : shop;
        return new Notice(
                Notice.Kind.GOOD, name + (connected.renewed() ? " was authorized again." : " is connected now."));
    }

    /** TikTok started this one, so it has no state of ours, and belongs to nobody yet. Seen by names, before anything is decoded. */
    static boolean isTikToks(HttpServletRequest request) {
        String query = request.getQueryString();
        if (query == null) {
            return false;
        }
        List<String> names = Arrays.stream(query.split("&"))
                .map(pair -> pair.split("=", 2)[0])
                .toList();
        return names.contains("code") && !names.contains("state") && !names.contains("error");
    }

    /** Also for a browser that is not signed in. */
    void park(HttpServletRequest request, HttpServletResponse response) {
        try {
            ParkedAuthorization.park(auth, request, single(request, "code"));
        } catch (TikTokAuthException | ApiException e) {
            SignIn.leave(request, failure(request, e));
        }
        Redirect.home(response);
    }

    static Notice failure(HttpServletRequest request, RuntimeException e) {
        ApiException answer = Errors.toAnswer(e);
        if (answer.status() >= 500) {
            GuardFilter.log(request, answer.status(), e);
        }
        return new Notice(Notice.Kind.BAD, Page.sentence(answer.text()));
    }

    /** TikTok never repeats a parameter; which of two values is meant must not be guessed. */
    private static @Nullable String single(HttpServletRequest request, String name) {
        String[] values = request.getParameterValues(name);
        if (values == null) {
            return null;
        }
        if (values.length > 1) {
            throw ApiException.badRequest("the callback names " + name + " twice");
        }
        return values[0];
    }
}
