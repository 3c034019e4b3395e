package io.demur.gateway.judge;

import io.demur.core.Message;
import io.demur.core.Request;
import io.demur.core.Role;
import io.demur.core.harm.linear.LinearHarm;
import io.demur.core.memory.Recognition;
import io.demur.core.policy.Standing;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the quick judge and the memory make of a request: all of its judgement that needs nobody
 * else. Used by one thread.
 */
final class Reading {

    private final Judgements judgements;
    private final Matter matter;
    private final ByteBuffer toolsDigest;
    private final Function<String, Recognition> recall;

    /** Goes on from what was known; what stands there is never added to. */
    LinearHarm.Conversation conversation;

    /** Places of the last user messages of the topic. */
    final List<Integer> topic;

    /** Whether anything was asked, or ordered, that is new. */
    boolean anew;

    /** As it stands, and with its disguise undone, by the quick judge alone. */
    Heard asked;

    Optional<Heard> meant = Optional.empty();
    Recognition recognition = Recognition.FRESH;

    /** What is new beside it: in messages, and in the rest of the call. */
    List<Heard> asides = List.of();

    List<Heard> tools = List.of();
    Optional<Optional<Heard>> toolsKnown = Optional.empty();
    final List<Recognition> recognised = new ArrayList<>();

    Reading(
            Judgements judgements,
            Matter matter,
            ByteBuffer toolsDigest,
            Known known,
            Function<String, Recognition> recall) {
        this.judgements = judgements;
        this.matter = matter;
        this.toolsDigest = toolsDigest;
        this.recall = recall;
        conversation = known.conversation().copy();
        topic = new ArrayList<>(known.topic());
        asked = new Heard("", conversation.assess());
    }

    /** Reads what is new, from a message on. */
    Reading from(int first) {
        for (int at = first; at < matter.turns().size(); at++) {
            Message message = matter.message(at);
            switch (message.role()) {
                case USER -> user(message, at);
                case SYSTEM -> {
                    conversation.add(message);
                    anew = true;
                }
                case ASSISTANT, TOOL -> {}
            }
        }
        if (anew && meant.isEmpty()) {
            asked = new Heard("", conversation.assess());
        }
        matter.texts().forEach(this::text);
        if (!topic.isEmpty()) {
            recognition = recall.apply(last());
            if (isFresh(recognition) && topic.size() > 1) {
                recognition = recall.apply(whole());
            }
        }
        beside(first);
        return this;
    }

    /** The worse of a message and of what it means is what the conversation goes on with. */
    private void user(Message message, int at) {
        Optional<String> meaning = judgements.meanings.of(message.text());
        LinearHarm.Conversation other = conversation.copy();
        conversation.add(message);
        anew = true;
        if (conversation.opened()) {
            topic.clear();
        }
        if (!message.text().isBlank()) {
            topic.add(at);
        }
        if (topic.size() > Known.TOPIC_MAX) {
            topic.removeFirst();
        }
        meant = Optional.empty();
        if (meaning.isPresent()) {
            other.add(new Message(Role.USER, meaning.get()));
            asked = new Heard("", conversation.assess());
            Heard undone = new Heard(meaning.get(), other.assess());
            meant = Optional.of(undone);
            conversation = undone.pHarm() > asked.pHarm() ? other : conversation;
        }
    }

    /** One of several texts that have nothing to do with each other: the worst counts. */
    private void text(String text) {
        LinearHarm quick = judgements.judges.quick();
        Heard heard = new Heard(text, quick.assess(Request.of(text)));
        asked = heard.pHarm() > asked.pHarm() || asked.text().isEmpty() ? heard : asked;
        Optional<String> meaning = judgements.meanings.of(text);
        if (meaning.isPresent()) {
            Heard undone = new Heard(meaning.get(), quick.assess(Request.of(meaning.get())));
            double most = meant.map(Heard::pHarm).orElse(-1.0);
            meant = undone.pHarm() > most ? Optional.of(undone) : meant;
        }
        Recognition found = recall.apply(text);
        if (isFresh(recognition)) {
            recognition = found;
        } else if (!isFresh(found)) {
            recognised.add(found);
        }
    }

    private void beside(int first) {
        asides = judgements.asides.worst(matter.beside(first));
        if (!matter.own().isEmpty()) {
            toolsKnown = judgements.tools(toolsDigest);
            if (toolsKnown.isEmpty()) {
                tools = judgements.asides.worst(matter.own());
            }
        }
        for (Heard aside : asides) {
            recognise(aside);
        }
        for (Heard aside : tools) {
            recognise(aside);
        }
    }

    private void recognise(Heard aside) {
        Recognition found = recall.apply(aside.text());
        if (!isFresh(found)) {
            recognised.add(found);
        }
    }

    private static boolean isFresh(Recognition found) {
        return found.standing().kind() == Standing.Kind.FRESH;
    }

    /** The last user message. */
    String last() {
        return matter.message(topic.getLast()).text();
    }

    /** The last user messages of the topic, as one text. */
    String whole() {
        return String.join("\n", topic.stream().map(at -> matter.message(at).text()).toList());
    }

    /** What the second judge is to look at: the topic, and not all that went before. */
    Request request() {
        return matter.texts().isEmpty()
                ? new Request(topic.stream().map(matter::message).toList())
                : Request.of(asked.text());
    }

    /** The same with the last message's meaning in its place. */
    Request request(Heard meaning) {
        List<Message> messages = new ArrayList<>(request().messages());
        messages.set(messages.size() - 1, new Message(Role.USER, meaning.text()));
        return new Request(matter.texts().isEmpty() ? messages : messages.subList(0, 1));
    }
}
