package io.demur.files.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Problem;
import io.demur.testkit.Repository;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
    void whoJudgesWhatComesAgainIsRead() {
        ServeConfig.Judge judge =
                read("""
                incidents:
                  judge:
                    url: https://models.example.com/v1/
                    model: judge-1
                    key: ${env:OPENAI_API_KEY}
                    within: 5s
                    questions-a-day: 50
                """)
                        .orElseThrow(() -> new AssertionError(problems))
                        .judge()
                        .orElseThrow();
        assertEquals(
                new ServeConfig.Judge(
                        URI.create("https://models.example.com/v1"),
                        "judge-1",
                        Optional.of("sk-1"),
                        Duration.ofSeconds(5),
                        50),
                judge);
        assertFalse(judge.toString().contains("sk-1"));
        judge =
                read("incidents: {judge: {url: 'http://127.0.0.1:11434/api/chat', model: m}}")
                        .flatMap(ServeConfig::judge)
                        .orElseThrow();
        assertEquals(ServeConfig.Judge.WITHIN, judge.within());
        assertEquals(ServeConfig.Judge.PER_DAY_MAX, judge.perDayMax());
        assertEquals(Optional.empty(), judge.key());
    }

    @Test
    void allThatIsWrongWithWhoJudgesIsSaidAtOnce() {
        assertTrue(
                read("""
                incidents:
                  judge:
                    url: "https://u:p@models.example.com"
                    key: sk-plain
                    within: 5 min
                    questions-a-day: 0
                    prompt: mine
                """)
                        .isEmpty());
        assertEquals(6, problems.size(), problems::toString);
        assertFalse(problems.toString().contains("sk-plain"), problems::toString);
        assertFalse(problems.toString().contains("u:p"), problems::toString);
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
                  - name: azure
                    kind: openai
                    url: https://azure.example/openai/v1
                    headers: {api-key: "${env:OPENAI_API_KEY}"}
                    fallback: true
                    connect-within: 2s
                    begin-within: 5 min
                    idle-within: 30s
                """)
                        .orElseThrow(() -> new AssertionError(problems));
        assertEquals(Optional.of(8443), config.port());
        assertEquals(Optional.of(URI.create("https://demur.example")), config.address());
        assertEquals(Optional.of(true), config.structured());
        assertEquals(Optional.of(500), config.connectionsMax());
        assertEquals(4, config.upstreams().size());
        assertEquals(Optional.of("sk-1"), config.upstreams().get(1).key());
        assertEquals(
                Map.of("small", "small-2026-01", "large", "large"),
                config.upstreams().get(1).models());
        assertEquals(Optional.of("sk-2"), config.upstreams().get(2).key());
        ServeConfig.Server last = config.upstreams().getLast();
        assertEquals(Map.of("api-key", "sk-1"), last.headers());
        assertTrue(last.fallback());
        assertEquals(
                new ServeConfig.Times(
                        Optional.of(Duration.ofSeconds(2)),
                        Optional.of(Duration.ofMinutes(5)),
                        Optional.of(Duration.ofSeconds(30))),
                last.times());
        assertFalse(config.upstreams().getFirst().fallback());
        assertFalse(config.toString().contains("sk-"), config::toString);
    }

    @Test
    void whoIsToldOfAlarmsIsRead() {
        ServeConfig.Alarms alarms =
                read("""
                alarms:
                  webhook: {url: "https://hooks.example.com/in?team=2", secret: "${file:/run/key}"}
                  mail:
                    host: mail.example.com
                    user: demur
                    password: ${env:OPENAI_API_KEY}
                    from: demur@example.com
                    to: [ann@example.com, bob@example.com]
                """)
                        .orElseThrow(() -> new AssertionError(problems))
                        .alarms();
        assertEquals(
                new ServeConfig.Webhook(URI.create("https://hooks.example.com/in?team=2"), "sk-2"),
                alarms.webhook().orElseThrow());
        assertEquals(
                new ServeConfig.Mail(
                        "mail.example.com",
                        587,
                        ServeConfig.MailTls.STARTTLS,
                        Optional.of(new ServeConfig.Login("demur", "sk-1")),
                        "demur@example.com",
                        List.of("ann@example.com", "bob@example.com")),
                alarms.mail().orElseThrow());
        assertFalse(alarms.toString().contains("sk-"), alarms::toString);
        assertFalse(alarms.toString().contains("team"), alarms::toString);
        assertEquals(
                465,
                read("alarms: {mail: {host: m, tls: implicit, from: a@b.example, to:"
                                + " c@d.example}}")
                        .orElseThrow(() -> new AssertionError(problems))
                        .alarms()
                        .mail()
                        .orElseThrow()
                        .port());
    }

    @Test
    void whoCannotBeToldOfAlarmsIsSaidWithItsPlace() {
        check(
                """
                alarms:
                  webhook: {url: "http://hooks.example.com/s3cret", secret: whsec_abc}
                  mail:
                    host: mail.example.com
                    tls: none
                    user: demur
                    from: "Ann <ann@example.com>"
                    to: ["bob@example.com\\r\\nBcc: eve@example.com"]
                  pager: x
                drills: off
                """,
                "`drills`: this is for the signed policy to say; see `demur policy init`",
                "`alarms.webhook.url`: this should begin with `https://`; only this machine takes"
                        + " `http`",
                "`alarms.webhook.secret`: a secret does not stand in this file: write"
                        + " `${env:NAME}` or `${file:PATH}`",
                "`alarms.mail.tls`: `none` is for a server on this machine",
                "`alarms.mail`: `password` is missing",
                "`alarms.mail.from`: `Ann <ann@example.com>` is no address such as"
                        + " `ann@example.org`",
                "`alarms.mail.to`: `bob@example.com\r\nBcc: eve@example.com` is no address such as"
                        + " `ann@example.org`",
                "`alarms.pager` is not known here");
        assertFalse(problems.toString().contains("s3cret"), problems::toString);
        problems.clear();
        check(
                "alarms: {webhook: {url: 'ftp://h'}, mail: {from: a@b.example}}",
                "`alarms.webhook`: `secret` is missing",
                "`alarms.webhook.url`: this should begin with `https://`; only this machine takes"
                        + " `http`",
                "`alarms.mail`: `host` is missing",
                "`alarms.mail`: `to` is missing");
    }

    @Test
    void mailToNobodyIsSaidAndNotLeftOutWithoutAWord() {
        check(
                "alarms: {mail: {host: m.example, from: a@b.example, to: []}}",
                "`alarms.mail.to`: there is none; leave `mail` out to send none");
    }

    /** Each table of the page lists the keys that are read. */
    @Test
    void whatThePageListsIsWhatIsReadOfAlarms() throws Exception {
        for (String kind : List.of("webhook", "mail")) {
            problems.clear();
            read("alarms: {%s: {nothing: 1}}".formatted(kind));
            assertEquals(
                    ticked(problems.getLast().fix().orElseThrow()),
                    listed("docs/reference/notices.md", "## " + kind));
        }
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
                "`upstreams[1].url`: `ftp://h` is no URL of a server; one looks like"
                        + " `http://localhost:8000`",
                "`upstreams[2].name`: `a` is another one's name already",
                "`upstreams[2].url`: a server's URL has a user or a password in it; a key has a"
                        + " field of its own",
                "`upstreams[2].key`: `${env:MISSING}` is not there, or empty",
                "`adress` is not known here");
    }

    /**
     * The one parser of addresses says what is wrong with them, with the others and their places.
     */
    @Test
    void whatAServerCannotBeIsSaidWithItsPlace() {
        check(
                """
                upstreams:
                  - {name: a, kind: openai, url: "http://h:99999"}
                  - name: b
                    kind: openai
                    url: "http://h"
                    models: ["=x", "m=a", "m=b", " ", "n="]
                  - {name: c, kind: openai, url: "http://h", connect-within: 0s, idle-within: 2 h}
                  - name: d
                    kind: openai
                    url: "http://h"
                    headers: {host: "${env:OPENAI_API_KEY}", x-org: plain}
                """,
                "`upstreams[1].url`: `http://h:99999` names port `99999`, which is not between 1"
                        + " and 65535",
                "`upstreams[2].models`: `=x` lacks a name; one is `OURS`, or `OURS=THEIRS`",
                "`upstreams[2].models`: `m` stands there twice",
                "`upstreams[2].models`: ` ` lacks a name; one is `OURS`, or `OURS=THEIRS`",
                "`upstreams[2].models`: `n=` lacks a name; one is `OURS`, or `OURS=THEIRS`",
                "`upstreams[3].connect-within`: this is not more than 0 and at most an hour",
                "`upstreams[3].idle-within`: this is not more than 0 and at most an hour",
                "`upstreams[4].headers.host`: this is no header that can be set",
                "`upstreams[4].headers.x-org`: a header's value does not stand in this file: write"
                        + " `${env:NAME}` or `${file:PATH}`");
        assertTrue(
                problems.stream().allMatch(problem -> problem.toString().contains("demur.yaml:")),
                problems::toString);
    }

    /** The page once listed what nothing read. */
    @Test
    void whatThePagesListIsWhatIsReadOfAServer() throws Exception {
        read("upstreams: [{name: a, kind: openai, url: 'http://h', nothing: 1}]");
        Set<String> read = ticked(problems.getLast().fix().orElseThrow());
        assertTrue(read.contains("fallback"), read::toString);
        assertEquals(read, listed("docs/reference/upstreams.md", "## A server"));
        assertEquals(read, listed("docs/reference/configuration.md", "## upstreams"));
    }

    private static Set<String> listed(String page, String heading) throws Exception {
        String text = Files.readString(Repository.root().resolve(page));
        String section = text.substring(text.indexOf(heading + "\n") + heading.length());
        int next = section.indexOf("\n## ");
        Set<String> listed = new TreeSet<>();
        for (String line : (next < 0 ? section : section.substring(0, next)).split("\n", -1)) {
            if (line.startsWith("| `")) {
                listed.addAll(ticked(line.split("\\|", -1)[1]));
            }
        }
        return listed;
    }

    private static Set<String> ticked(String text) {
        Set<String> found = new TreeSet<>();
        Matcher tick = Pattern.compile("`([a-z-]+)`").matcher(text);
        while (tick.find()) {
            found.add(tick.group(1));
        }
        return found;
    }
}
