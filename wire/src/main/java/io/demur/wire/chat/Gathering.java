package io.demur.wire.chat;

import io.demur.core.StopReason;
import io.demur.wire.chat.Part.ToolUse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts the pieces of an answer together. For one thread. */
public final class Gathering {

    private final List<Part> parts = new ArrayList<>();
    private final StringBuilder open = new StringBuilder();
    private final Map<Integer, Tool> tools = new HashMap<>();
    private Optional<Event> kind = Optional.empty();
    private String id = "";
    private String model = "";
    private Optional<String> fingerprint = Optional.empty();
    private Optional<Usage> usage = Optional.empty();
    private Optional<Result> result = Optional.empty();

    /** A call of a tool whose arguments still come, and where it stands among the parts. */
    private record Tool(int part, Event.ToolBegan began, StringBuilder arguments) {}

    /** Adds the next piece. What comes behind the last one is not counted. */
    public void add(Event event) {
        if (result.isPresent()) {
            return;
        }
        switch (event) {
            case Event.Began began -> {
                id = began.id();
                model = began.model();
                fingerprint = began.fingerprint();
            }
            case Event.Text text -> more(text, text.delta());
            case Event.Reasoning reasoning -> more(reasoning, reasoning.delta());
            case Event.Refusal refusal -> more(refusal, refusal.delta());
            case Event.ToolBegan tool -> {
                close();
                finish(
                        Optional.ofNullable(
                                tools.put(
                                        tool.index(),
                                        new Tool(parts.size(), tool, new StringBuilder()))));
                parts.add(new ToolUse(tool.id(), tool.name(), "", Fields.NONE));
            }
            // Under a number of its own, since the calls of several tools may come mixed.
            case Event.ToolDelta delta ->
                    Optional.ofNullable(tools.get(delta.index()))
                            .ifPresent(tool -> tool.arguments().append(delta.arguments()));
            case Event.Signature signature -> sign(signature.value());
            case Event.Redacted redacted -> {
                close();
                parts.add(new Part.Redacted(redacted.data()));
            }
            case Event.Counted counted -> usage = Optional.of(counted.usage());
            case Event.Stop stop -> {
                close();
                tools.values().forEach(tool -> finish(Optional.of(tool)));
                result =
                        Optional.of(
                                new Reply(
                                        id,
                                        model,
                                        parts,
                                        stop.reason(),
                                        stop.sequence(),
                                        stop.refusal().map(this::withWords),
                                        usage,
                                        fingerprint,
                                        stop.statement()));
            }
            case Event.Failed failed -> result = Optional.of(failed.failure());
        }
    }

    /** The whole; empty as long as the last piece is missing. */
    public Optional<Result> result() {
        return result;
    }

    /** The tokens counted last. */
    public Optional<Usage> usage() {
        return usage;
    }

    /** What has come of an answer that came to no end. */
    public Reply soFar() {
        close();
        tools.values().forEach(tool -> finish(Optional.of(tool)));
        return new Reply(
                id,
                model,
                parts,
                StopReason.UNSTATED,
                Optional.empty(),
                Optional.empty(),
                usage,
                fingerprint,
                Optional.empty());
    }

    /** The words of a refusal came before it was known to be one. */
    private ProviderRefusal withWords(ProviderRefusal refusal) {
        StringBuilder words = new StringBuilder();
        for (Part part : parts) {
            if (part instanceof Part.Refusal said) {
                words.append(said.text());
            }
        }
        return refusal.text().isPresent() || words.isEmpty()
                ? refusal
                : new ProviderRefusal(
                        refusal.form(),
                        refusal.category(),
                        Optional.of(words.toString()),
                        refusal.signal());
    }

    private void more(Event event, String delta) {
        if (kind.isEmpty() || !kind.get().getClass().equals(event.getClass())) {
            close();
            kind = Optional.of(event);
        }
        open.append(delta);
    }

    /** A seal closes the reasoning before it; a provider may send one without showing any. */
    private void sign(String signature) {
        boolean thinking = kind.isPresent() && kind.get() instanceof Event.Reasoning;
        if (!thinking) {
            close();
        }
        parts.add(new Part.Reasoning(open.toString(), Optional.of(signature), Fields.NONE));
        open.setLength(0);
        kind = Optional.empty();
    }

    private void finish(Optional<Tool> tool) {
        tool.ifPresent(
                done ->
                        parts.set(
                                done.part(),
                                new ToolUse(
                                        done.began().id(),
                                        done.began().name(),
                                        done.arguments().toString(),
                                        Fields.NONE)));
    }

    private void close() {
        String said = open.toString();
        open.setLength(0);
        Optional<Event> closing = kind;
        kind = Optional.empty();
        if (closing.isEmpty()) {
            return;
        }
        if (!said.isEmpty()) {
            addPart(closing.get(), said);
        }
    }

    /** The other events never stay open. */
    private void addPart(Event event, String said) {
        if (event instanceof Event.Text) {
            parts.add(Part.Text.of(said));
        } else if (event instanceof Event.Reasoning) {
            parts.add(Part.Reasoning.of(said));
        } else {
            parts.add(new Part.Refusal(said));
        }
    }
}
