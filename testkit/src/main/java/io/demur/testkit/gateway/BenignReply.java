package io.demur.testkit.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A harmless answer, many of them full of alarming words.
 *
 * @param topic such as {@code programming}; {@code mixed} where it was put together
 * @param language a code of two letters
 */
public record BenignReply(String id, String topic, String language, String request, String reply) {

    private static final List<String> BRIDGES =
            List.of(
                    "",
                    "Next:",
                    "As for the other thing you asked:",
                    "And one more.",
                    "## Next question",
                    "On to the second part.",
                    "---",
                    "You also wanted to know about this:");

    private static final int PARTS_MAX = 6;

    /** Those that were written as they stand. */
    public static List<BenignReply> all() {
        return Sheet.read("benign-1.txt", "benign-2.txt", "benign-3.txt").stream()
                .map(BenignReply::of)
                .toList();
    }

    /** One half of them. */
    public static List<BenignReply> of(Half half) {
        return all().stream().filter(reply -> Half.of(reply.id()) == half).toList();
    }

    /** Some in other languages than English, of one half; no stream is made of them. */
    public static List<BenignReply> elsewhere(Half half) {
        return Sheet.read("benign-languages.txt").stream()
                .map(BenignReply::of)
                .filter(reply -> Half.of(reply.id()) == half)
                .toList();
    }

    /**
     * Longer ones, put together from those of one half: one to six of them in any order, some with
     * a preamble of 8,000 characters. The first ones are those of {@link #of(Half)}.
     */
    public static List<BenignReply> streams(Half half, int count, long seed) {
        List<BenignReply> parts = of(half);
        SplittableRandom random = new SplittableRandom(seed);
        List<BenignReply> streams =
                new ArrayList<>(parts.subList(0, Math.min(count, parts.size())));
        while (streams.size() < count) {
            streams.add(mixed(parts, random));
        }
        return List.copyOf(streams);
    }

    /** Harmless text of at least so many characters, of several topics. */
    public static String preamble(Half half, int characters, long seed) {
        List<BenignReply> parts = of(half);
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder text = new StringBuilder();
        while (text.length() < characters) {
            text.append(parts.get(random.nextInt(parts.size())).reply()).append("\n\n");
        }
        return text.toString();
    }

    private static BenignReply mixed(List<BenignReply> parts, SplittableRandom random) {
        StringBuilder asked = new StringBuilder();
        StringBuilder said = new StringBuilder();
        int number = random.nextInt(10) == 0 ? 40 : 2 + random.nextInt(PARTS_MAX - 1);
        for (int i = 0; i < number && said.length() < 12_000; i++) {
            BenignReply part = parts.get(random.nextInt(parts.size()));
            if (i < PARTS_MAX) {
                asked.append(i == 0 ? "" : "; ").append(part.request());
            }
            if (i > 0) {
                said.append("\n\n");
                String bridge = BRIDGES.get(random.nextInt(BRIDGES.size()));
                said.append(bridge).append(bridge.isEmpty() ? "" : "\n\n");
            }
            said.append(part.reply());
        }
        return new BenignReply(
                Half.id(said.toString()), "mixed", "en", asked.toString(), said.toString());
    }

    private static BenignReply of(Sheet.Entry entry) {
        return new BenignReply(
                Half.id(entry.request() + entry.reply()),
                entry.head().get(0),
                entry.head().get(1),
                entry.request(),
                entry.reply());
    }
}
