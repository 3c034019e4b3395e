package io.demur.files.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Problem;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class ServeFileTest {

    private static final Secrets SECRETS =
            new Secrets(
                    name -> Optional.ofNullable(Map.of("OPENAI_API_KEY", "sk-1").get(name)),
                    path -> Optional.ofNullable(Map.of("/run/key", "sk-2\n").get(path)));

    private final List<Problem> problems = new ArrayList<>();

    private Optional<ServeConfig> read(String document) {
        return ServeFile.read(
                "demur.yaml", document.getBytes(StandardCharsets.UTF_8), SECRETS, problems);
    }

    private void check(String document, String... messages) {
        assertTrue(read(document).isEmpty());
        assertEquals(List.of(messages), problems.stream().map(Problem::message).toList());
    }

    @Test
    void everythingThatCanBeSaidIsRead() {
        ServeConfig config =
                read("""
                listen: {host: 0.0.0.0, port: 8443, tls: {certificate: c.pem, key: k.pem}}
                address: https://demur.example/
                refusals: structured
                body-bytes-max: 1000000
                connections-max: 500
                stop-within: 10s
                keyless: local-user
                upstreams:
                  - name: ollama
                    kind: ollama
                    url: http://127.0.0.1:11434
                  - name: openai
                    kind: openai
                    url: https://api.example.com
                    key: ${env:OPENAI_API_KEY}
                    models: [small=small-2026-01, large]
                  - {name: a, kind: anthropic, url: "http://h", key: "${file:/run/key}"}
                """)
                        .orElseThrow(() -> new AssertionError(problems));
        assertEquals(Optional.of(8443), config.port());
        assertEquals(Optional.of(URI.create("https://demur.example")), config.address());
        assertEquals(Optional.of(true), config.structured());
        assertEquals(Optional.of(500), config.connectionsMax());
        assertEquals(3, config.upstreams().size());
        assertEquals(Optional.of("sk-1"), config.upstreams().get(1).key());
        assertEquals(
                Map.of("small", "small-2026-01", "large", "large"),
                config.upstreams().get(1).models());
        assertEquals(Optional.of("sk-2"), config.upstreams().get(2).key());
        assertFalse(config.toString().contains("sk-"), config::toString);
    }

    @Test
    void whatCouldWeakenRefusalIsForThePolicyToSay() {
        check(
                "posture: 1\nband: [0, 0]\n",
                "`posture`: this is for the signed policy to say; see `demur policy init`",
                "`band`: this is for the signed policy to say; see `demur policy init`");
    }

    @Test
    void aKeyStandsNowhereInTheFile() {
        check(
                "upstreams: [{name: a, kind: openai, url: 'http://h', key: sk-secret}]",
                "`upstreams[1].key`: a key does not stand in this file: write `${env:NAME}` or"
                        + " `${file:PATH}`");
        assertFalse(problems.toString().contains("sk-secret"));
    }

    @Test
    void allProblemsAreSaidAtOnce() {
        check(
                """
                listen: {port: 99999}
                upstreams:
                  - {name: a, kind: opnai, url: "ftp://h"}
                  - {name: a, kind: openai, url: "http://u:p@h", key: "${env:MISSING}"}
                adress: x
                """,
                "`listen.port`: `99999` is not a whole number from 0 to 65535",
                "`upstreams[1].kind`: `opnai` is not one of `openai`, `ollama`, `anthropic`",
                "`upstreams[1].url`: `ftp://h` is no address such as `http://127.0.0.1:11434`",
                "`upstreams[2].name`: `a` is another one's name already",
                "`upstreams[2].url`: an address holds no name and no password; a key goes under"
                        + " `key`",
                "`upstreams[2].key`: `${env:MISSING}` is not there, or empty",
                "`adress` is not known here");
    }
}
