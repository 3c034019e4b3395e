package io.demur.gateway;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;

import java.util.List;

/**
 * Who asks from this machine, as far as a request shows. A proxy of this machine that names neither
 * itself nor its client passes strangers on unrecognised: nginx's {@code proxy_pass} does so unless
 * told otherwise. Only a gateway that no proxy of the machine leads to may rely on this.
 */
final class Near {

    private static final List<String> FORWARDED =
            List.of("forwarded", "x-forwarded-for", "x-real-ip", "via");

    private Near() {}

    /**
     * Whether it looks as if a program of this machine had sent this: it comes from here, means
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
