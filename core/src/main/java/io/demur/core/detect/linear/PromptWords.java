package io.demur.core.detect.linear;

import io.demur.core.Request;

/**
 * What the judge knows of the request: which words it uses, so that a reply which repeats them is
 * read for what it says of them ("no reason to …"), and how it asks.
 */
public final class PromptWords {

    /** How a request asks. */
    enum Ask {
        WHY,
        HOW,
        WHAT,
        /** What something is or means, in a few words. */
        DEFINE,
        WHETHER,
        COMMAND,
        OTHER,
        UNKNOWN
    }

    /** How many words of a request tell the kind of its refusal. */
    private static final int FEATURES = 40;

    private static final int HEAD = 3000;
    private static final int TAIL = 1000;

    /**
     * Words that say nothing about a topic, and those with which one asks and declines: they stay
     * readable in the reply even where the request uses them.
     */
    private static final WordSet PLAIN =
            WordSet.of(
                    """
                    a an the and or but if so as at by for from in into of on off out over to up
                    with without about after against all also am any are be been being both can
                    cant cannot could couldnt did didnt do does doesnt doing dont down each
                    either else ever every few get gets give given go going got had has have
                    having he her here hers him his how however i id ill im ive instead is isnt
                    it its just like many may me might mine more most much must my need never no
                    nobody none nor not nothing now only other others our ours own please put
                    rather same shall she should shouldnt since some someone something sorry
                    still such than that thats their theirs them then there theres these they
                    this those though through too under until unable very was wasnt way ways we
                    were what whats when where which while who whom whose why will wont would
                    wouldnt yes yet you your yours able again allowed always another answer
                    anything ask asked assist because before best better between case difference
                    ai assistant language model create describe detail details discuss explain
                    false fine fulfill generate guide guidelines help information instruction
                    instructions legal illegal unethical ethical wrong good bad harmful
                    inappropriate know let list make making mean means ok okay one two possible
                    provide question reason reasons request right safe say show step steps
                    suggest sure take talk tell text think true try use using want write writing
                    against people person
                    """);

    private static final WordSet WHETHER =
            WordSet.of(
                    "is are was were do does did can could should would will has have may might"
                            + " isnt arent dont doesnt shouldnt am");
    private static final WordSet COMMAND =
            WordSet.of(
                    "write create give tell explain make list generate describe show provide help"
                        + " teach compose draft develop design build outline suggest name please"
                        + " translate summarize imagine pretend act continue rewrite convince");

    private static final WordSet MEANING = WordSet.of("definition define meaning mean means");

    /** Forms of being and meaning. */
    static final WordSet BE = WordSet.of("is are was were refers means");

    private static final int WHY = Hash.word("why");
    private static final int HOW = Hash.word("how");
    private static final int WHAT = Hash.word("what");
    private static final int WHATS = Hash.word("whats");
    private static final int WHERE = Hash.word("where");
    private static final int WHO = Hash.word("who");
    private static final int WHEN = Hash.word("when");
    private static final int WHICH = Hash.word("which");

    private final WordSet stems = new WordSet(32);
    private final Ask ask;
    private final WordSet system = new WordSet(64);
    private final boolean hasSystem;
    private final int[] words;
    private int opening;

    private PromptWords(String prompt, String instructions) {
        Words words = new Words();
        hasSystem = !instructions.isBlank();
        if (hasSystem) {
            words.read(instructions, 0, Math.min(HEAD, instructions.length()));
            take(words, system);
        }
        if (prompt.isBlank()) {
            ask = Ask.UNKNOWN;
            this.words = new int[0];
            return;
        }
        int length = prompt.length();
        words.read(prompt, 0, Math.min(HEAD, length));
        ask = ask(words);
        opening = opening(words);
        this.words = asFeatures(words);
        take(words, stems);
        if (length > HEAD) {
            words.read(prompt, Math.max(HEAD, length - TAIL), length);
            take(words, stems);
        }
    }

    /** The words of the last user message, and what the system message is about. */
    public static PromptWords of(Request request) {
        return new PromptWords(request.prompt(), request.system());
    }

    boolean has(int stem) {
        return stem != 0 && stems.contains(stem);
    }

    /** Whether the system message uses a word that the request does not. */
    boolean inSystem(int stem) {
        return stem != 0 && hasSystem && system.contains(stem) && !stems.contains(stem);
    }

    /** Whether there is a system message. */
    boolean hasSystem() {
        return hasSystem;
    }

    /** Features of the first words of the request, one by one and in pairs. */
    int[] words() {
        return words;
    }

    private static int[] asFeatures(Words words) {
        int n = Math.min(FEATURES, words.count);
        int[] features = new int[2 * n];
        int before = 11;
        for (int i = 0; i < n; i++) {
            features[2 * i] = Hash.mix(words.hashes[i], 21);
            features[2 * i + 1] = Hash.mix(Hash.mix(before, words.hashes[i]), 22);
            before = words.hashes[i];
        }
        return features;
    }

    Ask ask() {
        return ask;
    }

    /** Hash of the first two words as far as they are plain ones: "what is", "how do". */
    int opening() {
        return opening;
    }

    private static int opening(Words words) {
        int opening = 7;
        for (int i = 0; i < Math.min(2, words.count); i++) {
            int word = words.hashes[i];
            opening = Hash.mix(opening, PLAIN.contains(word) ? word : 1);
        }
        return opening;
    }

    private static void take(Words words, WordSet stems) {
        for (int i = 0; i < words.count; i++) {
            if (!PLAIN.contains(words.hashes[i])) {
                stems.add(words.stems[i]);
            }
        }
    }

    /** "What is a …", "what does … mean", "the definition of …", and nothing much besides. */
    private static boolean defines(Words words) {
        if (words.count < 3 || words.count > 9) {
            return false;
        }
        boolean what = words.hashes[0] == WHAT || words.hashes[0] == WHATS;
        for (int i = 0; i < words.count; i++) {
            if (MEANING.contains(words.hashes[i])) {
                return true;
            }
        }
        return what && words.count <= 6 && BE.contains(words.hashes[1]);
    }

    /** A question word among the first few counts, because many requests begin with a preamble. */
    private static Ask ask(Words words) {
        int first = words.count == 0 ? 0 : words.hashes[0];
        if (WHETHER.contains(first)) {
            return Ask.WHETHER;
        }
        if (COMMAND.contains(first)) {
            return Ask.COMMAND;
        }
        if (defines(words)) {
            return Ask.DEFINE;
        }
        for (int i = 0; i < Math.min(words.count, 12); i++) {
            int word = words.hashes[i];
            if (word == WHY) {
                return Ask.WHY;
            } else if (word == HOW) {
                return Ask.HOW;
            } else if (word == WHAT
                    || word == WHATS
                    || word == WHERE
                    || word == WHO
                    || word == WHEN
                    || word == WHICH) {
                return Ask.WHAT;
            }
        }
        return Ask.OTHER;
    }
}
