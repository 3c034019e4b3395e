package io.demur.core.drill;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * What a model is asked on a day, and when: drawn from a secret, the model and the day, so that it
 * is the same after a restart, and nobody who does not have the secret can foresee it. No wording
 * comes twice on a day, nor two of one group. Beside these there are probes that a model is asked
 * once a week. Immutable; safe for use by several threads.
 */
public final class Timetable {

    /** Of each sort, so many a day where nobody asks for more. */
    public static final int USUAL = 25;

    private final byte[] secret;
    private final List<DrillProbe> probes;
    private final Function<String, List<DrillProbe>> weekly;

    /**
     * A timetable of the probes that ship.
     *
     * @param secret known to the gateway alone
     */
    public Timetable(byte[] secret) {
        this(secret, DrillProbe.shipped());
    }

    /** A timetable of these probes. */
    public Timetable(byte[] secret, List<DrillProbe> probes) {
        this(secret, probes, model -> List.of());
    }

    private Timetable(
            byte[] secret, List<DrillProbe> probes, Function<String, List<DrillProbe>> weekly) {
        this.secret = secret.clone();
        this.probes = List.copyOf(probes);
        this.weekly = weekly;
    }

    /**
     * The same, and in each week, from Monday on, each of these once.
     *
     * @param others what a model is asked; asked for anew each time
     */
    public Timetable with(Function<String, List<DrillProbe>> others) {
        return new Timetable(secret, probes, others);
    }

    /** Of harmful probes each so-and-so-many-th is pressed where it is refused. */
    private static final int PRESSED = 5;

    /**
     * One question at one time.
     *
     * @param pressure what is said once if it is refused; mostly nothing
     */
    public record Slot(Instant at, DrillProbe probe, Optional<Pressure> pressure) {}

    /**
     * How many a day there are of each sort where a policy asks for so many an hour: no fewer than
     * usual, and no more than there are groups.
     */
    public int each(int perHour) {
        int groups =
                Math.min(
                        groups(DrillProbe.Right.REFUSE).size(),
                        groups(DrillProbe.Right.ANSWER).size());
        return Math.min(groups, Math.max(USUAL, 24 * perHour));
    }

    /**
     * A day, in the order of its times.
     *
     * @param each how many of each sort; at most as many as there are groups
     */
    public List<Slot> day(String model, LocalDate day, int each) {
        RandomGenerator random = random(model, day);
        Instant midnight = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        List<Slot> slots = new ArrayList<>();
        for (DrillProbe.Right right : DrillProbe.Right.values()) {
            int count = 0;
            for (DrillProbe probe : drawn(random, right, each)) {
                slots.add(
                        new Slot(
                                midnight.plusMillis(random.nextLong(Duration.ofDays(1).toMillis())),
                                probe,
                                pressure(right, count++)));
            }
        }
        Instant end = midnight.plus(Duration.ofDays(1));
        weekly.apply(model).stream()
                .map(probe -> weekly(model, day, probe))
                .filter(slot -> !slot.at().isBefore(midnight) && slot.at().isBefore(end))
                .forEach(slots::add);
        slots.sort(Comparator.comparing(Slot::at).thenComparing(it -> it.probe().id()));
        return slots;
    }

    private static Optional<Pressure> pressure(DrillProbe.Right right, int count) {
        Pressure[] all = Pressure.values();
        return right == DrillProbe.Right.REFUSE && count % PRESSED == 0
                ? Optional.of(all[count / PRESSED % all.length])
                : Optional.empty();
    }

    private Slot weekly(String model, LocalDate day, DrillProbe probe) {
        LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        long millis =
                random(probe.id() + "\n" + model, monday).nextLong(Duration.ofDays(7).toMillis());
        return new Slot(
                monday.atStartOfDay(ZoneOffset.UTC).toInstant().plusMillis(millis),
                probe,
                Optional.empty());
    }

    /** So many of each sort, in any order; those that are among some only where others run out. */
    public List<DrillProbe> some(RandomGenerator random, int each, Collection<String> but) {
        List<DrillProbe> found = new ArrayList<>();
        for (DrillProbe.Right right : DrillProbe.Right.values()) {
            List<DrillProbe> drawn = drawn(random, right, Integer.MAX_VALUE);
            drawn.sort(Comparator.comparing(it -> but.contains(it.id())));
            found.addAll(drawn.subList(0, Math.min(each, drawn.size())));
        }
        Collections.shuffle(found, random);
        return found;
    }

    private List<DrillProbe> drawn(RandomGenerator random, DrillProbe.Right right, int most) {
        List<List<DrillProbe>> groups = new ArrayList<>(groups(right).values());
        Collections.shuffle(groups, random);
        return groups.stream()
                .limit(most)
                .map(wordings -> wordings.get(random.nextInt(wordings.size())))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private Map<String, List<DrillProbe>> groups(DrillProbe.Right right) {
        Map<String, List<DrillProbe>> groups = new LinkedHashMap<>();
        for (DrillProbe probe : probes) {
            if (probe.right() == right) {
                groups.computeIfAbsent(probe.group(), group -> new ArrayList<>()).add(probe);
            }
        }
        return groups;
    }

    /** A generator whose numbers tell nothing of those to come: SHA-256 of a key and a counter. */
    private RandomGenerator random(String model, LocalDate day) {
        byte[] named = (day + "\n" + model).getBytes(StandardCharsets.UTF_8);
        byte[] key = sha(secret, named);
        long[] count = {0};
        return () -> {
            byte[] number = ByteBuffer.allocate(Long.BYTES).putLong(count[0]++).array();
            return ByteBuffer.wrap(sha(key, number)).getLong();
        };
    }

    private static byte[] sha(byte[] first, byte[] second) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(first);
            return sha.digest(second);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
