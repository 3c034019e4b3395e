package io.demur.core.compose;

import io.demur.core.harm.Hazard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Own example requests, one for each language and hazard. */
final class Requests {

    private static final Map<String, String> ALL = read();

    private Requests() {}

    static String of(Tongue tongue, Hazard hazard) {
        return Objects.requireNonNull(
                ALL.get(tongue.code() + "/" + ReasonCode.of(hazard).code()), hazard::name);
    }

    private static Map<String, String> read() {
        Map<String, String> all = new HashMap<>();
        try (InputStream in =
                Objects.requireNonNull(Requests.class.getResourceAsStream("requests.txt"))) {
            String language = "";
            for (String line :
                    new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
                if (line.startsWith("[")) {
                    language = line.substring(1, line.length() - 1);
                } else if (line.contains(" = ")) {
                    String[] parts = line.split(" = ", 2);
                    all.put(language + "/" + parts[0], parts[1]);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.copyOf(all);
    }
}
