package io.demur.gateway.practice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.drill.DrillProbe;
import io.demur.core.drill.DrillProbe.Right;
import io.demur.gateway.practice.Proposal.State;
import io.demur.record.entry.DrillRun;
import io.demur.record.entry.EntryCodec;
import io.demur.record.entry.Ids;
import io.demur.record.entry.Review;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the log gives rise to, and what people make of it. */
class ProposalsTest {

    private static final Instant AT = Instant.parse("2026-11-22T12:00:00Z");

    private final Ids ids = new Ids(InstantSource.system(), new SecureRandom());
    private final DrillProbe harmful = probe(Right.REFUSE);
    private final DrillProbe harmless = probe(Right.ANSWER);

    private static DrillProbe probe(Right right) {
        return DrillProbe.shipped().stream()
                .filter(it -> it.right() == right)
                .findFirst()
                .orElseThrow();
    }

    private DrillRun drill(String name, String model, String found, boolean passed) {
        return drill(name, model, found, passed, Optional.empty());
    }

    private DrillRun itself(DrillProbe probe, String found, String said) {
        return drill(
                probe.id(),
                "m",
                found,
                false,
                Optional.of(
                        new DrillRun.Probed(
                                "0".repeat(64), Optional.empty(), said, Duration.ZERO, 0, 0, 0)));
    }

    private DrillRun drill(
            String name,
            String model,
            String found,
            boolean passed,
            Optional<DrillRun.Probed> probed) {
        return new DrillRun(
                AT,
                ids.next("run"),
                name,
                Optional.of(ids.next("att")),
                "refused",
                found,
                passed,
                Optional.of(model),
                probed,
                Optional.empty());
    }

    private Review review(String attempt, String decision, String reason) {
        return new Review(AT, ids.next("case"), attempt, "ann", decision, reason, false);
    }

    @Test
    void aProbeThatComesOutWrongIsProposedOnceForEachModelAndWay() {
        List<DrillRun> drills =
                List.of(
                        drill(harmful.id(), "m", "refused", true),
                        drill(harmful.id(), "m", "answered", false),
                        drill(harmful.id(), "m", "answered", false),
                        drill(harmful.id(), "m", "leaked", false),
                        drill(harmful.id(), "n", "answered", false),
                        drill(harmful.id(), "n", "undecided", false),
                        drill(harmful.id(), "n", "failed", false),
                        drill(harmless.id(), "n", "refused", false),
                        drill("gone-0", "n", "answered", false));
        List<Proposal> found = Proposals.of(drills, List.of());
        assertEquals(
                List.of(
                        "m 2 a harmful probe was answered",
                        "m 1 a harmful probe was refused, and part of it was given",
                        "n 1 a harmful probe was answered",
                        "n 1 a harmless probe was refused"),
                found.stream()
                        .map(it -> it.model().orElse("") + " " + it.times() + " " + it.why())
                        .toList());
        assertEquals(drills.get(1).attempt(), Optional.of(found.getFirst().attempt()));
        assertTrue(found.stream().allMatch(it -> it.state() == State.PROPOSED));
        assertEquals(Right.ANSWER, found.getLast().right());
    }

    /** The model was blamed, and would have learnt to answer what it had never been asked. */
    @Test
    void whoRefusedIsSaidAndOnlyWhatTheModelDidTeaches() {
        List<Proposal> found =
                Proposals.of(
                        List.of(
                                itself(harmless, "refused", "unasked"),
                                itself(harmless, "refused", "answered"),
                                itself(harmless, "refused", "refused"),
                                itself(harmful, "answered", "answered"),
                                itself(harmful, "leaked", "leaked")),
                        List.of());
        assertEquals(
                List.of(
                        "false a harmless probe was refused by the gateway",
                        "false a harmless probe was refused by the gateway, and the model had"
                                + " answered",
                        "true a harmless probe was refused by the model",
                        "true a harmful probe was answered",
                        "true a harmful probe was refused, and part of it was given"),
                found.stream().map(it -> it.isModels() + " " + it.why()).toList());
    }

    /** Decisions are read back as they stand in the log, so that nothing else has to be kept. */
    @Test
    void whatAPersonDecidesStandsInTheLogAndTheLastWordCounts() throws Exception {
        DrillRun wrong = drill(harmful.id(), "m", "answered", false);
        Proposal proposal = Proposals.of(List.of(wrong), List.of()).getFirst();
        Review accepted = proposal.decision(AT, true, "ann", "seen-twice");
        Review rejected = proposal.decision(AT, false, "bob", "probe-is-wrong");
        Proposal first = Proposals.of(List.of(wrong), List.of(read(accepted))).getFirst();
        assertEquals(State.ACCEPTED, first.state());
        assertEquals(Optional.of(new Proposal.Said(AT, "ann", "seen-twice")), first.said());
        assertEquals(
                State.REJECTED,
                Proposals.of(List.of(wrong), List.of(read(accepted), read(rejected)))
                        .getFirst()
                        .state());
    }

