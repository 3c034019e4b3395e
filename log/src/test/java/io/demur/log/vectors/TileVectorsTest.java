package io.demur.log.vectors;

import io.demur.log.NaiveLog;
import io.demur.log.TestKeys;
import io.demur.log.TrustPolicy;
import io.demur.log.note.Cosignature;
import io.demur.log.tile.EntryBundle;
import io.demur.log.tile.TilePath;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Names of tiles, bundles of entries, and trust policies. */
class TileVectorsTest {

    @Test
    void names() {
        Vectors v =
                new Vectors(
                        "tile-names.json",
                        "names of tiles and bundles under a log's prefix (C2SP tlog-tiles)",
                        bytes -> TilePath.parse(new String(bytes, StandardCharsets.UTF_8)));
        for (String name :
                new String[] {
                    "tile/0/000",
                    "tile/63/000",
                    "tile/0/999",
                    "tile/0/x001/000",
                    "tile/0/x001/x234/067",
                    "tile/0/x001/x234/067.p/1",
                    "tile/0/000.p/255",
                    "tile/entries/000",
                    "tile/entries/x123/456.p/17"
                }) {
            v.accepts(name, name);
        }
        reject(v, "no level", "tile/000", "tile//000", "tile");
        reject(v, "levels are 0 to 63", "tile/64/000", "tile/-1/000", "tile/256/000");
        reject(v, "one form only", "tile/00/000", "tile/01/000", "tile/+1/000", "tile/0/x000/001");
        reject(v, "three digits", "tile/0/0", "tile/0/00", "tile/0/0000", "tile/0/1234", "tile/0/");
        reject(
                v,
                "all groups but the last begin with x",
                "tile/0/001/234",
                "tile/0/x001",
                "tile/0/x001/x234");
        reject(
                v,
                "widths are 1 to 255",
                "tile/0/000.p/0",
                "tile/0/000.p/256",
                "tile/0/000.p/-1",
                "tile/0/000.p/001",
                "tile/0/000.p/",
                "tile/0/000.p");
        reject(v, "digits are ASCII", "tile/0/\u0660\u0660\u0660", "tile/\u0661/000", "tile/0/00a");
        reject(
                v,
                "nothing around it",
                "/tile/0/000",
                "tile/0/000/",
                "tile/0/000?x",
                "tile/0/000 ",
                "tile/0/000\n",
                "Tile/0/000",
                "tile/Entries/000",
                "tile/data/000");
        reject(
                v,
                "no way out",
                "tile/0/../0/000",
                "tile/../journal/000",
                "tile/0/..",
                "tile/0/x../000",
                "tile\\0\\000",
                "tile/0/%30%30%30",
                "tile/0/./000");
        reject(v, "an index below 2^63", "tile/0/x999/x999/x999/x999/x999/x999/999");
        v.check();
    }

    @Test
    void bundles() {
        byte[] good =
                NaiveLog.of(NaiveLog.entries(3), TestKeys.of("example.com/log", 1))
                        .read("tile/entries/000.p/3")
                        .orElseThrow();
        Vectors v =
                new Vectors(
                        "bundles.json",
                        "entry bundles (C2SP tlog-tiles) of width 3",
                        bytes -> EntryBundle.parse(bytes, 3));
        v.accepts("three entries", good);
        v.accepts("three empty entries", new byte[6]);
        v.rejects("empty", "no entries", new byte[0]);
        v.rejects("two empty entries", "one is missing", new byte[4]);
        v.rejects("four empty entries", "one too many", new byte[8]);
        v.rejects("a byte behind", "belongs to no entry", Arrays.copyOf(good, good.length + 1));
        v.rejects(
                "the last byte missing",
                "an entry is cut off",
                Arrays.copyOf(good, good.length - 1));
        v.rejects("half a length", "a length is cut off", Arrays.copyOf(good, 10));
        byte[] little = good.clone();
        little[0] = good[1];
        little[1] = good[0];
        v.rejects("lengths with the low byte first", "an entry is cut off", little);
        byte[] longer = good.clone();
        longer[1]++;
        v.rejects("a length one too long", "the next length is wrong", longer);
        v.check();
    }

