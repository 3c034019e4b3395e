package io.demur.files.policy;

import io.demur.core.Band;
import io.demur.core.JudgeId;
import io.demur.core.charter.Settings;
import io.demur.core.policy.Ladder;
import io.demur.files.yaml.YamlMap;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads how a policy is kept, beside what it decides; what a document leaves out is as usual. */
final class SettingsReader {

    private static final Pattern JUDGE =
            Pattern.compile("([A-Za-z0-9._+-]{1,100})-([0-9]{1,9})@([0-9a-f]{64})");
    private static final Pattern VKEY =
            Pattern.compile("([^+\\s]{1,200})\\+[0-9a-f]{8}\\+([A-Za-z0-9+/]{4,4000}={0,2})");

    /** A type and a public key of Ed25519. */
    private static final int KEY_BYTES_MIN = 33;

    private static final int CHARACTERS_MAX = 100_000;
    private static final int DAYS_MAX = 3_660;
    private static final int WITNESSES_MAX = 60;
    private static final int DRILLS_MAX = 60;

    private static final Settings USUAL = Settings.USUAL;

    private SettingsReader() {}

    static Settings read(YamlMap document) {
        Band band =
                document.map("band", "from", "to").map(SettingsReader::band).orElse(USUAL.band());
        Settings.Windows windows =
                document.map("windows", "head", "window", "overlap")
                        .map(SettingsReader::windows)
                        .orElse(USUAL.windows());
        Settings.Retention retention =
                document.map("retention", "keep", "days")
                        .map(SettingsReader::retention)
                        .orElse(USUAL.retention());
        Settings.Witnesses witnesses =
                document.map("witnesses", "keys", "quorum")
                        .map(SettingsReader::witnesses)
                        .orElse(USUAL.witnesses());
        List<JudgeId> judges = judges(document);
        Settings.Drills drills =
                document.map("drills", "per-hour")
                        .map(SettingsReader::drills)
                        .orElse(USUAL.drills());
        Settings.Changes changes =
                document.map("changes", "delay", "longest")
                        .map(SettingsReader::changes)
                        .orElse(USUAL.changes());
        return new Settings(
                judges,
                band,
                windows,
                retention,
                witnesses,
                drills,
                changes,
                AroundReader.incidents(document),
                AroundReader.review(document));
    }

    private static Band band(YamlMap map) {
        double from = line(map, "from", USUAL.band().low());
        double to = line(map, "to", USUAL.band().high());
        if (from >= to) {
            map.refuse(
                    map.has("from") ? "from" : "to",
                    "no probability is at least %s and less than %s, so no second judge would be"
                                    .formatted(from, to)
                            + " asked");
        }
        map.end();
        return from < to ? new Band(from, to) : USUAL.band();
    }

    private static double line(YamlMap map, String key, double usual) {
        // whole parts per million, as every line of a policy
        return Math.rint(map.number(key, 0, 1).orElse(usual) * Ladder.CERTAIN) / Ladder.CERTAIN;
    }

    private static Settings.Windows windows(YamlMap map) {
        Settings.Windows usual = USUAL.windows();
        int head = map.whole("head", 1, CHARACTERS_MAX).orElse(usual.head());
        int window = map.whole("window", 2, CHARACTERS_MAX).orElse(usual.window());
        int overlap = map.whole("overlap", 0, CHARACTERS_MAX).orElse(usual.overlap());
        if (overlap >= window) {
            map.refuse(
                    map.has("overlap") ? "overlap" : "window",
                    "an overlap of %,d is not less than the window of %,d, which would not move on"
                            .formatted(overlap, window));
        }
        map.end();
        return new Settings.Windows(head, window, overlap);
    }

    private static Settings.Retention retention(YamlMap map) {
        Settings.Kept kept =
                map.choice("keep", YamlMap.words(Settings.Kept.class))
                        .orElse(USUAL.retention().kept());
        int usual = Math.toIntExact(USUAL.retention().days().toDays());
        Duration days = Duration.ofDays(map.whole("days", 1, DAYS_MAX).orElse(usual));
        map.end();
        return new Settings.Retention(kept, days);
    }

    private static Settings.Witnesses witnesses(YamlMap map) {
        map.require("keys");
        map.require("quorum");
        Set<String> keys = new HashSet<>();
        List<String> named = map.texts("keys");
        for (String key : named) {
            if (!isKey(key)) {
                map.refuse(
                        "keys",
                        "`%s` is no key such as `witness.example/w+1a2b3c4d+AY…`".formatted(key));
            } else if (!keys.add(key)) {
                map.refuse("keys", "`%s` stands there twice".formatted(key));
            }
        }
        if (keys.size() > WITNESSES_MAX) {
            map.refuse("keys", "%d keys; %d are the most".formatted(keys.size(), WITNESSES_MAX));
        }
        int quorum = map.whole("quorum", 0, WITNESSES_MAX).orElse(0);
        if (quorum > named.size()) {
            map.refuse(
                    "quorum",
                    "%d of %d witnesses can never cosign".formatted(quorum, named.size()));
        }
        map.end();
        return new Settings.Witnesses(keys, quorum);
    }

    /** Whether a key has the form of one; whether it is one, says who checks with it. */
    private static boolean isKey(String vkey) {
        Matcher parts = VKEY.matcher(vkey);
        if (!parts.matches()) {
            return false;
        }
        try {
            return Base64.getDecoder().decode(parts.group(2)).length >= KEY_BYTES_MIN;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static List<JudgeId> judges(YamlMap document) {
        List<JudgeId> judges = new ArrayList<>();
        for (String judge : document.texts("judges")) {
            Matcher parts = JUDGE.matcher(judge);
            if (!parts.matches()) {
                document.refuse(
                        "judges",
                        "`%s` is not `name-version@` and the 64 digits of its digest; the first"
                                        .formatted(judge)
                                + " twelve could belong to another judge");
                continue;
            }
            JudgeId id =
                    new JudgeId(parts.group(1), Integer.parseInt(parts.group(2)), parts.group(3));
            if (judges.contains(id)) {
                document.refuse("judges", "`%s` stands there twice".formatted(id));
            } else {
                judges.add(id);
            }
        }
        return judges;
    }

    private static Settings.Drills drills(YamlMap map) {
        int perHour = map.whole("per-hour", 1, DRILLS_MAX).orElse(USUAL.drills().perHour());
        map.end();
        return new Settings.Drills(perHour);
    }

    private static Settings.Changes changes(YamlMap map) {
        Duration hour = Duration.ofHours(1);
        Duration delay = length(map, "delay", hour, Duration.ofDays(7), USUAL.changes().delay());
        Duration longest =
                length(
                        map,
                        "longest",
                        Duration.ofDays(7),
                        Duration.ofDays(400),
                        USUAL.changes().longest());
        map.end();
        return new Settings.Changes(delay, longest);
    }

    private static Duration length(
            YamlMap map, String key, Duration from, Duration to, Duration usual) {
        Optional<Duration> found = map.duration(key);
        if (found.isPresent()
                && (found.get().compareTo(from) < 0 || found.get().compareTo(to) > 0)) {
            map.refuse(
                    key,
                    "`%s` is not from %d h to %d d"
                            .formatted(map.text(key).orElse(""), from.toHours(), to.toDays()));
            return usual;
        }
        return found.orElse(usual);
    }
}
