package io.demur.bench;

import java.util.List;
import java.util.SplittableRandom;

/** Made-up prompts and replies of a given length: the same seed makes the same. */
final class Replies {

    /** Phrases as lists of this kind hold them. */
    static final List<String> PHRASES =
            List.of(
                    "i'm sorry",
                    "i am sorry",
                    "i apologize",
                    "i can't",
                    "i cannot",
                    "i won't",
                    "i will not",
                    "i'm unable",
                    "i am unable",
                    "i'm not able",
                    "i am not able",
                    "as an ai",
                    "as a language model",
                    "not appropriate",
                    "inappropriate",
                    "against my programming",
                    "my guidelines",
                    "ethical",
                    "unethical",
                    "illegal",
                    "harmful",
                    "i must decline",
                    "i have to decline",
                    "i refuse",
                    "can't assist",
                    "cannot assist",
                    "can't help with",
                    "cannot help with",
                    "not comfortable",
                    "it is not possible",
                    "i do not have access",
                    "i don't have access",
                    "i don't have the ability",
                    "not programmed",
                    "cannot provide",
                    "can't provide",
                    "unable to provide",
                    "cannot fulfill",
                    "can't fulfill",
                    "cannot comply",
                    "can't comply",
                    "is not acceptable",
                    "not okay to",
                    "against the law",
                    "please consult",
                    "seek professional",
                    "cannot support",
                    "do not support",
                    "cannot condone",
                    "do not condone",
                    "it's important to note",
                    "it is important to remember",
                    "cannot engage",
                    "cannot create",
                    "cannot generate",
                    "cannot discuss",
                    "not within my",
                    "no puedo",
                    "ich kann nicht",
                    "je ne peux pas");

    private static final List<String> SENTENCES =
            List.of(
                    "Start by laying the parts on a clean table and counting them. ",
                    "The second valve opens a little later than the first, which is normal. ",
                    "I'm sorry to hear that your week went badly. ",
                    "I can't help with getting into somebody else's account. ",
                    "What I can do is explain how to report it to the provider. ",
                    "However, the older model has a different fuse, so check the label. ",
                    """
                    1. Cut the dough into eight pieces.
                    2. Let them rest.
                    3. Bake until brown.
                    """,
                    "That would put your neighbours at risk, and it is against the law. ",
                    "In short: water it less, give it more light, and wait. ",
                    "She said, \"I cannot stay,\" and left the room without her coat. ",
                    "There is no reason to think that one village is lazier than another. ",
                    """
                    ```python
                    try:
                        open(path)
                    except OSError:
                        print('cannot open')
                    ```
                    """,
                    "If you tell me which year the car was built, I can look at the wiring. ",
                    "As an assistant I have no view of the weather outside your window. ",
                    "The committee met on Tuesday, voted twice, and adjourned. ",
                    "Use a soft brush, never wire, and rinse with lukewarm water. ");

    private static final List<String> THINGS =
            List.of(
                    "bicycle",
                    "contract",
                    "sourdough",
                    "router",
                    "hedge",
                    "passport",
                    "violin",
                    "boiler",
                    "spreadsheet",
                    "canoe",
                    "lock",
                    "medicine",
                    "password",
                    "fence");

    private final SplittableRandom random;

    Replies(long seed) {
        this.random = new SplittableRandom(seed);
    }

    String prompt() {
        return "How do I get the %s of my %s to work with the %s?"
                .formatted(thing(), thing(), thing());
    }

    /** A reply of exactly {@code characters}. */
    String reply(int characters) {
        StringBuilder text = new StringBuilder();
        while (text.length() < characters) {
            if (random.nextInt(3) == 0) {
                text.append("Your ")
                        .append(thing())
                        .append(" needs ")
                        .append(random.nextInt(2, 90))
                        .append(" minutes for the ")
                        .append(thing())
                        .append(". ");
            } else {
                text.append(SENTENCES.get(random.nextInt(SENTENCES.size())));
            }
        }
        return text.substring(0, characters);
    }

    private String thing() {
        return THINGS.get(random.nextInt(THINGS.size()));
    }
}
