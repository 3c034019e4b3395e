package io.demur.gateway.notice;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Whoever is told of alarms. To tell them waits for nothing; it is safe for use by several threads.
 */
public final class Notices implements AutoCloseable {

    private static final List<String> NAMES = List.of("webhook", "mail");

    private final List<Courier> couriers;
    private final InstantSource clock;

    /**
     * How often something is tried.
     *
     * @param first the pause behind the first try; each is twice as long as the one before
     * @param longest the longest pause
     * @param patience how long it is tried before it is given up
     */
    public record Pace(Duration first, Duration longest, Duration patience) {

        public static final Pace USUAL =
                new Pace(Duration.ofSeconds(5), Duration.ofHours(1), Duration.ofDays(1));

        /** The pause behind so many tries that failed. */
        Duration pause(int failed) {
            Duration pause = first;
            for (int i = 1; i < failed && pause.compareTo(longest) < 0; i++) {
                pause = pause.multipliedBy(2);
            }
            return pause.compareTo(longest) > 0 ? longest : pause;
        }
    }

    /**
     * Those that are told.
     *
     * @param folder where files say what they were told
     */
    public Notices(List<Recipient> recipients, Path folder, InstantSource clock, Pace pace) {
        this.clock = clock;
        couriers = recipients.stream().map(each -> new Courier(each, folder, clock, pace)).toList();
    }

    /**
     * Begins.
     *
     * @param known what the log has; of these whatever was not told is told now
     */
    public void begin(List<Notice> known) {
        Instant from = clock.instant().minus(Standing.TOLD_OF);
        known.stream().filter(it -> it.at().isAfter(from)).forEach(this::tell);
        couriers.forEach(Courier::begin);
    }

    /** Tells them, in their own time. */
    public void tell(Notice notice) {
        couriers.forEach(each -> each.tell(notice));
    }

    /** How it stands with each. */
    public List<Standing> standings() {
        return couriers.stream().map(Courier::standing).toList();
    }

    /** How it stood with each when a file was written last: for who looks from outside. */
    public static List<Standing> kept(Path folder) {
        return NAMES.stream()
                .filter(name -> Files.exists(StandingFile.of(folder, name)))
                .map(name -> StandingFile.read(folder, name))
                .toList();
    }

    @Override
    public void close() {
        couriers.forEach(Courier::close);
    }
}
