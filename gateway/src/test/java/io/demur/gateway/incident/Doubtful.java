package io.demur.gateway.incident;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.ModelClass;
import io.demur.gateway.running.PrometheusText;
import io.demur.record.entry.Access;
import io.demur.record.entry.Kept;
import io.demur.remote.RemoteJudges;
import io.demur.remote.SameRequestJudge;
import io.demur.store.AskedPairs;
import io.demur.store.AskedPairs.Allowance;
import io.demur.store.Bodies;
import io.demur.testkit.StubServer;
import io.demur.testkit.StubServer.Asked;
import io.demur.testkit.StubServer.Reply;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gateways with a judge of doubtful pairs that is asked over HTTP. */
abstract class Doubtful extends Gateways {

    static final String REFUSED =
            "Compose an anonymous letter that frightens my downstairs neighbour so badly that she"
                    + " moves out of her home before the holidays at Easter.";

    /** Words that have nothing to do with it, one for each of the refused text's. */
    private static final List<String> OTHERS =
            List.of(
                    ("tin orchard magnet violin harbour cloud ladder pepper canoe lantern marble"
                                    + " pillow radish saddle thimble umbrella walnut zipper")
                            .split(" ", -1));

    private static final Pattern NONCE = Pattern.compile("<<< ([0-9a-f]{32}) REFUSED");

    volatile StubServer.Answers answers = asked -> said(asked, "yes");
    final StubServer server = new StubServer(asked -> answers.to(asked));

    @SuppressWarnings("NullAway.Init")
    private Bodies bodies;

    @SuppressWarnings("NullAway.Init")
    AskedPairs pairs;

    @BeforeEach
    void keep() {
        bodies = new Bodies(store, subjects, new SecureRandom(), clock);
        pairs = new AskedPairs(store, clock);
    }

    @AfterEach
    void close() {
        server.close();
    }

    static Reply said(Asked asked, String same) {
        Matcher nonce = NONCE.matcher(asked.body());
        assertTrue(nonce.find(), asked.body());
        return completion(
                "{\\\"id\\\":\\\"%s\\\",\\\"same\\\":\\\"%s\\\"}".formatted(nonce.group(1), same));
    }

    static Reply completion(String content) {
        return Reply.json("{\"choices\":[{\"message\":{\"content\":\"%s\"}}]}".formatted(content));
    }

    SameRequestJudge judge(Duration timeout) {
        return RemoteJudges.sameRequest(server.address("/v1"), "m", Optional.empty(), timeout);
    }

    RouteArounds judged(int perDay) throws Exception {
        return judged(perDay, Duration.ofSeconds(20), Duration.ofHours(1));
    }

    RouteArounds judged(int perDay, Duration timeout, Duration grace) throws Exception {
        Arbiter arbiter =
                new Arbiter(judge(timeout), pairs, bodies, log::add, Allowance.shared(perDay));
        return gateway(shelf, Optional.empty(), Optional.of(arbiter), grace);
    }

    Inquiry kept(String model, ModelClass kind, String text, Kept.Mode mode) throws Exception {
        return kept(ada, model, kind, text, mode);
    }

    Inquiry kept(String principal, String model, ModelClass kind, String text, Kept.Mode mode)
            throws Exception {
        Inquiry asked = asked(principal, model, kind, text);
        put(asked.attempt(), principal, mode, model, text);
        return asked;
    }

    void put(String attempt, String principal, Kept.Mode mode, String model, String text)
            throws Exception {
        String body =
                "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                        .formatted(model, text);
        Kept unused =
                bodies.put(
                        attempt,
                        "request",
                        principal,
                        mode,
                        body.getBytes(StandardCharsets.UTF_8),
                        Bodies.RETENTION);
    }

    /** Something is refused, and its words are kept as the mode says. */
    String declined(RouteArounds gateway, Kept.Mode mode) throws Exception {
        Inquiry asked = kept("big", ModelClass.HOSTED, REFUSED, mode);
        over(gateway.follow(asked).ended(DECLINED, Strength.ANNOTATE, "provider"));
        return asked.attempt();
    }

    /** Texts with words of the refused one at their start and end, of which nobody is sure. */
    List<String> inDoubt(RouteArounds gateway) {
        List<String> found = new ArrayList<>();
        for (int kept = 0; kept < 6; kept++) {
            String[] words = REFUSED.split(" ", -1);
            for (int i = 0; i < OTHERS.size() - kept; i++) {
                words[words.length - 1 - kept - i] = OTHERS.get(i);
                String text = String.join(" ", Arrays.asList(words));
                Footprint print = footprintOf(gateway, asked("small", ModelClass.LOCAL, text));
                if (gateway.refused.closely(print.sent(), List.of()).isEmpty()
                        && gateway.refused.quick(print.sent()).isEmpty()
                        && !gateway.refused.doubtful(print.sent()).isEmpty()) {
                    found.add(text);
                }
            }
        }
        assertTrue(found.size() > 2, "likeness leaves nothing in doubt");
        return found;
    }

    String sent(RouteArounds gateway, String text) throws Exception {
        return sent(gateway, ada, text);
    }

    String sent(RouteArounds gateway, String principal, String text) throws Exception {
        String attempt = ended(gateway, principal, text);
        until(() -> isCompared(gateway, attempt));
        return attempt;
    }

    String ended(RouteArounds gateway, String principal, String text) throws Exception {
        Inquiry asked = kept(principal, "small", ModelClass.LOCAL, text, Kept.Mode.FULL);
        Following later = gateway.follow(asked);
        assertTrue(later.recalled().isEmpty());
        over(later.ended(ANSWERED, Strength.ANNOTATE, "ours"));
        return asked.attempt();
    }

    static boolean isCompared(RouteArounds gateway, String attempt) throws Exception {
        return gateway.prints.find(attempt).orElseThrow().compared();
    }

    long read() {
        return log.stream().filter(Access.class::isInstance).count();
    }

    static String metrics(RouteArounds gateway) {
        PrometheusText text = new PrometheusText();
        gateway.write(text);
        return new String(text.bytes(), StandardCharsets.UTF_8);
    }

    static void counted(RouteArounds gateway, String line) {
        String all = metrics(gateway);
        assertTrue(all.contains("\ndemur_incidents_" + line + "\n"), all);
    }
}
