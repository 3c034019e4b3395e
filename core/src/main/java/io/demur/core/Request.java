package io.demur.core;

import java.util.List;

/**
 * What a model was asked: the conversation up to the answer.
 *
 * @param messages oldest first; empty where a file holds answers without what was asked
 */
public record Request(List<Message> messages) {

    /** A request about which nothing is known. */
    public static final Request UNKNOWN = new Request(List.of());

    public Request {
        messages = List.copyOf(messages);
    }

    /** A conversation of one user message. */
    public static Request of(String prompt) {
        return new Request(List.of(new Message(Role.USER, prompt)));
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

    /** The first system message, or the empty string where there is none. */
    public String system() {
        for (Message message : messages) {
            if (message.role() == Role.SYSTEM) {
                return message.text();
            }
        }
        return "";
    }
}
