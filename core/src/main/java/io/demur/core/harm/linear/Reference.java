package io.demur.core.harm.linear;

import io.demur.core.detect.linear.Hash;
import io.demur.core.detect.linear.WordSet;

/** How a message refers to what was said before. Used by one thread. */
final class Reference {

    private static final int KEPT_MAX = 64;

    /** Words of its own that a message may have and yet only go on. */
    private static final int GOES_ON_MAX = 2;

    /** Words of "can you?" and "will you?", which more words make a question of their own. */
    private static final int NUDGE_MAX = 2;

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

    /** Words that, with no other of their own, insist on what was asked. */
    private static final WordSet PRODS =
            WordSet.of(
                    "answer answers answering reply respond response question questions request"
                            + " requests try trying harder hard come anyway ignore disregard forget"
                            + " rule rules guideline guidelines policy policies restrictions filter"
                            + " filters refuse refused refusing stop comply obey proceed provide"
                            + " carry right straight immediately already honest honestly honesty"
                            + " directly fully full complete completely still care trust waiting"
                            + " wait mean meant say said no not never did be serious seriously"
                            + " excuses hypothetically hypothetical fiction fictional purely only");

    /** What a message starts with that adds to the one before. */
    private static final WordSet CONNECTS = WordSet.of("and but then so or plus");

    private static final WordSet GREETS =
            WordSet.of("hi hello hey thanks thank thx bye goodbye welcome cheers bravo");

    private static final int YOU = Hash.word("you");

    final int[] stems = new int[KEPT_MAX];
    int kept;
    boolean looksBack;

    private final WordSet topic;
    private int words;
    private int content;
    private boolean refers;
    private boolean on;
    private boolean prods;
    private boolean connects;
    private boolean greets;
    private boolean you;
    private boolean shares;

    /**
     * Nothing was looked at.
     *
     * @param topic stems of the words of the topic
     */
    Reference(WordSet topic) {
        this.topic = topic;
    }

    /** Looks at the next sentence. */
    void look(Tokens tokens) {
        for (int i = 0; i < tokens.count; i++) {
            int word = tokens.hashes[i];
            boolean goesOn = GOES_ON.contains(word);
            boolean prod = PRODS.contains(word);
            connects |= words == 0 && i == 0 && CONNECTS.contains(word);
            on |= goesOn;
            prods |= prod;
            greets |= GREETS.contains(word);
            you |= word == YOU;
            refers |= goesOn || REFERS.contains(word);
            looksBack |= LOOKS_BACK.contains(word);
            if (!Features.FUNCTION.contains(word) && !goesOn && !REFERS.contains(word)) {
                content += prod ? 0 : 1;
                shares |= !COMMON.contains(word) && topic.contains(tokens.stems[i]);
                if (kept < KEPT_MAX) {
                    stems[kept++] = tokens.stems[i];
                }
            }
        }
        words += tokens.count - tokens.marks;
    }

    /** Whether it says nothing but that an answer is wanted: "Try harder.", "Well?". */
    boolean prods() {
        return content == 0 && !refers && (prods || isNudge());
    }

    private boolean isNudge() {
        return !greets && !(you && words > NUDGE_MAX);
    }

    /** Whether it asks for what was asked before, or for more of it. */
    boolean goesOn() {
        return content <= GOES_ON_MAX && (on || (connects && !greets));
    }

    /** Whether it has nothing to do with what was said before. */
    boolean isNone() {
        return !refers && !shares && !goesOn();
    }
}
