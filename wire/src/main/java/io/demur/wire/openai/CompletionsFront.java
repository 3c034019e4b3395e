package io.demur.wire.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.demur.core.StopReason;
import io.demur.wire.ClientBody;
import io.demur.wire.chat.Asked;
import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.ErrorReply;
import io.demur.wire.chat.Event;
import io.demur.wire.chat.EventWriter;
import io.demur.wire.chat.Fault;
import io.demur.wire.chat.Front;
import io.demur.wire.chat.Reasons;
import io.demur.wire.chat.Reply;
import io.demur.wire.chat.Stamp;
import io.demur.wire.chat.Usage;

import java.io.ByteArrayOutputStream;

/**
 * OpenAI's older {@code /v1/completions}, for callers. It has text alone: the words of a refusal
 * stand in it where nothing else was said, under the reason {@code content_filter}.
 */
public final class CompletionsFront implements Front {

    private static final String OBJECT = "text_completion";
    private static final byte[] NOTHING = {};

    @Override
    public Asked read(byte[] body) throws BadCall {
        return CompletionsBody.read(body);
    }

    @Override
    public byte[] reply(Reply reply, Stamp stamp) {
        String text = reply.text().isEmpty() ? Shapes.refusalText(reply) : reply.text();
        ObjectNode body = body(stamp, text, word(reply.stop()));
        Shapes.filtered(reply.stop(), (ObjectNode) body.path("choices").path(0));
        body.set("usage", Shapes.usage(reply.usage().orElse(Usage.NONE)));
        Reasons.into(body, reply.statement());
        return ClientBody.bytes(body);
    }

    /** There are no tools here. */
    private static String word(StopReason stop) {
        return stop instanceof StopReason.ToolCall ? "stop" : Shapes.word(stop, true);
    }

    @Override
    public EventWriter stream(Stamp stamp) {
        return new Writer(stamp);
    }

    @Override
    public String streamType() {
        return Shapes.STREAM_TYPE;
    }

    @Override
    public ErrorReply error(Fault fault, Stamp stamp) {
        return Shapes.errorReply(fault);
    }

    private static ObjectNode body(Stamp stamp, String text, String word) {
        ObjectNode body = Shapes.head(stamp, OBJECT);
        ObjectNode choice = body.putArray("choices").addObject();
        choice.put("text", text).put("index", 0).putNull("logprobs");
        if (word.isEmpty()) {
            choice.putNull("finish_reason");
        } else {
            choice.put("finish_reason", word);
        }
        return body;
    }

    private static final class Writer implements EventWriter {

        private final Stamp stamp;
        private Usage usage = Usage.NONE;
        private boolean said;
        private boolean texted;
        private boolean over;

        Writer(Stamp stamp) {
            this.stamp = stamp;
        }

        @Override
        public boolean isOver() {
            return over;
        }

        @Override
        public byte[] write(Event event) {
            if (over) {
                return NOTHING;
            }
            return switch (event) {
                case Event.Text text -> {
                    texted = true;
                    yield text(text.delta());
                }
                case Event.Refusal refusal -> texted ? NOTHING : text(refusal.delta());
                case Event.Counted counted -> {
                    usage = counted.usage();
                    yield NOTHING;
                }
                case Event.Stop stop -> stop(stop);
                case Event.Failed failed -> {
                    over = true;
                    yield Shapes.data(Shapes.error(Fault.of(failed.failure())));
                }
                case Event.Began began -> NOTHING;
                case Event.Reasoning reasoning -> NOTHING;
                case Event.Signature signature -> NOTHING;
                case Event.Redacted redacted -> NOTHING;
                case Event.ToolBegan tool -> NOTHING;
                case Event.ToolDelta tool -> NOTHING;
            };
        }

        private byte[] text(String delta) {
            said = true;
            return Shapes.data(body(stamp, delta, ""));
        }

        private byte[] stop(Event.Stop stop) {
            ByteArrayOutputStream out = new ByteArrayOutputStream(256);
            if (!said) {
                stop.refusal().ifPresent(refusal -> out.writeBytes(text(refusal.words())));
            }
            over = true;
            ObjectNode last = body(stamp, "", word(stop.reason()));
            Reasons.into(last, stop.statement());
            Shapes.filtered(stop.reason(), (ObjectNode) last.path("choices").path(0));
            out.writeBytes(Shapes.data(last));
            if (stamp.usage()) {
                ObjectNode counted = Shapes.head(stamp, OBJECT);
                counted.putArray("choices");
                counted.set("usage", Shapes.usage(usage));
                out.writeBytes(Shapes.data(counted));
            }
            out.writeBytes(Shapes.done());
            return out.toByteArray();
        }
    }
}
