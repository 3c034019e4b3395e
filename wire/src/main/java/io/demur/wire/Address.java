package io.demur.wire;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Where a server of models is reached: HTTP or HTTPS, a host, and what stands before its paths. Two
 * that mean the same place are equal.
 *
 * @param host in lower case
 * @param path without a slash at its end; empty for a server that has none, and for {@code /v1}
 */
public record Address(boolean tls, String host, int port, String path) {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /** What stands before the operations of a provider, where nothing else does. */
    public static final String VERSION = "/v1";

    private static final Pattern PRIVATE =
            Pattern.compile(
                    "(127|10)(\\.[0-9]{1,3}){3}|192\\.168(\\.[0-9]{1,3}){2}"
                            + "|172\\.(1[6-9]|2[0-9]|3[01])(\\.[0-9]{1,3}){2}");

    public Address {
        Objects.requireNonNull(host);
        Objects.requireNonNull(path);
    }

    /**
     * The address that a user means by a URL.
     *
     * @throws IllegalArgumentException where it is no such URL, or says more than one may
     */
    public static Address of(String url) {
        if (url.indexOf('@') >= 0) {
            // not shown: what stands before the @ may be a password
            throw new IllegalArgumentException(
                    "a server's URL has a user or a password in it; a key has a field of its own");
        }
        URI uri;
        try {
            uri = new URI(url.strip());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(no(url), e);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean tls = scheme.equals("https");
        if ((!tls && !scheme.equals("http")) || uri.getHost() == null) {
            throw new IllegalArgumentException(no(url));
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "`%s` has a part after `?` or `#`, where a server's URL has none"
                            .formatted(url));
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : tls ? HTTPS : HTTP;
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException(
                    "`%s` names port `%d`, which is not between 1 and 65535".formatted(url, port));
        }
        return new Address(
                tls, uri.getHost().toLowerCase(Locale.ROOT), port, path(uri.getRawPath()));
    }

    private static String no(String url) {
        return "`%s` is no URL of a server; one looks like `http://localhost:8000`".formatted(url);
    }

    private static String path(String written) {
        int end = written.length();
        while (end > 0 && written.charAt(end - 1) == '/') {
            end--;
        }
        String path = written.substring(0, end);
        return path.equals(VERSION) ? "" : path;
    }

    /** Whether it is on this machine or in its own network, by what stands there as the host. */
    public boolean isLocal() {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return bare.equals("localhost")
                || bare.endsWith(".local")
                || bare.endsWith(".internal")
                || (!bare.contains(".") && !bare.contains(":"))
                || bare.equals("::1")
                || (bare.startsWith("fd") && bare.contains(":"))
                || bare.startsWith("fe80:")
                || PRIVATE.matcher(bare).matches();
    }

    @Override
    public String toString() {
        String scheme = tls ? "https" : "http";
        boolean usual = port == (tls ? HTTPS : HTTP);
        return scheme + "://" + host + (usual ? "" : ":" + port) + path;
    }
}
