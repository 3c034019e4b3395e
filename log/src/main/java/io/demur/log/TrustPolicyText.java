package io.demur.log;

import io.demur.log.TrustPolicy.Group;
import io.demur.log.TrustPolicy.One;
import io.demur.log.TrustPolicy.Problem;
import io.demur.log.TrustPolicy.Quorum;
import io.demur.log.TrustPolicy.TrustedLog;
import io.demur.log.TrustPolicy.TrustedWitness;
import io.demur.log.note.Malformed;
import io.demur.log.note.Text;
import io.demur.log.note.VerifierKey;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The text of a trust policy while it is read: what was defined so far, and what was wrong.
 *
 * <p>The format is one of bytes, not of characters: lines are read as ISO 8859-1, in which each
 * byte is one character, so that names are the same only where their bytes are. A key's name is
 * read as UTF-8, which is what notes are written in.
 */
final class TrustPolicyText {

    private static final int BYTES_MAX = 1_000_000;

    /** How deep groups may lie in groups. */
    private static final int DEPTH_MAX = 32;

    private static final String NONE = "none";
    private static final Pattern BLANKS = Pattern.compile("[ \t]+");

    private final List<Problem> problems = new ArrayList<>();
    private final List<TrustedLog> logs = new ArrayList<>();
    private final List<TrustedWitness> witnesses = new ArrayList<>();
    private final Set<String> logKeys = new HashSet<>();
    private final Set<String> witnessKeys = new HashSet<>();
    private final Map<String, Quorum> named = new HashMap<>();
    private final Map<String, Integer> depths = new HashMap<>();
    // names whose definition was at fault: what hangs on them is not a second problem
    private final Set<String> broken = new HashSet<>();
    private final Set<String> members = new HashSet<>();
    private Optional<Quorum> quorum = Optional.empty();
    private int quorumLine;
    private int line;

