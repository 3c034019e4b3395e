package io.demur.gateway.notice;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Posts notices to an address, signed as Standard Webhooks describes it (version 1.0.0,
 * standardwebhooks.com): {@code v1,} and the HMAC-SHA256 of id, time and body. No redirection is
 * followed, and only the status of an answer is read.
 */
public final class Webhook implements Recipient {

    /** What a secret begins with; the rest is the key in base64. */
    private static final String PREFIX = "whsec_";

    private static final int KEY_MIN = 24;
    private static final int KEY_MAX = 64;
    private static final Duration WITHIN = Duration.ofSeconds(10);

    private final URI url;
    private final SecretKeySpec key;
    private final InstantSource clock;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(WITHIN)
                    .build();

    /**
     * One.
     *
     * @param secret what the receiver checks by
     * @throws IllegalArgumentException where that is no such secret; the message never holds it
     */
    public Webhook(URI url, String secret, InstantSource clock) {
        this.url = url;
        this.clock = clock;
        key = new SecretKeySpec(bytes(secret), "HmacSHA256");
    }

    private static byte[] bytes(String secret) {
        byte[] found;
        try {
            found =
                    secret.startsWith(PREFIX)
                            ? Base64.getDecoder().decode(secret.substring(PREFIX.length()))
                            : new byte[0];
        } catch (IllegalArgumentException e) {
            found = new byte[0]; // whose message would hold a part of it
        }
        if (found.length < KEY_MIN || found.length > KEY_MAX) {
            throw new IllegalArgumentException(
                    "a webhook's secret is `whsec_` and %d to %d bytes in base64"
                            .formatted(KEY_MIN, KEY_MAX));
        }
        return found;
    }

    @Override
    public String name() {
        return "webhook";
    }

    /** A path may be a secret of its own. */
    @Override
    public String where() {
        return url.getScheme() + "://" + url.getRawAuthority();
    }

    @Override
    public void tell(Notice notice) throws IOException {
        byte[] body = notice.json();
        String time = Long.toString(clock.instant().getEpochSecond());
        HttpRequest request =
                HttpRequest.newBuilder(url)
                        .timeout(WITHIN)
                        .header("content-type", "application/json")
                        .header("user-agent", "demur")
                        .header("webhook-id", notice.id())
                        .header("webhook-timestamp", time)
                        .header("webhook-signature", "v1," + signature(notice.id(), time, body))
                        .POST(BodyPublishers.ofByteArray(body))
                        .build();
        try {
            HttpResponse<InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
            answer.body().close();
            if (answer.statusCode() / 100 != 2) {
                throw new IOException("it answers HTTP " + answer.statusCode());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private String signature(String id, String time, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update((id + "." + time + ".").getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA256", e);
        }
    }
}
