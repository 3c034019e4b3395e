package io.demur.encoder;

import io.demur.core.JudgeId;
import io.demur.core.Message;
import io.demur.core.Request;
import io.demur.core.Role;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Assessment.Unjudged.Reason;
import io.demur.core.harm.Bearer;
import io.demur.core.harm.HarmPredictor;
import io.demur.core.harm.Hazard;
import io.demur.core.harm.Outlook;
import io.demur.core.harm.Severity;
import io.demur.core.harm.linear.Gist;
import io.demur.core.harm.linear.Hidden;
import io.demur.core.harm.linear.LinearHarm;
import io.demur.core.harm.linear.Shipped;
import io.demur.core.text.Language;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Judges the harm of requests with the encoder: the last user message by itself, the last few and
 * the worst of its topic together, each with its disguise undone, and whatever is encoded in it.
 * The worst of them counts.
 *
 * <p>What has no words or is not English is unjudged, so that an earlier judge's word stands; and
 * so is a request of which not all can be read (more than about 12,000 characters), unless what was
 * read is harmful enough by itself. Safe for use by several threads.
 */
public final class EncoderHarm implements HarmPredictor {

    private static final String HARM = "harm";
    private static final double HARMFUL = 0.5;

    private final Encoder encoder;

    public EncoderHarm(Encoder encoder) {
        this.encoder = Objects.requireNonNull(encoder);
    }

    @Override
    public JudgeId id() {
        return encoder.id();
    }

    @Override
    public Assessment assess(Request request) {
        Set<String> written = written(request);
        if (written.isEmpty()) {
            return new Assessment.Unjudged(Reason.INVALID, "no words");
        }
        Set<String> english = new LinkedHashSet<>();
        boolean all = true;
        for (String text : written) {
            List<String> readings = readings(text);
            readings.removeIf(reading -> Language.of(reading) == Language.OTHER);
            all &= !readings.isEmpty();
            english.addAll(readings);
        }
        if (english.isEmpty()) {
            return new Assessment.Unjudged(Reason.INVALID, "not English");
        }
        try {
            Requests requests = Requests.of(encoder, english);
            Assessment.Judged worst = worst(requests.rows());
            if (worst.pHarm() >= HARMFUL || (all && requests.whole())) {
                return worst;
            }
            return new Assessment.Unjudged(
                    Reason.INVALID, all ? "too long to be read whole" : "not all in English");
        } catch (IllegalStateException e) {
            return new Assessment.Unjudged(Reason.DOWN, String.valueOf(e.getMessage()));
        }
    }

    /**
     * What is read of a conversation: the last user message, and the last few of its topic with the
     * worst of it as one text; none without words. What was asked for before a new topic is no
     * stain on it.
     */
    static Set<String> written(Request request) {
        LinearHarm.Conversation conversation = LinearHarm.shipped().conversation();
        List<Message> messages = request.messages();
        Gist gist = Gist.NOTHING;
        for (int at = 0; at < messages.size(); at++) {
            Message message = messages.get(at);
            conversation.add(message);
            if (message.role() == Role.USER) {
                gist = conversation.opened() ? Gist.NOTHING : gist;
                gist = message.text().isBlank() ? gist : gist.with(at, conversation.alone());
            }
        }
        return gist.shown(at -> messages.get(at).text(), conversation.goesOn());
    }

    /**
     * A text with its disguise undone, and what is encoded in it. The disguised letters themselves
     * are not read: the encoder knows no such words, and would guess.
     */
    static List<String> readings(String text) {
        String plain = Hidden.undisguised(text, Shipped.harm().model()::knows);
        Set<String> readings = new LinkedHashSet<>(List.of(plain));
        readings.addAll(Hidden.in(plain, Shipped.harm().model()::knows));
        return new ArrayList<>(readings);
    }

    private Assessment.Judged worst(List<Ids> rows) {
        Scores worst = encoder.scores(rows.get(0));
        for (Ids row : rows.subList(1, rows.size())) {
            Scores scores = encoder.scores(row);
            worst = scores.p(HARM) > worst.p(HARM) ? scores : worst;
        }
        Outlook outlook = outlook(worst);
        return new Assessment.Judged(
                outlook.pHarm(), outlook.hazards(), outlook.consequence(), id());
    }

    private static Outlook outlook(Scores scores) {
        double pHarm = scores.p(HARM);
        Map<Hazard, Double> hazards = scores.shares("hazards", Hazard::valueOf);
        hazards.replaceAll((hazard, share) -> share * pHarm);
        return new Outlook(
                pHarm,
                hazards,
                scores.shares("severity", Severity::valueOf),
                scores.shares("bearers", label -> Bearer.valueOf(label.toUpperCase(Locale.ROOT))),
                scores.p("externalised"),
                scores.p("reversible"));
    }
}