    @Test
    void policies() {
        String log = TestKeys.of("example.com/log", 1).verifier().toString();
        String other = TestKeys.of("example.com/other", 2).verifier().toString();
        String w1 = Cosignature.verifier(TestKeys.of("w1.example", 3)).toString();
        String w2 = Cosignature.verifier(TestKeys.of("w2.example", 4)).toString();
        String renamed = Cosignature.verifier(TestKeys.of("w3.example", 4)).toString();
        String two = "witness a " + w1 + "\nwitness b " + w2 + "\n";
        Vectors v =
                new Vectors(
                        "policies.json", "trust policies (C2SP tlog-policy)", TrustPolicy::parse);
        v.accepts("no witnesses", "log " + log + "\nquorum none\n");
        v.accepts("no log", "quorum none\n");
        v.accepts("one witness", "log " + log + "\nwitness a " + w1 + "\nquorum a\n");
        v.accepts(
                "URLs",
                "log "
                        + log
                        + " https://log.example/\nwitness a "
                        + w1
                        + " https://w.example/\nquorum a\n");
        v.accepts(
                "tabs, blanks, comments, empty lines",
                "# about\n\n \t# more\n\tlog\t" + log + " \n  quorum \t none  \n");
        v.accepts("any", two + "group g any a b\nquorum g\n");
        v.accepts("all", two + "group g all a b\nquorum g\n");
        v.accepts("a number", two + "group g 2 a b\nquorum g\n");
        v.accepts("groups in groups", two + "group g any a\ngroup h all g b\nquorum h\n");
        v.accepts("a group that is in no quorum", two + "group g any a\nquorum b\n");
        v.accepts("a witness called log", "witness log " + w1 + "\nquorum log\n");
        v.accepts(
                "names outside ASCII",
                "witness K "
                        + w1
                        + "\nwitness \u212A "
                        + w2
                        + "\ngroup \u00FC any K \u212A\nquorum \u00FC\n");
        v.rejects("empty", "no quorum", "");
        v.rejects("no quorum", "no quorum", "log " + log + "\n");
        v.rejects("two quorums", "exactly one", "quorum none\nquorum none\n");
        v.rejects("no newline at the end", "cut off", "quorum none");
        v.rejects("carriage returns", "a control character", "quorum none\r\n");
        v.rejects("a delete character", "a control character", "# \u007f\nquorum none\n");
        v.rejects("an unknown word", "none of the four", "wittness a " + w1 + "\nquorum none\n");
        v.rejects("a capital", "none of the four", "Quorum none\n");
        v.rejects("a comment behind", "too many words", "quorum none # no\n");
        v.rejects(
                "a comment behind a log",
                "too many words",
                "log " + log + " https://log.example/ # ours\nquorum none\n");
        v.rejects("a log twice", "the same key", "log " + log + "\nlog " + log + "\nquorum none\n");
        v.rejects(
                "a witness twice",
                "the same key",
                "witness a " + w1 + "\nwitness b " + w1 + "\nquorum a\n");
        v.rejects(
                "a witness twice under two key names",
                "the same key",
                "witness a " + w2 + "\nwitness b " + renamed + "\nquorum a\n");
        v.rejects(
                "a name twice",
                "defined already",
                "witness a " + w1 + "\nwitness a " + w2 + "\nquorum a\n");
        v.rejects(
                "a group with a witness's name",
                "defined already",
                two + "group a any b\nquorum a\n");
        v.rejects(
                "a witness called none",
                "none is predefined",
                "witness none " + w1 + "\nquorum none\n");
        v.rejects("none as a member", "not a name", two + "group g any a none\nquorum g\n");
        v.rejects(
                "a member twice in one group",
                "a member once",
                two + "group g any a a\nquorum g\n");
        v.rejects(
                "a member of two groups",
                "a member once",
                two + "group g any a\ngroup h all a b\nquorum h\n");
        v.rejects("a group in itself", "not defined above", two + "group g any a g\nquorum g\n");
        v.rejects(
                "a member defined below",
                "not defined above",
                "witness a " + w1 + "\ngroup g any a b\nwitness b " + w2 + "\nquorum g\n");
        v.rejects(
                "a quorum defined below", "not defined above", "quorum a\nwitness a " + w1 + "\n");
        v.rejects("an unknown quorum", "not defined above", "quorum a\n");
        v.rejects("a group of nobody", "at least one member", "group g any\nquorum g\n");
        v.rejects("0 of 2", "1 to n", two + "group g 0 a b\nquorum g\n");
        v.rejects("3 of 2", "1 to n", two + "group g 3 a b\nquorum g\n");
        v.rejects("01 of 2", "a number has one form", two + "group g 01 a b\nquorum g\n");
        v.rejects(
                "a log's key for a witness",
                "not a witness's kind of key",
                "witness a " + other + "\nquorum a\n");
        v.rejects(
                "a witness's key for a log",
                "not a log's kind of key",
                "log " + w1 + "\nquorum none\n");
        v.rejects(
                "a key with another id",
                "the id is of name and key",
                "log " + log.replace("/log", "/lag") + "\nquorum none\n");
        v.rejects("a log without key", "no key", "log\nquorum none\n");
        v.check();
    }

    private static void reject(Vectors vectors, String why, String... names) {
        for (String name : names) {
            vectors.rejects(name, why, name);
        }
    }
}
