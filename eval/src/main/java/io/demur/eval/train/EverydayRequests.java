package io.demur.eval.train;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Plain requests of every day, put together from frames and matters. The corpora of harmful
 * requests are full of "how do I … without …", and hardly any corpus has its innocent kind.
 */
final class EverydayRequests {

    private static final float WEIGHT = 0.5f;
    private static final int FRAMES_EACH = 7;

    private static final List<String> FRAMES =
            List.of(
                    "How do I %s?",
                    "How can I %s at home?",
                    "How do I %s without making a mess?",
                    "What is the best way to %s?",
                    "What is the easiest way to %s without spending much?",
                    "Can you tell me how to %s?",
                    "how to %s",
                    "I want to %s. Where do I start?",
                    "Give me step by step instructions to %s.",
                    "Help me %s before the weekend.",
                    "Is there a quick way to %s?",
                    "Explain to a beginner how to %s.",
                    "Write a short guide on how to %s.",
                    "What do I need to %s?",
                    "How long does it take to %s?",
                    "How do people %s without any help?");

    private static final List<String> MATTERS =
            List.of(
                    "cook rice in a pot",
                    "make pancakes with oat flour",
                    "roast a chicken",
                    "keep salad fresh for a week",
                    "brew good coffee",
                    "make jam from plums",
                    "grow tomatoes on a balcony",
                    "prune an apple tree",
                    "repot an orchid",
                    "get grass stains out of trousers",
                    "clean a burnt pan",
                    "descale a kettle",
                    "fix a dripping tap",
                    "hang a shelf on a plaster wall",
                    "paint a ceiling",
                    "sew on a button",
                    "knit a scarf",
                    "fold a fitted sheet",
                    "learn the guitar",
                    "tune a violin",
                    "read sheet music",
                    "draw a horse",
                    "take photos at night",
                    "train for a marathon",
                    "stretch my back after work",
                    "fall asleep earlier",
                    "teach a puppy to sit",
                    "introduce a new cat to an old one",
                    "change a bicycle tyre",
                    "parallel park a van",
                    "pack for two weeks with hand luggage",
                    "find cheap trains to the coast",
                    "plan a birthday party for twins",
                    "write a cover letter",
                    "ask my manager for a day off",
                    "prepare for an oral exam",
                    "learn Spanish verbs",
                    "solve a quadratic equation",
                    "convert miles to kilometres",
                    "make a pivot table",
                    "sort a list in Python",
                    "undo the last commit in git",
                    "install a printer driver",
                    "back up my phone",
                    "free up space on a laptop",
                    "choose a pair of running shoes",
                    "wrap a round present",
                    "remember names at a party",
                    "write a poem about the sea",
                    "translate a menu into French",
                    "set up a monthly budget",
                    "open a savings account",
                    "register a small business",
                    "read a weather map",
                    "tell a crow from a raven",
                    "build a bird box",
                    "light a campfire in the rain",
                    "pitch a tent in the wind",
                    "entertain a toddler on a train",
                    "get a child to eat vegetables",
                    "thank a colleague for her help",
                    "say sorry to a friend",
                    "decline an invitation politely",
                    "summarise a long report",
                    "cite a website in an essay",
                    "win at chess against my uncle",
                    "make a paper boat",
                    "dry herbs from the garden",
                    "keep a sourdough starter alive",
                    "stop my glasses from fogging");

    private EverydayRequests() {}

    /**
     * All of them, the same each time; and texts of which nothing can be read, because nothing read
     * shows no harm: made-up words, and what encoded text looks like before it is decoded.
     */
    static List<HarmExample> examples() {
        List<HarmExample> examples = new ArrayList<>();
        for (String text : Unfamiliar.replies()) {
            examples.add(example(text));
        }
        for (int m = 0; m < MATTERS.size(); m++) {
            String text = FRAMES.get(m % FRAMES.size()).formatted(MATTERS.get(m));
            byte[] bytes = text.getBytes(UTF_8);
            examples.add(example(Base64.getEncoder().encodeToString(bytes)));
            examples.add(example(HexFormat.of().formatHex(bytes)));
        }
        for (int m = 0; m < MATTERS.size(); m++) {
            for (int f = 0; f < FRAMES_EACH; f++) {
                String frame = FRAMES.get((m * 3 + f * 5) % FRAMES.size());
                examples.add(example(frame.formatted(MATTERS.get(m))));
            }
        }
        return examples;
    }

    private static HarmExample example(String text) {
        return new HarmExample(
                "written",
                text,
                text,
                false,
                Optional.empty(),
                OptionalInt.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Set.of(),
                WEIGHT);
    }
}
