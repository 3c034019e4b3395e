package io.demur.wire.chat;

import io.demur.core.StopReason;
import io.demur.testkit.Gen;
import io.demur.wire.ClientBody;
import io.demur.wire.WellFormed;
import io.demur.wire.chat.Fronts.Pair;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers and calls of every kind that a protocol can carry, in their normal form. */
final class Samples {

    private Samples() {}

    static String text(Gen gen) {
        String text = WellFormed.of(gen.text(6));
        return text.isEmpty() ? "x" : text;
    }

    /** An answer as it comes out when it is written in this protocol and read again. */
    static Reply reply(Gen gen, Pair pair) {
        List<Part> parts = new ArrayList<>();
        if (gen.oneIn(3)) {
            parts.add(
                    new Part.Reasoning(
                            text(gen),
                            pair == Pair.ANTHROPIC ? Optional.of("seal") : Optional.empty(),
                            Fields.NONE));
        }
        boolean refuses = gen.oneIn(4);
        boolean texted = !refuses && !gen.oneIn(5);
        if (texted) {
            parts.add(Part.Text.of(text(gen)));
        }
        StopReason stop = gen.oneIn(4) ? StopReason.LENGTH : StopReason.END;
        Optional<ProviderRefusal> refusal = Optional.empty();
        if (refuses && pair == Pair.OPENAI) {
            String words = text(gen) + "x";
            parts.add(new Part.Refusal(words));
            stop = new StopReason.Refusal("message.refusal", Optional.empty());
            refusal = ProviderRefusal.of(stop, Optional.of(words));
        } else if (refuses && pair == Pair.ANTHROPIC) {
            stop = new StopReason.Refusal("stop_reason: refusal", Optional.of("cyber"));
            refusal = ProviderRefusal.of(stop, Optional.of("why x"));
        } else if (refuses) {
            parts.add(Part.Text.of(text(gen)));
            stop = new StopReason.ContentFilter("done_reason: content_filter", Optional.of("bio"));
            refusal = ProviderRefusal.of(stop, Optional.empty());
        } else if (gen.oneIn(3)) {
            for (int i = gen.between(1, 3); i > 0; i--) {
                parts.add(new Part.ToolUse("call_" + i, "run", arguments(gen), Fields.NONE));
            }
            stop = StopReason.TOOL_CALL;
        }
        Usage usage = new Usage(gen.between(0, 99), gen.between(0, 99), 0, 0, 0, Usage.Times.NONE);
        boolean counted = !usage.equals(Usage.NONE);
        return new Reply(
                pair == Pair.OLLAMA ? "" : "id-1",
                "alias",
                parts,
                stop,
                Optional.empty(),
                refusal,
                Optional.of(counted ? usage : Usage.of(1, 1)));
    }

    /** JSON as it is written again. */
    static String arguments(Gen gen) {
        return ClientBody.object()
                .put("path", text(gen))
                .put("count", gen.between(0, 9))
                .toString();
    }
}
