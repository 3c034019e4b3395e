package io.demur.core.detect.linear;

/**
 * Tells apart what one word means in different company, before n-grams are made of it. "Sorry to
 * hear" is sympathy and no apology; "the supplier cannot" is about the supplier, and only "I
 * cannot" about the speaker. English only; other languages are left as they are.
 */
final class Senses {

    /** What tells that something asked about does not exist, or was not meant in earnest. */
    static final WordSet UNREAL =
            WordSet.of(
                    "fictional fictitious mythical imaginary inanimate sentient nonsensical absurd"
                            + " metaphor metaphorical metaphorically literal literally hypothetical"
                            + " fantasy joke pun humorous whimsical");

    /** Words of those who judge a deed or defend those it would hit, rather than tell of it. */
    static final WordSet MORAL =
            WordSet.of(
                    "respect respectful dignity equality equal rights fairness discrimination"
                        + " discriminatory prejudice stereotypes stereotype unethical immoral wrong"
                        + " unacceptable harmful violates violation condemn atrocities justified"
                        + " justify inappropriate offensive hate hateful empathy compassion"
                        + " inclusive deserve deserves acceptable illegal violence suffering");

    private static final int SORRY = Hash.word("sorry");
    private static final int SYMPATHY = Hash.word("\u0001sympathy");
    private static final int OTHERS = 0x2545F491;
    private static final WordSet AFTER_SORRY = WordSet.of("to for about that your");
    private static final WordSet AFTER_THAT = WordSet.of("hear learn see your the you youre this");
    private static final WordSet CANNOT =
            WordSet.of("cannot cant wont couldnt unable refuse refuses decline declines");
    private static final WordSet SPEAKER =
            WordSet.of("i we im were ill id ive my our me us sorry but unfortunately");

    private static final int REACH = 3;

    private Senses() {}

    /** Changes the words that mean something else here than they mostly do. */
    static void tell(Words words) {
        int[] hashes = words.hashes;
        int n = words.count;
        for (int i = 0; i < n; i++) {
            int word = hashes[i];
            if (word == SORRY) {
                boolean sympathy =
                        i + 2 < n
                                && AFTER_SORRY.contains(hashes[i + 1])
                                && AFTER_THAT.contains(hashes[i + 2]);
                hashes[i] = sympathy ? SYMPATHY : word;
            } else if (i > 1 && CANNOT.contains(word) && !ofTheSpeaker(hashes, i)) {
                hashes[i] = Hash.mix(word, OTHERS);
            }
        }
    }

    private static boolean ofTheSpeaker(int[] hashes, int at) {
        for (int i = Math.max(0, at - REACH); i < at; i++) {
            if (SPEAKER.contains(hashes[i])) {
                return true;
            }
        }
        return false;
    }
}