    TrustPolicy read(byte[] bytes) throws TrustPolicy.Unreadable {
        if (bytes.length > BYTES_MAX) {
            line = 1;
            problem("a policy of %d bytes is too long".formatted(bytes.length));
            throw new TrustPolicy.Unreadable(problems);
        }
        String whole = new String(bytes, StandardCharsets.ISO_8859_1);
        String[] lines = whole.split("\n", -1);
        for (String text : lines) {
            line++;
            if (line == lines.length && !text.isEmpty()) {
                problem("the last line does not end in a newline");
            }
            if (text.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7F)) {
                problem("a control character");
            } else {
                define(text);
            }
        }
        if (quorumLine == 0) {
            problem("no `quorum` line: name a witness or a group, or `none`");
        }
        if (!problems.isEmpty()) {
            throw new TrustPolicy.Unreadable(problems);
        }
        return new TrustPolicy(logs, witnesses, quorum);
    }

    private void define(String text) {
        List<String> words = BLANKS.splitAsStream(text).filter(word -> !word.isEmpty()).toList();
        if (words.isEmpty() || words.getFirst().startsWith("#")) {
            return;
        }
        List<String> rest = words.subList(1, words.size());
        switch (words.getFirst()) {
            case "log" -> log(rest);
            case "witness" -> witness(rest);
            case "group" -> group(rest);
            case "quorum" -> quorum(rest);
            default ->
                    problem(
                            "`%s` is none of `log`, `witness`, `group`, `quorum`"
                                    .formatted(shown(words.getFirst())));
        }
    }

    private void log(List<String> words) {
        if (words.isEmpty() || words.size() > 2) {
            problem("a log is written `log <vkey> [<url>]`");
            return;
        }
        Optional<VerifierKey> key = key(words.getFirst(), VerifierKey.Type.ED25519, logKeys);
        Optional<URI> address = address(words, 1);
        key.ifPresent(found -> logs.add(new TrustedLog(found, address)));
    }

    private void witness(List<String> words) {
        if (words.size() < 2 || words.size() > 3) {
            problem("a witness is written `witness <name> <vkey> [<url>]`");
            words.stream().findFirst().ifPresent(broken::add);
            return;
        }
        String name = words.getFirst();
        boolean free = free(name);
        Optional<VerifierKey> key = key(words.get(1), VerifierKey.Type.COSIGNATURE, witnessKeys);
        Optional<URI> address = address(words, 2);
        if (key.isEmpty()) {
            broken.add(name);
        } else if (free) {
            TrustedWitness witness = new TrustedWitness(utf8(name), key.get(), address);
            witnesses.add(witness);
            named.put(name, new One(witness));
        }
    }

    private void group(List<String> words) {
        if (words.size() < 3) {
            problem("a group is written `group <name> all|any|<k> <name>...`");
            words.stream().findFirst().ifPresent(broken::add);
            return;
        }
        String name = words.getFirst();
        boolean free = free(name);
        List<String> names = words.subList(2, words.size());
        List<Quorum> found = new ArrayList<>();
        int depth = 0;
        for (String member : names) {
            if (!members.add(member)) {
                problem("`%s` is a member already".formatted(shown(member)));
            }
            resolve(member).ifPresent(found::add);
            depth = Math.max(depth, depths.getOrDefault(member, 0));
        }
        if (depth >= DEPTH_MAX) {
            problem("groups in groups, more than %d deep".formatted(DEPTH_MAX));
        }
        int threshold = threshold(words.get(1), names.size());
        if (threshold == 0 || found.size() < names.size() || depth >= DEPTH_MAX) {
            broken.add(name);
        } else if (free) {
            named.put(name, new Group(utf8(name), threshold, found));
            depths.put(name, depth + 1);
        }
    }

    private void quorum(List<String> words) {
        if (quorumLine != 0) {
            problem("a second `quorum` line; the first is line %d".formatted(quorumLine));
            return;
        }
        quorumLine = line;
        if (words.size() != 1) {
            problem("a quorum is written `quorum <name>`, or `quorum none`");
        } else if (!words.getFirst().equals(NONE)) {
            quorum = resolve(words.getFirst());
        }
    }

    private int threshold(String text, int count) {
        switch (text) {
            case "all" -> {
                return count;
            }
            case "any" -> {
                return 1;
            }
            default -> {
                try {
                    long k = Text.decimal(text);
                    if (k >= 1 && k <= count) {
                        return Math.toIntExact(k);
                    }
                } catch (Malformed e) {
                    // said below
                }
            }
        }
        problem("`%s` is not `all`, `any`, or 1 to %d".formatted(shown(text), count));
        return 0;
    }

    /** Whether a name can be defined here. */
    private boolean free(String name) {
        if (name.equals(NONE)) {
            problem("`none` cannot be defined");
            return false;
        }
        if (named.containsKey(name)) {
            problem("`%s` is defined already".formatted(shown(name)));
            return false;
        }
        return true;
    }

    private Optional<Quorum> resolve(String name) {
        Optional<Quorum> found = Optional.ofNullable(named.get(name));
        if (found.isEmpty() && !broken.contains(name)) {
            problem("`%s` is not defined above".formatted(shown(name)));
        }
        return found;
    }

    private Optional<VerifierKey> key(String text, VerifierKey.Type type, Set<String> seen) {
        VerifierKey key;
        try {
            key = VerifierKey.parse(Text.utf8(text.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (Malformed e) {
            problem(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
        if (key.type() != type) {
            problem(
                    switch (type) {
                        case ED25519 -> "`%s` is a witness's key, not a log's".formatted(key);
                        case COSIGNATURE -> "`%s` is a log's key, not a witness's".formatted(key);
                    });
            return Optional.empty();
        }
        if (!seen.add(HexFormat.of().formatHex(key.key()))) {
            problem("`%s` has a key that stands above already".formatted(key));
            return Optional.empty();
        }
        return Optional.of(key);
    }

    private Optional<URI> address(List<String> words, int at) {
        if (words.size() <= at) {
            return Optional.empty();
        }
        String text = utf8(words.get(at));
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException e) {
            problem("`%s` is not a URL".formatted(Text.shown(text)));
            return Optional.empty();
        }
    }

    /** Bytes as the characters they mean, for people to read. */
    private static String utf8(String name) {
        return new String(name.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static String shown(String name) {
        return Text.shown(utf8(name));
    }

    private void problem(String message) {
        problems.add(new Problem(line, message));
    }
}
