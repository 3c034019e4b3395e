package io.demur.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;

import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Asks what runs on this machine, and nothing else: no proxy, no redirections. */
final class NearbyHttp {

    private static final int CONNECT_MILLIS = 2_000;
    private static final int BYTES_MAX = 4 << 20;

    private NearbyHttp() {}

    /** What was answered. */
    @SuppressWarnings("ArrayRecordComponent")
    record Reply(int status, byte[] body) {}

    /** Asks for what is at an address, shown with no key. */
    static Reply get(String url, int millis) throws IOException {
        return get(url, Optional.empty(), millis);
    }

    /**
     * The same.
     *
     * @param certificate the one that must be shown; then whatever name it is for
     */
    static Reply get(String url, Optional<Path> certificate, int millis) throws IOException {
        return get(url, certificate, Optional.empty(), millis);
    }

    /**
     * The same.
     *
     * @param authorization what shows a key, where one is shown
     */
    static Reply get(
            String url, Optional<Path> certificate, Optional<String> authorization, int millis)
            throws IOException {
        HttpURLConnection connection = open(url, certificate, millis);
        authorization.ifPresent(it -> connection.setRequestProperty("authorization", it));
        return read(connection);
    }

    /**
     * Sends a body.
     *
     * @param certificate the one that must be shown; then whatever name it is for
     */
    static Reply post(String url, byte[] body, Optional<Path> certificate, int millis)
            throws IOException {
        return post(url, body, certificate, Optional.empty(), millis);
    }

    /**
     * The same.
     *
     * @param authorization what shows a key, where one is shown
     */
    static Reply post(
            String url,
            byte[] body,
            Optional<Path> certificate,
            Optional<String> authorization,
            int millis)
            throws IOException {
        HttpURLConnection connection = open(url, certificate, millis);
        authorization.ifPresent(it -> connection.setRequestProperty("authorization", it));
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(body.length);
        connection.setRequestProperty("content-type", "text/plain");
        try (OutputStream out = connection.getOutputStream()) {
            out.write(body);
        }
        return read(connection);
    }

    private static HttpURLConnection open(String url, Optional<Path> certificate, int millis)
            throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url).toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(millis);
        connection.setInstanceFollowRedirects(false);
        if (connection instanceof HttpsURLConnection tls && certificate.isPresent()) {
            tls.setSSLSocketFactory(trusting(certificate.get()).getSocketFactory());
            // that very certificate is known: what name stands in it says nothing more
            tls.setHostnameVerifier((name, session) -> true);
        }
        return connection;
    }

    private static SSLContext trusting(Path file) throws IOException {
        try (InputStream in = new ByteArrayInputStream(Files.readAllBytes(file))) {
            KeyStore known = KeyStore.getInstance(KeyStore.getDefaultType());
            known.load(null, null);
            Certificate first = CertificateFactory.getInstance("X.509").generateCertificate(in);
            known.setCertificateEntry("gateway", first);
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(known);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("`%s`: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static Reply read(HttpURLConnection connection) throws IOException {
        try {
            int status = connection.getResponseCode();
            InputStream error = connection.getErrorStream();
            try (InputStream in = status >= 400 ? error : connection.getInputStream()) {
                return new Reply(status, in == null ? new byte[0] : in.readNBytes(BYTES_MAX));
            }
        } finally {
            connection.disconnect();
        }
    }
}
