package io.github.tiktokauth;

import java.util.function.Function;

/** Runs where {@link BrokenReadingTest} has taken a class away, and tells what became of a refresh. */
public final class BrokenInstallation implements Function<String, String> {

    @Override
    public String apply(String url) {
        WireHost host = new WireHost(url, null);
        String told = told(host) + ", " + told(host);
        return told + ", lease " + (host.row().refresh().leaseOwner() == null ? "given back" : "kept") + ", failures "
                + host.row().refresh().failures();
    }

    private static String told(WireHost host) {
        try {
            return host.token();
        } catch (Throwable e) {
            return e.getClass().getSimpleName();
        }
    }
}
