package io.demur.wire.chat;

import io.demur.core.Response;
import io.demur.core.StopReason;
import io.demur.core.compose.Statement;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An answer as a whole.
 *
 * @param id as the server numbers it; may be empty
 * @param model as the server names it; may be empty
 * @param parts reasoning, text, the words of a refusal and calls of tools, in their order
 * @param sequence the stop sequence that the model came to, where the server says
 * @param refusal what the provider signalled, where it refused
 * @param usage the tokens, where the server counted them
 * @param fingerprint the provider's mark of the model's version, where it gives one. It is for the
 *     record, and not sent on
 * @param statement why this gateway keeps something back, where it does
 */
public record Reply(
        String id,
        String model,
        List<Part> parts,
        StopReason stop,
        Optional<String> sequence,
        Optional<ProviderRefusal> refusal,
        Optional<Usage> usage,
        Optional<String> fingerprint,
        Optional<Statement> statement)
        implements Result {

    /** One of a server that marks no versions, and of which nothing is kept back. */
    public Reply(
            String id,
            String model,
            List<Part> parts,
            StopReason stop,
            Optional<String> sequence,
            Optional<ProviderRefusal> refusal,
            Optional<Usage> usage) {
        this(id, model, parts, stop, sequence, refusal, usage, Optional.empty(), Optional.empty());
    }

    /** The same, with the reasons why this gateway keeps something back. */
    public Reply with(Statement reasons) {
        return new Reply(
                id,
                model,
                parts,
                stop,
                sequence,
                refusal,
                usage,
                fingerprint,
                Optional.of(reasons));
    }

    public Reply {
        Objects.requireNonNull(id);
        Objects.requireNonNull(model);
        parts = List.copyOf(parts);
        Objects.requireNonNull(stop);
        Objects.requireNonNull(sequence);
        Objects.requireNonNull(refusal);
        Objects.requireNonNull(usage);
        Objects.requireNonNull(fingerprint);
        Objects.requireNonNull(statement);
    }

    /** An answer of text alone, such as a refusal in the form of a normal turn. */
    public static Reply of(String text) {
        return new Reply(
                "",
                "",
                List.of(Part.Text.of(text)),
                StopReason.END,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** A refusal in the form that each protocol has for one. */
    public static Reply refused(String words, Optional<String> category) {
        StopReason stop = new StopReason.Refusal("message.refusal", category);
        return new Reply(
                "",
                "",
                List.of(new Part.Refusal(words)),
                stop,
                Optional.empty(),
                ProviderRefusal.of(stop, Optional.of(words)),
                Optional.empty());
    }

    /** What a provider declined without an answer. */
    public static Reply declined(StopReason stop, Optional<String> words) {
        return new Reply(
                "",
                "",
                List.of(),
                stop,
                Optional.empty(),
                ProviderRefusal.of(stop, words),
                Optional.empty());
    }

    /** The text, without reasoning and without the words of a refusal. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            if (part instanceof Part.Text piece) {
                text.append(piece.text());
            }
        }
        return text.toString();
    }

    /** The words of a refusal that had a field of their own. */
    public String refusalText() {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            if (part instanceof Part.Refusal piece) {
                text.append(piece.text());
            }
        }
        return text.toString();
    }

    /** The answer as the judges read it. */
    public Response response() {
        String text = text();
        return new Response(text.isBlank() ? refusalText() : text, stop);
    }

    /** Every other string of the answer: reasoning, tools, and what is said of its end. */
    public List<String> strings() {
        List<String> strings = new ArrayList<>();
        Consumer<String> each = Escapes.undone(strings::add);
        for (Part part : parts) {
            switch (part) {
                case Part.Reasoning reasoning -> each.accept(reasoning.text());
                case Part.ToolUse use -> {
                    each.accept(use.id());
                    each.accept(use.name());
                    Speech.arguments(use.arguments(), each);
                }
                case Part.Refusal refusal -> each.accept(refusal.text());
                case Part.Text text -> {}
                case Part.Redacted redacted -> {}
                case Part.Image image -> {}
                case Part.ImageLink link -> {}
                case Part.ToolResult result -> {}
                case Part.Other other -> {}
            }
        }
        sequence.ifPresent(each);
        refusal.flatMap(ProviderRefusal::category).ifPresent(each);
        refusal.flatMap(ProviderRefusal::text).ifPresent(each);
        return List.copyOf(strings);
    }

    /** The same answer in pieces: one for each part. */
    public List<Event> events() {
        List<Event> events = new ArrayList<>();
        events.add(new Event.Began(id, model, fingerprint));
        int tools = 0;
        for (Part part : parts) {
            switch (part) {
                case Part.Text text -> events.add(new Event.Text(text.text()));
                case Part.Refusal words -> events.add(new Event.Refusal(words.text()));
                case Part.Reasoning reasoning -> {
                    events.add(new Event.Reasoning(reasoning.text()));
                    reasoning.signature().map(Event.Signature::new).ifPresent(events::add);
                }
                case Part.Redacted redacted -> events.add(new Event.Redacted(redacted.data()));
                case Part.ToolUse use -> {
                    events.add(new Event.ToolBegan(tools, use.id(), use.name()));
                    events.add(new Event.ToolDelta(tools, use.arguments()));
                    tools++;
                }
                case Part.Image image -> {}
                case Part.ImageLink link -> {}
                case Part.ToolResult result -> {}
                case Part.Other other -> {}
            }
        }
        usage.map(Event.Counted::new).ifPresent(events::add);
        if (stop instanceof StopReason.Failed failed) {
            events.add(new Event.Failed(Failure.broken(failed.message())));
        } else {
            events.add(new Event.Stop(stop, sequence, refusal, Optional.empty(), statement));
        }
        return List.copyOf(events);
    }
}
