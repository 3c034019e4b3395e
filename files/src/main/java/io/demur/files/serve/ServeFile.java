package io.demur.files.serve;

import io.demur.core.Problem;
import io.demur.files.serve.ServeConfig.Alarms;
import io.demur.files.serve.ServeConfig.Judge;
import io.demur.files.serve.ServeConfig.Server;
import io.demur.files.serve.ServeConfig.Tls;
import io.demur.files.yaml.YamlDocument;
import io.demur.files.yaml.YamlMap;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

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
                document.text("address").flatMap(it -> ServerBlocks.url(document, "address", it));
        Optional<Boolean> structured =
                document.choice("refusals", Map.of("turn", false, "structured", true));
        OptionalInt body = document.whole("body-bytes-max", 1024, BODY_MAX);
        OptionalInt connections = document.whole("connections-max", 1, CONNECTIONS_MAX);
        Optional<Duration> stop = document.duration("stop-within");
        Optional<String> keyless = document.text("keyless");
        List<Server> upstreams = new ArrayList<>();
        ServerBlocks servers = new ServerBlocks(secrets);
        for (YamlMap block : document.maps("upstreams")) {
            servers.read(block).ifPresent(upstreams::add);
        }
        Optional<Boolean> profiles = document.choice("profiles", Map.of("on", true, "off", false));
        Alarms alarms =
                document.map("alarms").map(new AlarmBlock(servers)::read).orElse(Alarms.NONE);
        Optional<Judge> judge =
                document.map("incidents").flatMap(new IncidentsBlock(servers)::read);
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
                profiles,
                alarms,
                judge);
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
}
