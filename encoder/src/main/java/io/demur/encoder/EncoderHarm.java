package io.demur.encoder;

import io.demur.core.JudgeId;
import io.demur.core.Message;
import io.demur.core.Request;
import io.demur.core.Role;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Assessment.Unjudged.Reason;
import io.demur.core.harm.Consequence;
import io.demur.core.harm.HarmPredictor;
import io.demur.core.harm.Hazard;
import io.demur.core.text.Language;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * Judges the harm of requests with the encoder: the last user message by itself, the last few user
 * messages together, and whatever these hide in another writing. The worst of them counts.
 *
 * <p>What is not English is unjudged, so that an earlier judge's word stands; and so is a request
 * of which not all can be read (more than about 12,000 characters), unless what was read is harmful
 * enough by itself. Safe for use by several threads.
 */
public final class EncoderHarm implements HarmPredictor {

    private static final int TURNS = 4;
    private static final double HARMFUL = 0.5;

    private final Encoder encoder;
    private final Function<String, List<String>> hidden;

    /** A judge that takes texts as they are written. */
    public EncoderHarm(Encoder encoder) {
        this(encoder, text -> List.of());
    }

    /**
     * A judge that also reads what texts hide.
     *
     * @param hidden further readings of a text: with look-alike letters undone, decoded from
     *     base64, and so on; none for most texts. They can only raise what is said
     */
    public EncoderHarm(Encoder encoder, Function<String, List<String>> hidden) {
        this.encoder = Objects.requireNonNull(encoder);
        this.hidden = Objects.requireNonNull(hidden);
    }

    @Override
    public JudgeId id() {
        return encoder.id();
    }

    @Override
    public Assessment assess(Request request) {
        Set<String> written = written(request);
        if (written.isEmpty()) {
            return new Assessment.Judged(0, Map.of(), Consequence.NONE, id());
        }
        Set<String> english = new LinkedHashSet<>();
        boolean all = true;
        for (String text : written) {
            List<String> readings = new ArrayList<>(List.of(text));
            readings.addAll(hidden.apply(text));
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

    /** The last user message, and the last few as one text; none without words. */
    static Set<String> written(Request request) {
        List<String> turns =
                request.messages().stream()
                        .filter(message -> message.role() == Role.USER)
                        .map(Message::text)
                        .filter(text -> !text.isBlank())
                        .toList();
        Set<String> texts = new LinkedHashSet<>();
        if (!turns.isEmpty()) {
            texts.add(turns.getLast());
            texts.add(
                    String.join(
                            "\n", turns.subList(Math.max(0, turns.size() - TURNS), turns.size())));
        }
        return texts;
    }

    private Assessment.Judged worst(List<Ids> rows) {
        Scores worst = encoder.scores(rows.get(0));
        for (Ids row : rows.subList(1, rows.size())) {
            Scores scores = encoder.scores(row);
            worst = scores.p("harm") > worst.p("harm") ? scores : worst;
        }
        Map<Hazard, Double> hazards = new EnumMap<>(Hazard.class);
        List<String> labels = encoder.card().head("hazards").labels();
        for (int i = 0; i < labels.size(); i++) {
            hazards.put(Hazard.valueOf(labels.get(i)), worst.p("hazards", i));
        }
        return new Assessment.Judged(worst.p("harm"), hazards, Composition.of(worst), id());
    }
}