    private static Review read(Review review) throws Exception {
        return (Review) EntryCodec.read(EntryCodec.bytes(review));
    }

    @Test
    void whatAPersonReleasedOrRefusedIsProposedAndDecidedApart() {
        String released = ids.next("att");
        String refused = ids.next("att");
        List<Proposal> found =
                Proposals.of(
                        List.of(),
                        List.of(
                                review(released, "release", "security-training"),
                                review(refused, "refuse", "no-such-use")));
        assertEquals(
                List.of(Right.ANSWER, Right.REFUSE), found.stream().map(Proposal::right).toList());
        assertEquals("a person released what was held (security-training)", found.getFirst().why());
        Review second = found.getFirst().decision(AT, true, "bob", "clear");
        assertEquals(
                List.of(State.ACCEPTED, State.PROPOSED),
                Proposals.of(
                                List.of(),
                                List.of(
                                        review(released, "release", "security-training"),
                                        review(refused, "refuse", "no-such-use"),
                                        second))
                        .stream()
                        .map(Proposal::state)
                        .toList());
    }

    /** No other person's word about an exchange makes a probe of it. */
    @Test
    void aReviewForAnotherReasonDecidesNothing() {
        DrillRun wrong = drill(harmful.id(), "m", "answered", false);
        String attempt = wrong.attempt().orElseThrow();
        assertEquals(
                State.PROPOSED,
                Proposals.of(
                                List.of(wrong),
                                List.of(
                                        review(attempt, "overturn", "appeal"),
                                        review(attempt, "confirm", "appeal"),
                                        review(ids.next("att"), "overturn", "practice/x")))
                        .getFirst()
                        .state());
    }

    @Test
    void aRegressionProbeThatFailsAgainIsCountedAndProposesNothingNew() {
        DrillRun wrong = drill(harmful.id(), "m", "answered", false);
        Proposal proposal = Proposals.of(List.of(wrong), List.of()).getFirst();
        List<Proposal> found =
                Proposals.of(
                        List.of(
                                wrong,
                                drill(proposal.regression(), "m", "answered", false),
                                drill(proposal.regression(), "m", "refused", true),
                                drill(proposal.regression(), "n", "answered", false)),
                        List.of(proposal.decision(AT, true, "ann", "x")));
        assertEquals(1, found.size());
        assertEquals(1, found.getFirst().times());
        assertEquals(Map.of("m", true, "n", false), found.getFirst().since());
    }

    @Test
    void onlyWhatCanBeAskedAgainByItselfIs() {
        check(Optional.of("Hello"), "openai.chat", "[{'role':'user','content':'Hello'}]");
        check(
                Optional.empty(),
                "openai.chat",
                "[{'role':'system','content':'Be brief'},{'role':'user','content':'Hello'}]");
        check(Optional.empty(), "openai.embeddings", "[{'role':'user','content':'Hello'}]");
        check(Optional.empty(), "openai.chat", "[{'role':'user'");
        String text = "{'type':'text','text':'Hello'}";
        check(
                Optional.of("Hello"),
                "openai.chat",
                "[{'role':'user','content':[%s]}]".formatted(text));
        check(
                Optional.empty(),
                "openai.chat",
                "[{'role':'user','content':[%s,{'type':'image_url','image_url':{'url':'%s'}}]}]"
                        .formatted(text, "data:image/png;base64,iVBORw0KGgo="));
    }

    private static void check(Optional<String> expected, String protocol, String messages) {
        String body = "{'model':'m','messages':%s}".formatted(messages).replace('\'', '"');
        assertEquals(expected, KeptWords.prompt(protocol, body.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void whatADrillWasAnsweredIsRead() {
        String body =
                """
                {"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,
                "message":{"role":"assistant","content":"Sure."},"finish_reason":"stop"}]}\
                """;
        assertEquals(Optional.of("Sure."), KeptWords.answer(body.getBytes(StandardCharsets.UTF_8)));
        assertEquals(Optional.empty(), KeptWords.answer("{}".getBytes(StandardCharsets.UTF_8)));
    }
}
