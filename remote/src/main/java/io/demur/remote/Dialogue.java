package io.demur.remote;

import io.demur.core.Message;
import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.core.Role;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A conversation as guard models take it: turns of user and assistant that alternate and begin with
 * the user's. Every word of the original is in it. What is neither the user's nor the assistant's
 * (instructions of the system, results of tools) stands on the user's side, where it is judged.
 *
 * @param turns the last one is what a guard speaks about
 */
record Dialogue(List<Message> turns) {

    /**
     * Marks by which chat templates and the guards' own prompts tell data from frame. A server
     * reads them in a message's text as if the template had written them, so that a text could end
     * the conversation it stands in and go on in the judge's name.
     */
    private static final Pattern MARK =
            Pattern.compile(
                    "<\\|[^|<>\\s]{1,40}\\|>"
                            + "|</?s>"
                            + "|\\[/?INST\\]"
                            + "|<</?SYS>>"
                            + "|</?(?:start|end)_of_\\w{1,30}>"
                            + "|<(?:BEGIN|END) [A-Z ]{1,40}>"
                            + "|</?(?:score|think|guardian)>",
                    Pattern.CASE_INSENSITIVE);

    Dialogue {
        turns = List.copyOf(turns);
    }

    /** What was asked, up to and with its last word, as one that a user ends. */
    static Dialogue of(Request request) {
        List<Message> turns = new ArrayList<>();
        for (Message message : request.messages()) {
            add(message.role() == Role.ASSISTANT ? Role.ASSISTANT : Role.USER, message, turns);
        }
        // The beginning of an answer that the caller wrote is part of what is asked.
        if (turns.size() > 1 && turns.getLast().role() == Role.ASSISTANT) {
            Message begun = turns.removeLast();
            add(Role.USER, begun, turns);
        }
        return new Dialogue(turns);
    }

    /** What was asked, and what came back. */
    static Dialogue of(Request request, Response response) {
        List<Message> turns = new ArrayList<>(of(request).turns);
        if (turns.isEmpty()) {
            turns.add(new Message(Role.USER, ""));
        }
        turns.add(new Message(Role.ASSISTANT, disarmed(response.text())));
        return new Dialogue(turns);
    }

    /** Whether it is a response that is asked about. */
    boolean endsWithAnswer() {
        return turns.getLast().role() == Role.ASSISTANT;
    }

    /** What is asked, in one piece, for guards that know one request and one response. */
    String asked() {
        List<Message> before = endsWithAnswer() ? turns.subList(0, turns.size() - 1) : turns;
        if (before.size() == 1) {
            return before.getFirst().text();
        }
        StringBuilder out = new StringBuilder();
        for (Message turn : before) {
            out.append(turn.role() == Role.USER ? "User: " : "Assistant: ");
            out.append(turn.text()).append("\n\n");
        }
        return out.toString().strip();
    }

    /** What came back; the empty string where a request is asked about. */
    String answered() {
        return endsWithAnswer() ? turns.getLast().text() : "";
    }

    /** The same as at most two turns: all that is asked, and what came back. */
    Dialogue asPair() {
        List<Message> two = new ArrayList<>();
        two.add(new Message(Role.USER, asked()));
        if (endsWithAnswer()) {
            two.add(turns.getLast());
        }
        return new Dialogue(two);
    }

    /** A text in which no mark of a template is left; each has a space in it instead. */
    static String disarmed(String text) {
        return MARK.matcher(text)
                .replaceAll(
                        mark ->
                                Matcher.quoteReplacement(
                                        mark.group().charAt(0) + " " + mark.group().substring(1)));
    }

    private static void add(Role role, Message message, List<Message> turns) {
        String text = disarmed(message.text());
        Role side = turns.isEmpty() ? Role.USER : role;
        if (turns.isEmpty() || turns.getLast().role() != side) {
            turns.add(new Message(side, text));
        } else {
            String before = turns.removeLast().text();
            turns.add(new Message(side, before + "\n\n" + text));
        }
    }
}
