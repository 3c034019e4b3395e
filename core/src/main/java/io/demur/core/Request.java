package io.demur.core;

import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * What a model was asked: the conversation up to the answer.
 *
 * @param messages oldest first; empty where a file holds answers without what was asked
 */
public record Request(List<Message> messages) {

    /** A request about which nothing is known. */
    public static final Request UNKNOWN = new Request(List.of());

    public Request {
        messages = messages instanceof Beginning ? messages : List.copyOf(messages);
    }

    /** A conversation of one user message. */
    public static Request of(String prompt) {
        return new Request(List.of(new Message(Role.USER, prompt)));
    }

    /**
     * The first {@code count} messages. They are shared with this request, so that the requests of
     * all turns of a long conversation take no more room than the conversation.
     */
    public Request first(int count) {
        return count == messages.size() ? this : new Request(new Beginning(messages, count));
    }

    /** The last user message, or the empty string where there is none. */
    public String prompt() {
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (messages.get(i).role() == Role.USER) {
                return messages.get(i).text();
            }
        }
        return "";
    }

    /** The first user message, or the empty string where there is none. */
    public String opening() {
        for (Message message : messages) {
            if (message.role() == Role.USER) {
                return message.text();
            }
        }
        return "";
    }

    /** The first system message, or the empty string where there is none. */
    public String system() {
        for (Message message : messages) {
            if (message.role() == Role.SYSTEM) {
                return message.text();
            }
        }
        return "";
    }

    /** A view of a list that never changes. */
    private static final class Beginning extends AbstractList<Message> implements RandomAccess {
        private final List<Message> whole;
        private final int count;

        Beginning(List<Message> whole, int count) {
            this.whole = whole instanceof Beginning longer ? longer.whole : whole;
            this.count = Objects.checkIndex(count, whole.size() + 1);
        }

        @Override
        public Message get(int index) {
            return whole.get(Objects.checkIndex(index, count));
        }

        @Override
        public int size() {
            return count;
        }
    }
}
