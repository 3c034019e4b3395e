package io.demur.gateway;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;

import java.util.List;

/** Who asks from this machine. */
final class Near {

    private static final List<String> FORWARDED =
            List.of("forwarded", "x-forwarded-for", "x-real-ip", "via");

    private Near() {}

    /**
     * Whether nobody but a program on this machine can have sent this: it comes from here, means
     * this machine, through no proxy that says so, and from no page in a browser.
     */
    static boolean isFrom(HttpServerRequest request) {
        SocketAddress peer = request.remoteAddress();
        HostAndPort authority = request.authority();
        return peer != null
                && isLoopback(String.valueOf(peer.hostAddress()))
                && authority != null
                && isLoopback(authority.host())
                && !request.headers().contains("origin")
                && FORWARDED.stream().noneMatch(name -> request.headers().contains(name));
    }

    static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost")
                || host.matches("127(\\.[0-9]{1,3}){3}")
                || host.equals("::1")
                || host.equals("[::1]")
                || host.equals("0:0:0:0:0:0:0:1");
    }
}
