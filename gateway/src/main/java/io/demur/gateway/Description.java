package io.demur.gateway;

import io.vertx.core.buffer.Buffer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** What {@code /demur/v1/} has, in the form of OpenAPI 3.1. */
final class Description {

    private static final String RESOURCE = "openapi.yaml";

    private Description() {}

    /** Read when it is first asked for. */
    private static final class Shipped {
        private static final byte[] YAML = read();
    }

    static byte[] yaml() {
        return Shipped.YAML.clone();
    }

    private static byte[] read() {
        try (InputStream in = Description.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(
                        "`%s` is not on the class path".formatted(RESOURCE));
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("the description of the interface", e);
        }
    }

    /** {@code GET /demur/v1/openapi.yaml}. */
    static void say(Arrival arrival) {
        arrival.http()
                .response()
                .putHeader("content-type", "application/yaml")
                .end(Buffer.buffer(yaml()));
    }
}
