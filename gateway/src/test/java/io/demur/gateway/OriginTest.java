package io.demur.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Refusal;
import io.demur.core.StopReason;
import io.demur.record.entry.Outcome;
import io.demur.wire.chat.Event;
import io.demur.wire.chat.Usage;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Whoever refuses is named in the head of the reply, in every protocol, in pieces or not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OriginTest {

    private static final Event BEGAN = new Event.Began("c1", "m");
    private static final Event COUNTED = new Event.Counted(Usage.of(7, 0));
    private static final Event END = Event.Stop.of(StopReason.END);
    private static final String NO = "I'm sorry, but I can't help with that request.";

    private final Staged staged = new Staged();
    private House house;
    private Raw raw;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        house = new House(folder, Map.of("m", staged), staged, GatewaySettings.USUAL);
        raw = new Raw(house);
    }

    @AfterAll
    void stop() {
        house.close();
    }

    @BeforeEach
    void nothingIsStaged() {
        staged.usual();
    }

    /** What the head of the reply says, and what the record says in the end. */
    private record Said(Optional<String> head, Optional<String> record) {}

    private Said said(String path, boolean stream, List<Event> answer) throws Exception {
        staged.answers.add(answer);
        Piecewise reply =
                Piecewise.ask(
                        raw,
                        path,
                        """
                        {"model": "m", "stream": %s, "max_tokens": 900,
                        "messages": [{"role": "user", "content": "What does a house cost?"}]}\
                        """
                                .formatted(stream));
        assertTrue(reply.whole(), reply::toString);
        Optional<Refusal.Origin> origin =
                house.entries().stream()
                        .filter(
                                it ->
                                        it instanceof Outcome o
                                                && o.attempt().equals(reply.attempt()))
                        .map(it -> ((Outcome) it).origin())
                        .findFirst()
                        .orElseThrow();
        return new Said(
                reply.header("x-demur-origin"),
                origin.map(it -> it.name().toLowerCase(Locale.ROOT)));
    }

    private static Said both(String origin) {
        return new Said(Optional.of(origin), Optional.of(origin));
    }

    private void everywhere(Said right, List<Event> answer) throws Exception {
        for (String path : List.of("/v1/chat/completions", "/v1/messages", "/api/chat")) {
            for (boolean stream : new boolean[] {false, true}) {
                assertEquals(right, said(path, stream, answer), () -> path + " " + stream);
            }
        }
    }

    @Test
    void aProviderThatStopsWithARefusalIsNamedThoughTheAnswerHadBegun() throws Exception {
        StopReason refusal = new StopReason.Refusal("stop_reason", Optional.of("cyber"));
        everywhere(both("provider"), List.of(BEGAN, COUNTED, Event.Stop.of(refusal)));
        StopReason filter = new StopReason.ContentFilter("finish_reason", Optional.empty());
        everywhere(both("provider"), List.of(BEGAN, Event.Stop.of(filter)));
    }

    @Test
    void aProviderThatRefusesInAFieldOfItsOwnIsNamed() throws Exception {
        StopReason refusal = new StopReason.Refusal("message.refusal", Optional.empty());
        everywhere(
                both("provider"),
                List.of(
                        BEGAN,
                        new Event.Refusal("I won't."),
                        new Event.Refusal(" No."),
                        Event.Stop.of(refusal)));
    }

    @Test
    void aModelThatRefusesInWordsIsNamed() throws Exception {
        everywhere(both("model"), List.of(BEGAN, COUNTED, new Event.Text(NO), END));
    }

    @Test
    void whoAnswersIsNot() throws Exception {
        Said nobody = new Said(Optional.empty(), Optional.empty());
        everywhere(nobody, List.of(BEGAN, COUNTED, new Event.Text("A lot of money."), END));
    }

    @Test
    void aHeadThatHasLeftWithOtherWordsNamesNobodyAndTheRecordDoes() throws Exception {
        StopReason filter = new StopReason.ContentFilter("finish_reason", Optional.empty());
        List<Event> late = List.of(BEGAN, new Event.Text("A lot of"), Event.Stop.of(filter));
        String path = "/v1/chat/completions";
        assertEquals(new Said(Optional.empty(), Optional.of("provider")), said(path, true, late));
        assertEquals(both("provider"), said(path, false, late));
    }
}
