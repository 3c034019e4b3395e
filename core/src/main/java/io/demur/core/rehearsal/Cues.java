package io.demur.core.rehearsal;

import io.demur.core.Message;
import io.demur.core.Request;
import io.demur.core.Role;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cues: {@code [rehearse: refuse policy, slow 20]} in what a user says. */
final class Cues {

    private static final Pattern CUE =
            Pattern.compile("\\[rehearse:([^\\]\\n]{1,200})\\]", Pattern.CASE_INSENSITIVE);

    private Cues() {}

    /** The cues of a text, in order and plain. */
    static List<String> in(String text) {
        List<String> cues = new ArrayList<>();
        Matcher matcher = CUE.matcher(text);
        while (matcher.find()) {
            cues.addAll(listed(matcher.group(1)));
        }
        return cues;
    }

    /** Those of a list with commas or plus signs. */
    static List<String> listed(String list) {
        List<String> cues = new ArrayList<>();
        for (String cue : list.split("[,+]", -1)) {
            if (!plain(cue).isEmpty()) {
                cues.add(plain(cue));
            }
        }
        return cues;
    }

    /** A text without its cues. */
    static String without(String text) {
        return CUE.matcher(text).replaceAll("").strip();
    }

    /** What the users said, latest first. */
    static List<String> saidLatestFirst(Request request) {
        List<String> said = new ArrayList<>();
        for (Message message : request.messages().reversed()) {
            if (message.role() == Role.USER) {
                said.add(message.text());
            }
        }
        return said;
    }

    static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[\\s_-]+", " ").strip();
    }
}
