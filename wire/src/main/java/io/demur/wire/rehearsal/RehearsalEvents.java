package io.demur.wire.rehearsal;

import io.demur.core.rehearsal.Rehearsal;
import io.demur.core.rehearsal.Setting;
import io.demur.core.rehearsal.Setting.Calling;
import io.demur.core.rehearsal.Setting.Offer;
import io.demur.core.rehearsal.Shape;
import io.demur.core.rehearsal.Step;
import io.demur.wire.chat.Call;
import io.demur.wire.chat.Embed;
import io.demur.wire.chat.Embedded;
import io.demur.wire.chat.Event;
import io.demur.wire.chat.Failure;
import io.demur.wire.chat.Format;
import io.demur.wire.chat.Tool;
import io.demur.wire.chat.ToolChoice;
import io.demur.wire.chat.Usage;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Lets the rehearsal model answer calls. Immutable; safe for use by several threads. */
public final class RehearsalEvents {

    private static final long DIMENSIONS = 256;
    private static final long DIMENSIONS_MAX = 4096;
    private static final int TOKEN = 4;

    private final Rehearsal rehearsal;

    public RehearsalEvents(Rehearsal rehearsal) {
        this.rehearsal = Objects.requireNonNull(rehearsal);
    }

    /**
     * Its answer. The last beat is an event that {@link Event#isLast}, or silence; what fails at
     * once is one event with the server's status.
     */
    public List<Beat> answer(Call call) {
        List<Beat> beats = new ArrayList<>();
        boolean began = false;
        for (Step step : rehearsal.answer(call.request(), setting(call))) {
            boolean atOnce = step instanceof Step.Failed || step instanceof Step.Pause;
            if (!began && !atOnce) {
                began = true;
                beats.add(new Beat.Comes(new Event.Began("rehearsal", call.model())));
            }
            beats.add(beat(step, began));
        }
        return List.copyOf(beats);
    }

    /** The embeddings of texts; 256 numbers each where the caller does not say. */
    public Embedded embed(Embed embed) {
        int dimensions = (int) Math.clamp(embed.dimensions().orElse(DIMENSIONS), 1, DIMENSIONS_MAX);
        List<float[]> vectors =
                embed.inputs().stream().map(text -> rehearsal.embed(text, dimensions)).toList();
        long tokens = embed.inputs().stream().mapToLong(text -> text.length() / TOKEN + 1).sum();
        return new Embedded(embed.model(), vectors, tokens);
    }

    private static Beat beat(Step step, boolean began) {
        return switch (step) {
            case Step.Text text -> new Beat.Comes(new Event.Text(text.piece()));
            case Step.Reasoning thought -> new Beat.Comes(new Event.Reasoning(thought.piece()));
            case Step.Declined words -> new Beat.Comes(new Event.Refusal(words.piece()));
            case Step.ToolBegan tool ->
                    new Beat.Comes(
                            new Event.ToolBegan(
                                    tool.index(),
                                    "call_rehearsal_%d".formatted(tool.index()),
                                    tool.name()));
            case Step.ToolPiece piece ->
                    new Beat.Comes(new Event.ToolDelta(piece.index(), piece.arguments()));
            case Step.Pause pause -> new Beat.Pause(pause.time());
            case Step.Counted counted ->
                    new Beat.Comes(new Event.Counted(Usage.of(counted.input(), counted.output())));
            case Step.Stop stop -> new Beat.Comes(Event.Stop.of(stop.reason()));
            case Step.Failed failed ->
                    new Beat.Comes(
                            new Event.Failed(
                                    began
                                            ? Failure.broken(failed.message())
                                            : new Failure(
                                                    Failure.kindOf(failed.status()),
                                                    failed.status(),
                                                    failed.message())));
            case Step.BrokeOff broken ->
                    new Beat.Comes(
                            new Event.Failed(
                                    Failure.broken("the rehearsal model broke off, as told")));
            case Step.Stalled stalled -> new Beat.Silence();
        };
    }

    private static Setting setting(Call call) {
        List<Tool> tools = call.tools();
        Calling calling = Calling.CUED;
        if (call.choice().isPresent()) {
            switch (call.choice().get()) {
                case ToolChoice.Auto auto -> {}
                case ToolChoice.None none -> calling = Calling.NEVER;
                case ToolChoice.Required required -> calling = Calling.ALWAYS;
                case ToolChoice.Named named -> {
                    calling = Calling.ALWAYS;
                    tools = tools.stream().filter(t -> t.name().equals(named.name())).toList();
                }
            }
        }
        Optional<Shape> shape =
                switch (call.format()) {
                    case Format.Free free -> Optional.empty();
                    case Format.Json json -> Optional.of(Shape.ANY);
                    case Format.Schema schema -> Optional.of(SchemaShape.of(schema.schema()));
                };
        return new Setting(
                Rehearsal.cuesIn(call.model()),
                tools.stream().map(t -> new Offer(t.name(), SchemaShape.of(t.schema()))).toList(),
                calling,
                shape,
                Math.max(1, call.sampling().tokensMax().orElse(Long.MAX_VALUE)));
    }
}
