package io.demur.core.harm.linear;

import io.demur.core.Message;
import io.demur.core.detect.linear.WordSet;
import io.demur.core.harm.linear.HarmModel.Sight;
import io.demur.core.text.Sentences;

import java.util.List;

/**
 * What a conversation has asked for, carried from one message to the next. Its size, and the cost
 * of one more message, do not depend on how long the conversation is. Used by one thread.
 *
 * <p>A user message is taken in one of three ways. One that only goes on ("continue", "same for
 * step two") asks for what was asked before. One that refers back (to a word of the topic, or to
 * "it" and "them") is read by itself and together with the topic, and the worse of both counts. Any
 * other opens a new topic, so that what was once asked for is no stain on what follows.
 */
public final class Topic {

    /** A system prompt speaks of what may come, not of what is asked. */
    private static final float SYSTEM_DISCOUNT = 1.5f;

    private static final int WORDS_MAX = 256;
    private static final int GOES_ON_MAX = 2;

    private static final WordSet REFERS =
            WordSet.of(
                    "it its that this them those these him her they he she above instead then also"
                            + " last first previous earlier original second third part version");
    private static final WordSet GOES_ON =
            WordSet.of(
                    "continue same step steps next more further go finish rest expand elaborate yes"
                            + " sure shorter longer simpler again rewrite rephrase another detail"
                            + " details");
    private static final WordSet LOOKS_BACK =
            WordSet.of("earlier before first previous previously above original again back");

    /** Words that two topics may well have in common. */
    private static final WordSet COMMON =
            WordSet.of(
                    "without being write explain list use using find long new time people person"
                            + " work home day make take best good thank thanks long short step best"
                            + " easy easiest safely start guide instructions example");

    private static final WordSet FORBIDS =
            WordSet.of(
                    "never not no dont refuse decline avoid cannot cant mustnt prohibited forbidden"
                            + " disallowed without against prevent detect protect");

    private final HarmModel model;
    private final Features features;

    private Sight topic = new Sight();
    private WordSet words = new WordSet(WORDS_MAX);
    private int wordCount;

    private Finding topicFinding = Finding.NOTHING;
    private Finding worst = Finding.NOTHING;
    private Finding system = Finding.NOTHING;
    private Finding now = Finding.NOTHING;

    /**
     * What was found of a text.
     *
     * @param odds log-odds of harm before calibration; negative infinity where there are no words
     * @param sight what it was found by
     */
    public record Finding(float odds, Sight sight) {
        static final Finding NOTHING = new Finding(Float.NEGATIVE_INFINITY, new Sight());

        Finding or(Finding other) {
            return other.odds > odds ? other : this;
        }
    }

    /** A conversation in which nothing was said. */
    public Topic(HarmModel model) {
        this.model = model;
        features = new Features(model::knows);
    }

    /** Takes the next message. What models and tools say asks for nothing. */
    public void add(Message message) {
        switch (message.role()) {
            case SYSTEM -> addSystem(Folding.fold(message.text()));
            case USER -> addUser(Hidden.undisguised(message.text(), model::knows));
            case ASSISTANT, TOOL -> {}
        }
    }

    /** The worst of what is asked for now. */
    public Finding finding() {
        return now.or(system);
    }

    private void addSystem(String text) {
        Sight sight = new Sight();
        Windows sentences = new Windows(s -> addUnlessForbidden(s, sight));
        sentences.append(text);
        addUnlessForbidden(sentences.open(), sight);
        if (!sight.isEmpty()) {
            float odds = model.harms(sight)[0] - SYSTEM_DISCOUNT;
            system = system.or(new Finding(odds, sight));
        }
    }

    /** A sentence that says what must not be done asks for nothing. */
    private void addUnlessForbidden(String sentence, Sight sight) {
        features.read(sentence, 0, sentence.length());
        for (int i = 0; i < features.tokens.count; i++) {
            if (FORBIDS.contains(features.tokens.hashes[i])) {
                return;
            }
        }
        model.read(sentence, 0, sentence.length(), features, sight);
    }

    private void addUser(String text) {
        Sight sight = new Sight();
        Reference reference = new Reference();
        Sentences sentences = Sentences.of(text);
        for (int i = 0; i < sentences.count(); i++) {
            model.read(text, sentences.start(i), sentences.end(i), features, sight);
            reference.look();
        }
        Finding alone = worstOf(sight, Hidden.in(text, model::knows));
        if (alone.sight.isEmpty()) {
            now = alone;
            return;
        }
        if (topic.isEmpty() || reference.isNone()) {
            open(alone, reference);
            now = reference.looksBack ? alone.or(worst) : alone;
        } else {
            Sight joined = new Sight();
            joined.addAll(topic);
            joined.addAll(alone.sight);
            topic = joined;
            boolean goesOn = reference.goesOn && reference.content <= GOES_ON_MAX;
            now = alone.or(new Finding(model.harms(joined)[0], joined));
            now = goesOn ? now.or(topicFinding) : now;
            topicFinding = topicFinding.or(now);
            remember(reference);
        }
        worst = worst.or(now);
    }

    private void open(Finding alone, Reference reference) {
        topic = new Sight();
        topic.addAll(alone.sight);
        topicFinding = alone;
        words = new WordSet(WORDS_MAX);
        wordCount = 0;
        remember(reference);
    }

    private void remember(Reference reference) {
        for (int i = 0; i < reference.kept && wordCount < WORDS_MAX; i++) {
            words.add(reference.stems[i]);
            wordCount++;
        }
    }

    /** The text by itself, or what is hidden in it if that is worse. */
    private Finding worstOf(Sight sight, List<String> hidden) {
        Finding worse =
                sight.isEmpty() ? Finding.NOTHING : new Finding(model.harms(sight)[0], sight);
        for (String text : hidden) {
            Sight found = new Sight();
            model.read(Folding.fold(text), features, found);
            if (!found.isEmpty()) {
                worse = worse.or(new Finding(model.harms(found)[0], found));
            }
        }
        return worse;
    }

    /** How a message refers to what was said before. */
    private final class Reference {
        private static final int KEPT_MAX = 64;

        final int[] stems = new int[KEPT_MAX];
        int kept;
        int content;
        boolean refers;
        boolean goesOn;
        boolean looksBack;
        boolean shares;

        /** Looks at the sentence that was just read. */
        void look() {
            Tokens tokens = features.tokens;
            for (int i = 0; i < tokens.count; i++) {
                int word = tokens.hashes[i];
                boolean on = GOES_ON.contains(word);
                goesOn |= on;
                refers |= on || REFERS.contains(word);
                looksBack |= LOOKS_BACK.contains(word);
                if (!Features.FUNCTION.contains(word) && !on && !REFERS.contains(word)) {
                    content++;
                    shares |= !COMMON.contains(word) && words.contains(tokens.stems[i]);
                    if (kept < KEPT_MAX) {
                        stems[kept++] = tokens.stems[i];
                    }
                }
            }
        }

        boolean isNone() {
            return !refers && !shares;
        }
    }
}
