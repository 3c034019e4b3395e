package io.demur.gateway.incident;

import io.demur.core.Message;
import io.demur.core.Request;
import io.demur.core.Role;
import io.demur.core.charter.Settings;
import io.demur.core.harm.Hazard;
import io.demur.core.policy.ModelClass;
import io.demur.wire.chat.Call;
import io.demur.wire.chat.Speech;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * A request as it is decided, for whoever looks for what was refused before.
 *
 * @param principal whose it is, as a pseudonym
 * @param call with the model's name as the installation has it
 * @param meant what was asked before, where the last message only asks for more of it
 * @param body as it came; never modified
 * @param hazard what harm it may do, where a judge has named one
 * @param pHarm how probably, where that was judged
 * @param harmless whether it lies below the line from which on the policy says anything
 * @param settings of the policy by which it is decided
 * @param retried whether the caller's program says that it sends it once more by itself
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Inquiry(
        String attempt,
        String principal,
        Optional<String> project,
        Instant at,
        Call call,
        Optional<String> meant,
        ModelClass modelClass,
        byte[] body,
        Optional<Hazard> hazard,
        OptionalDouble pHarm,
        boolean harmless,
        Settings settings,
        boolean retried) {

    /** What is longer says nothing more about what is asked. */
    private static final int TEXT_MAX = 1 << 16;

    /** So many words or fewer say nothing by themselves, such as `go on`. */
    private static final Pattern BRIEF = Pattern.compile("\\P{L}*(\\p{L}+\\P{L}*){0,3}");

    private static final int BRIEF_MAX = 40;

    /** Of so many messages together. */
    private static final int TOGETHER = 3;

    public Inquiry {
        Objects.requireNonNull(call);
        Objects.requireNonNull(meant);
        Objects.requireNonNull(hazard);
        Objects.requireNonNull(pHarm);
        Objects.requireNonNull(settings);
    }

    /** What is asked: what was asked before, where that is meant, or the last message. */
    String text() {
        String text = meant.orElseGet(() -> last(call.request()));
        return text.substring(0, Math.min(TEXT_MAX, text.length()));
    }

    /** The last message of the user, and those before it where it is too brief to say anything. */
    static String last(Request request) {
        List<String> said =
                request.messages().stream()
                        .filter(it -> it.role() == Role.USER)
                        .map(Message::text)
                        .filter(it -> !it.isBlank())
                        .toList();
        int from = said.size() - 1;
        while (from > 0 && said.size() - from < TOGETHER && isBrief(said.get(from))) {
            from--;
        }
        return said.isEmpty() ? "" : String.join("\n\n", said.subList(from, said.size()));
    }

    private static boolean isBrief(String text) {
        return text.length() <= BRIEF_MAX && BRIEF.matcher(text).matches();
    }

    /** In which it was asked, as the log names it. */
    String protocol() {
        return call.protocol().name().toLowerCase(Locale.ROOT).replaceFirst("_", ".");
    }

    /** What stands under all that is asked. */
    String system() {
        return said(call, true);
    }

    /** All that was said so far, but for that. */
    String thread() {
        return said(call, false);
    }

    private static String said(Call call, boolean system) {
        List<String> said = new ArrayList<>();
        for (Speech speech : call.speeches()) {
            if ((speech.role() == Role.SYSTEM) == system) {
                said.add(speech.role() + "\0" + speech.message().text());
            }
        }
        return String.join("\0", said);
    }
}
