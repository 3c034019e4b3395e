package io.demur.files.serve;

import io.demur.core.Problem;
import io.demur.files.serve.ServeConfig.Kind;
import io.demur.files.serve.ServeConfig.Server;
import io.demur.files.serve.ServeConfig.Tls;
import io.demur.files.yaml.YamlDocument;
import io.demur.files.yaml.YamlMap;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Reads the configuration of a gateway. All that is wrong with it is said at once; a document with
 * any problem configures nothing. What could weaken refusal is no key here, but stands in the
 * policy, and a document that tries is told so.
 */
public final class ServeFile {

    /** What people look for here and what is the signed policy's to say. */
    private static final List<String> OF_THE_POLICY =
            List.of(
                    "posture",
                    "policy",
                    "rules",
                    "judges",
                    "band",
                    "windows",
                    "retention",
                    "grants",
                    "prompts",
                    "witnesses",
                    "drills",
                    "scope",
                    "classes");

    private static final int BODY_MAX = 1 << 30;
    private static final int CONNECTIONS_MAX = 1_000_000;

    private final Secrets secrets;
    private final Set<String> names = new HashSet<>();

    private ServeFile(Secrets secrets) {
        this.secrets = secrets;
    }

    /**
     * Reads a document.
     *
     * @param file as the user named it
     * @param problems gets what is wrong with it
     * @return what it says; nothing where there is any problem
     */
    public static Optional<ServeConfig> read(
            String file, byte[] bytes, Secrets secrets, List<Problem> problems) {
        int before = problems.size();
        Optional<ServeConfig> found =
                YamlDocument.read(file, bytes, problems)
                        .map(document -> new ServeFile(secrets).config(document));
        return problems.size() == before ? found : Optional.empty();
    }

    private ServeConfig config(YamlMap document) {
        for (String key : OF_THE_POLICY) {
            if (document.keys().contains(key) && document.has(key)) {
                document.refuse(
                        key, "this is for the signed policy to say; see `demur policy init`");
            }
        }
        Optional<YamlMap> listen = document.map("listen");
        Optional<String> host = listen.flatMap(it -> it.text("host"));
        OptionalInt port =
                listen.map(it -> it.whole("port", 0, 65_535)).orElse(OptionalInt.empty());
        Optional<Tls> tls = listen.flatMap(it -> it.map("tls")).flatMap(ServeFile::tls);
        listen.ifPresent(YamlMap::end);
        Optional<URI> address =
                document.text("address").flatMap(it -> url(document, "address", it));
        Optional<Boolean> structured =
                document.choice("refusals", Map.of("turn", false, "structured", true));
        OptionalInt body = document.whole("body-bytes-max", 1024, BODY_MAX);
        OptionalInt connections = document.whole("connections-max", 1, CONNECTIONS_MAX);
        Optional<Duration> stop = document.duration("stop-within");
        Optional<String> keyless = document.text("keyless");
        List<Server> upstreams = new ArrayList<>();
        for (YamlMap block : document.maps("upstreams")) {
            server(block).ifPresent(upstreams::add);
        }
        Optional<Boolean> profiles = document.choice("profiles", Map.of("on", true, "off", false));
        document.end();
        return new ServeConfig(
                host,
                boxed(port),
                tls,
                address,
                structured,
                boxed(body),
                boxed(connections),
                stop,
                keyless,
                upstreams,
                profiles);
    }

    private static Optional<Integer> boxed(OptionalInt value) {
        return value.isPresent() ? Optional.of(value.getAsInt()) : Optional.empty();
    }

    private static Optional<Tls> tls(YamlMap block) {
        block.require("certificate");
        block.require("key");
        Optional<String> certificate = block.text("certificate");
        Optional<String> key = block.text("key");
        block.end();
        return certificate.isPresent() && key.isPresent()
                ? Optional.of(new Tls(certificate.get(), key.get()))
                : Optional.empty();
    }

    private Optional<Server> server(YamlMap block) {
        block.require("name");
        block.require("kind");
        block.require("url");
        String name = block.text("name").orElse("");
        if (block.has("name") && !name.matches("[a-z0-9][a-z0-9._-]{0,63}")) {
            block.refuse("name", "a name has 1 to 64 of a-z, 0-9, `.`, `_`, `-`");
        }
        if (!names.add(name)) {
            block.refuse("name", "`%s` is another one's name already".formatted(name));
        }
        Optional<Kind> kind = block.choice("kind", YamlMap.words(Kind.class));
        Optional<URI> url = block.text("url").flatMap(it -> url(block, "url", it));
        Optional<String> key = block.text("key").flatMap(it -> secret(block, it));
        Map<String, String> models = new HashMap<>();
        for (String model : block.texts("models")) {
            String[] both = model.split("=", 2);
            models.put(both[0].strip(), both[both.length - 1].strip());
        }
        block.end();
        return kind.isPresent() && url.isPresent()
                ? Optional.of(new Server(name, kind.get(), url.get(), key, models))
                : Optional.empty();
    }

    private Optional<String> secret(YamlMap block, String value) {
        if (!Secrets.isReference(value)) {
            block.refuse(
                    "key",
                    "a key does not stand in this file: write `${env:NAME}` or `${file:PATH}`");
            return Optional.empty();
        }
        Optional<String> found = secrets.resolve(value);
        if (found.isEmpty()) {
            block.refuse("key", "`%s` is not there, or empty".formatted(value));
        } else if (found.get().chars().anyMatch(c -> c <= ' ' || c > '~')) {
            block.refuse("key", "`%s` holds what no key does".formatted(value));
            return Optional.empty();
        }
        return found;
    }

    private static Optional<URI> url(YamlMap block, String key, String text) {
        try {
            URI uri = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            boolean plain =
                    uri.getUserInfo() == null
                            && uri.getQuery() == null
                            && uri.getFragment() == null;
            if ((scheme.equals("http") || scheme.equals("https"))
                    && uri.getHost() != null
                    && plain) {
                return Optional.of(uri);
            }
        } catch (URISyntaxException e) {
            // said below, as of any other text
        }
        block.refuse(
                key,
                text.indexOf('@') >= 0
                        ? "an address holds no name and no password; a key goes under `key`"
                        : "`%s` is no address such as `http://127.0.0.1:11434`".formatted(text));
        return Optional.empty();
    }
}
