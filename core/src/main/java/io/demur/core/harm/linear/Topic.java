package io.demur.core.harm.linear;

import io.demur.core.Message;
import io.demur.core.detect.linear.WordSet;
import io.demur.core.harm.linear.HarmModel.Sight;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What a conversation has asked for, carried from one message to the next. Its size, and the cost
 * of one more message, do not depend on how long the conversation is. Used by one thread.
 *
 * <p>A user message is taken in one of three ways. One that only goes on ("continue", "same for
 * step two", "and the dose?", "just answer", or no word at all) asks for what was asked before. One
 * that refers back (to a word of the topic, or to "it" and "them") is read by itself and together
 * with the topic, and the worse of both counts. Any other opens a new topic, so that what was once
 * asked for is no stain on what follows.
 *
 * <p>A long message is judged in {@linkplain Stretches stretches}, and its worst one and its last
 * one are what stays of it.
 */
public final class Topic {

    /** A system prompt speaks of what may come, not of what is asked. */
    private static final float SYSTEM_DISCOUNT = 1.5f;

    private static final int WORDS_MAX = 256;

    /** Words of a topic above which only the worst of it is read together with what follows. */
    private static final int TOPIC_MAX = 300;

    private static final WordSet FORBIDS =
            WordSet.of(
                    "never not no dont refuse decline avoid cannot cant mustnt prohibited forbidden"
                            + " disallowed without against prevent detect protect");

    private final HarmModel model;

    /** Made with the first message, so that what only carries a topic along is small. */
    private @Nullable Features features;

    private Sight topic = Finding.NOTHING.sight;
    private WordSet words = new WordSet(0);
    private int wordCount;

    private boolean opened = true;
    private Finding topicFinding = Finding.NOTHING;

    /** The worst of the messages of the topic, each by itself. */
    private Finding core = Finding.NOTHING;

    private Finding worst = Finding.NOTHING;
    private Finding system = Finding.NOTHING;
    private Finding now = Finding.NOTHING;

    /** The last user message, read as if nothing stood before it. */
    private Finding alone = Finding.NOTHING;

    private boolean goesOn;

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
    }

    /** Goes on from here by itself: what is added to one of both is no part of the other. */
    Topic copy() {
        Topic copy = new Topic(model);
        // what was seen is never added to, only replaced; the words are
        copy.topic = topic;
        copy.words = words.copy();
        copy.wordCount = wordCount;
        copy.opened = opened;
        copy.topicFinding = topicFinding;
        copy.core = core;
        copy.worst = worst;
        copy.system = system;
        copy.now = now;
        copy.alone = alone;
        copy.goesOn = goesOn;
        return copy;
    }

    /** Takes the next message. What models and tools say asks for nothing. */
    public void add(Message message) {
        switch (message.role()) {
            case SYSTEM -> addSystem(Folding.fold(message.text()));
            case USER -> addUser(Hidden.undisguised(message.text(), model::knows));
            case ASSISTANT, TOOL -> {}
        }
    }

    /** Whether the last user message opened a new topic rather than going on with one. */
    boolean opened() {
        return opened;
    }

    /** The last user message by itself. */
    Finding alone() {
        return alone;
    }

    /** Whether the last user message asks for what was asked before, or for more of it. */
    boolean goesOn() {
        return goesOn;
    }

    /** The worst of what is asked for now. */
    public Finding finding() {
        return now.or(system);
    }

    private void addSystem(String text) {
        Stretches stretches = new Stretches(model, text.length());
        Windows sentences = new Windows(s -> addUnlessForbidden(s, stretches));
        sentences.append(text);
        addUnlessForbidden(sentences.open(), stretches);
        stretches.finish();
        Finding found = stretches.worst();
        if (!found.sight.isEmpty()) {
            system = system.or(new Finding(found.odds - SYSTEM_DISCOUNT, found.sight));
        }
    }

    private Features features() {
        Features made = features == null ? new Features(model::knows) : features;
        features = made;
        return made;
    }

    /** A sentence that says what must not be done asks for nothing. */
    private void addUnlessForbidden(String sentence, Stretches stretches) {
        Features features = features();
        features.read(sentence, 0, sentence.length());
        for (int i = 0; i < features.tokens.count; i++) {
            if (FORBIDS.contains(features.tokens.hashes[i])) {
                return;
            }
        }
        stretches.add(sentence, 0, sentence.length(), features);
    }

    private void addUser(String text) {
        Features features = features();
        Reference reference = new Reference(words);
        Stretches said = Stretches.of(text, model, features, () -> reference.look(features.tokens));
        alone = worstOf(said.worst(), Hidden.in(text, model::knows));
        Finding last = said.isOne() ? alone : said.last();
        goesOn = false;
        if (alone.sight.isEmpty() || (reference.prods() && !topic.isEmpty())) {
            now = alone.or(topicFinding);
            opened = topic.isEmpty();
            goesOn = !opened;
        } else if (topic.isEmpty() || reference.isNone()) {
            open(alone, last);
            opened = true;
            remember(reference);
            now = reference.looksBack ? alone.or(worst) : alone;
        } else {
            goesOn = reference.goesOn();
            join(alone, last, goesOn);
            opened = false;
            remember(reference);
        }
        worst = worst.or(now);
    }

    private void open(Finding alone, Finding last) {
        topic = both(alone.sight, last.sight);
        topicFinding = alone;
        core = alone;
        words = new WordSet(0);
        wordCount = 0;
    }

    private void join(Finding alone, Finding last, boolean further) {
        boolean fits = topic.length() + alone.sight.length() <= TOPIC_MAX;
        Sight joined = both(fits ? topic : core.sight, alone.sight);
        now = alone.or(new Finding(model.harms(joined)[0], joined));
        now = further ? now.or(topicFinding) : now;
        topicFinding = topicFinding.or(now);
        core = core.or(alone);
        topic = last.sight == alone.sight ? joined : both(joined, last.sight);
    }

    private static Sight both(Sight sight, Sight after) {
        Sight both = new Sight();
        both.addAll(sight);
        if (after != sight) {
            both.addAll(after);
        }
        return both;
    }

    private void remember(Reference reference) {
        for (int i = 0; i < reference.kept && wordCount < WORDS_MAX; i++) {
            words.add(reference.stems[i]);
            wordCount++;
        }
    }

    /** The text by itself, or what is hidden in it if that is worse. */
    private Finding worstOf(Finding found, List<String> hidden) {
        Features features = features();
        Finding worse = found;
        for (String text : hidden) {
            String folded = Folding.fold(text);
            worse = worse.or(Stretches.of(folded, model, features, () -> {}).worst());
        }
        return worse;
    }
}
