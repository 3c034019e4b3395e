package io.demur.record.entry;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Makes ids: a prefix that says of what, and a UUID of version 7 (RFC 9562), such as {@code
 * att_01939c2e-5b00-7a31-9f6c-2b8d1f3e4a5c}. They sort by the time when they were made.
 *
 * <p>Within one generator every id is greater than the one before it: ids of one millisecond count
 * upwards in the 12 bits after the time, and a clock that goes backwards is waited for by counting
 * on. The other 62 bits are random. Safe for use by several threads.
 */
public final class Ids {

    private static final Pattern UUID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    private static final HexFormat HEX = HexFormat.of();
    private static final int COUNTER_MAX = 0xFFF;

    /** The first half of the range, so that there is room to count from there. */
    private static final int COUNTER_START_BOUND = 0x800;

    private final InstantSource clock;
    private final RandomGenerator random;
    private long millis = -1;
    private int counter;

    /**
     * A generator, one for each process.
     *
     * @param random not to be guessed where ids must not be: {@link java.security.SecureRandom}
     */
    public Ids(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** The next id of a kind: {@code att}, {@code sub}, {@code case}, {@code run}. */
    public synchronized String next(String prefix) {
        long now = clock.millis();
        if (now > millis) {
            millis = now;
            counter = random.nextInt(COUNTER_START_BOUND);
        } else if (counter == COUNTER_MAX) {
            millis++; // ahead of the clock by as much as was asked for too fast
            counter = random.nextInt(COUNTER_START_BOUND);
        } else {
            counter++;
        }
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        String high = HEX.toHexDigits((millis << 16) | 0x7000 | counter);
        String rest = HEX.toHexDigits(low);
        return prefix
                + '_'
                + high.substring(0, 8)
                + '-'
                + high.substring(8, 12)
                + '-'
                + high.substring(12)
                + '-'
                + rest.substring(0, 4)
                + '-'
                + rest.substring(4);
    }

    /** Whether this is an id of that kind. */
    public static boolean isId(String prefix, String id) {
        return id.length() == prefix.length() + 37
                && id.startsWith(prefix)
                && id.charAt(prefix.length()) == '_'
                && UUID.matcher(id).region(prefix.length() + 1, id.length()).matches();
    }

    /**
     * When an id was made, to the millisecond.
     *
     * @throws IllegalArgumentException for what is no id
     */
    public static Instant timeOf(String id) {
        int at = id.indexOf('_') + 1;
        if (at == 0 || !UUID.matcher(id).region(at, id.length()).matches()) {
            throw new IllegalArgumentException("`%s` is no id".formatted(id));
        }
        String hex = id.substring(at, at + 8) + id.substring(at + 9, at + 13);
        return Instant.ofEpochMilli(HexFormat.fromHexDigitsToLong(hex));
    }
}
