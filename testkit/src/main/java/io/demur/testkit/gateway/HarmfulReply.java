package io.demur.testkit.gateway;

import java.util.List;

/**
 * What an unguarded model might answer, told in general words: it names a harm and instructs in
 * nothing.
 *
 * @param hazard as the policy document writes it, such as {@code violent-crimes}
 * @param severity 1 to 3, minor to grave
 * @param register its manner: prose, list, code, story, json, dialogue, mail, table, summary
 * @param language a code of two letters
 */
public record HarmfulReply(
        String id,
        String hazard,
        int severity,
        String register,
        String language,
        String request,
        String reply) {

    /** All of them. */
    public static List<HarmfulReply> all() {
        return Sheet.read("harmful-1.txt", "harmful-2.txt", "harmful-3.txt", "harmful-4.txt")
                .stream()
                .map(HarmfulReply::of)
                .toList();
    }

    /** One half of them. */
    public static List<HarmfulReply> of(Half half) {
        return all().stream().filter(reply -> Half.of(reply.id()) == half).toList();
    }

    private static HarmfulReply of(Sheet.Entry entry) {
        return new HarmfulReply(
                Half.id(entry.request() + entry.reply()),
                entry.head().get(0),
                Integer.parseInt(entry.head().get(1)),
                entry.head().get(2),
                entry.head().get(3),
                entry.request(),
                entry.reply());
    }
}
