package io.github.tiktokauth.examples;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;

/**
 * Where the app listens.
 *
 * @param host as it was given
 * @param loopback whether only this machine can reach it: all addresses of the host are loopback addresses
 * @param inUrls how this machine's browser finds it
 */
record ListenAddress(String host, boolean loopback, String inUrls) {

    static ListenAddress of(String host) {
        try {
            InetAddress[] all = InetAddress.getAllByName(host);
            boolean loopback = Arrays.stream(all).allMatch(InetAddress::isLoopbackAddress);
            return new ListenAddress(host, loopback, inUrls(host, all[0]));
        } catch (UnknownHostException e) {
            return new ListenAddress(host, false, host);
        }
    }

    private static String inUrls(String host, InetAddress first) {
        if (first.isAnyLocalAddress()) {
            return "127.0.0.1";
        }
        if (first.isLoopbackAddress()) {
            // By number, because the library takes plain http only at addresses that are loopback by themselves.
            String name = host.toLowerCase(Locale.ROOT);
            return name.equals("localhost") ? name : first instanceof Inet6Address ? "[::1]" : first.getHostAddress();
        }
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }
}
