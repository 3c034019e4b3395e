package io.demur.wire.chat;

import io.demur.core.StopReason;
import io.demur.testkit.Golden;
import io.demur.wire.ollama.Catalogue;
import io.demur.wire.ollama.LocalModel;
import io.demur.wire.ollama.OllamaFront;
import io.demur.wire.openai.ChatFront;
import io.demur.wire.openai.Models;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The bytes that callers get, each in a file that pins them. */
class BodiesTest {

    private static final String FILES = "wire/src/test/resources/bodies/";

    private static final StopReason REFUSAL =
            new StopReason.Refusal("message.refusal", Optional.of("cyber"));

    private static Reply answer() {
        return new Reply(
                "up-1",
                "real",
                List.of(
                        Part.Reasoning.of("They want the weather."),
                        Part.Text.of("I will look it up."),
                        new Part.ToolUse("call_1", "weather", "{\"place\":\"Oslo\"}", Fields.NONE)),
                StopReason.TOOL_CALL,
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Usage(20, 9, 5, 0, 3, new Usage.Times(9, 1, 2, 6))));
    }

    /** Blocked when part of it had left. */
    private static List<Event> late() {
        return List.of(
                new Event.Began("up-1", "real"),
                new Event.Text("First, take the "),
                new Event.Refusal("I cannot go on with this."),
                new Event.Stop(
                        REFUSAL,
                        Optional.empty(),
                        ProviderRefusal.of(REFUSAL, Optional.empty()),
                        Optional.of(new Event.Retraction(0, 16))));
    }

    private static String name(Front front) {
        return front.getClass().getSimpleName()
                + (Fronts.text(front.reply(Reply.of("a"), Fronts.STAMP)).contains("\"response\"")
                        ? "-generate"
                        : "");
    }

    @Test
    void answersRefusalsAndLateBlocksAreWrittenAsEachProtocolWritesThem() {
        for (Front front : Fronts.ALL) {
            List<String> out = new ArrayList<>();
            out.add("# an answer that calls a tool");
            out.add(Fronts.text(front.reply(answer(), Fronts.STAMP)));
            out.add("# the same in pieces");
            out.add(Fronts.text(Fronts.written(front, answer().events())));
            out.add("# a refusal as a normal turn");
            out.add(Fronts.text(front.reply(Reply.of("I will not do that."), Fronts.STAMP)));
            Reply refused = Reply.refused("I will not do that.", Optional.of("cyber"));
            out.add("# a refusal in the protocol's own form");
            out.add(Fronts.text(front.reply(refused, Fronts.STAMP)));
            out.add("# the same in pieces");
            out.add(Fronts.text(Fronts.written(front, refused.events())));
            out.add("# blocked when part of it had left");
            out.add(Fronts.text(Fronts.written(front, late())));
            out.add("# broken off");
            out.add(
                    Fronts.text(
                            Fronts.written(
                                    front,
                                    List.of(
                                            new Event.Began("", ""),
                                            new Event.Text("Half"),
                                            new Event.Failed(Failure.broken("cut off"))))));
            Golden.check(FILES + name(front) + ".txt", String.join("\n", out) + "\n");
        }
    }

    @Test
    void listsOfModelsAreWrittenAsEachProtocolWritesThem() {
        LocalModel model =
                new LocalModel(
                        "llama:8b",
                        Fronts.STAMP.at(),
                        4_000_000_000L,
                        "abc",
                        "llama",
                        "8.0B",
                        "Q4_K_M",
                        List.of("completion", "tools"));
        Golden.check(
                FILES + "models.txt",
                String.join(
                        "\n",
                        Fronts.text(Models.list(List.of("llama:8b", "b"), Fronts.STAMP.at())),
                        Fronts.text(Models.one("b", Fronts.STAMP.at())),
                        Fronts.text(Catalogue.tags(List.of(model))),
                        Fronts.text(Catalogue.loaded(List.of(model), Fronts.STAMP.at())),
                        Fronts.text(Catalogue.show(model)),
                        Fronts.text(Catalogue.version("0.12.0")),
                        Fronts.text(
                                new OllamaFront(OllamaFront.Kind.CHAT)
                                        .loaded(
                                                new Operation(
                                                        Operation.Kind.LOAD,
                                                        "llama:8b",
                                                        Fields.NONE),
                                                Fronts.STAMP)),
                        ""));
    }

    @Test
    void aStreamTellsTokensOnlyToWhoAskedForThem() {
        Stamp quiet = new Stamp("id-1", "alias", Fronts.STAMP.at(), false);
        EventWriter writer = new ChatFront().stream(quiet);
        StringBuilder out = new StringBuilder();
        answer().events().forEach(event -> out.append(Fronts.text(writer.write(event))));
        org.junit.jupiter.api.Assertions.assertFalse(out.toString().contains("usage"));
    }
}
